import Cataloging
import Evidence
import Policies
package import Records

/// A dossier whose paper was put in another place.
package struct MovedDossier: Sendable {
    package let object: ObjectIdentifier
    package let code: String
    package let location: String
    /// Where it was until now, as far as the archive knows.
    package let before: String?
}

extension Archive {
    /// Records where the paper of dossiers is now; each gets an entry, none of their packages is touched.
    package func move(_ ids: [String], to location: String, because reason: String) throws
        -> [MovedDossier]
    {
        let location = try placeText(location)
        let reason = try oneLine(reason, 1000, "--reason")
        // All are found before anything is written, so that a misspelt one moves nothing.
        let chosen = try ids.map { try dossier(named: $0, version: nil) }.unique
        var chance = Chance(world)
        let kept = try details.keep(
            ["location": .string(location), "reason": .string(reason)], salt: &chance)
        return try chosen.map { object in
            try world.stopIfInterrupted()
            let before = try catalog.place(of: object)?.location
            try record(
                draft(LedgerAct.place, "metadata modification", object: object, details: kept))
            let version = try catalog.object(object, version: nil)
            return MovedDossier(
                object: object, code: version?.dossier.code ?? "", location: location,
                before: before ?? version?.dossier.arrangement[.location])
        }
    }

    /// `kho/kệ/hộp`: one part to ten, without blanks around them.
    private func placeText(_ given: String) throws -> String {
        let text = try oneLine(given, 200, "--location")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).trimmed
        }
        guard parts.count <= 10, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ArchiveFailure(
                .usage, subject: "--location", ["detail": "--location: kho/kệ/hộp"])
        }
        return parts.joined(separator: "/")
    }

    /// A text of one line that somebody typed, without blanks around it.
    func oneLine(_ given: String, _ length: Int, _ option: String) throws -> String {
        try Self.oneLine(given, length, option)
    }

    /// The same before the archive is open.
    static func oneLine(_ given: String, _ length: Int, _ option: String) throws -> String {
        let text = given.trimmed
        guard !text.isEmpty, text.unicodeScalars.count <= length,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw ArchiveFailure(
                .usage, subject: option, ["detail": "\(option): 1…\(length) ký tự · characters"])
        }
        return text
    }
}

extension [ObjectIdentifier] {
    /// The same without repetitions.
    fileprivate var unique: [ObjectIdentifier] {
        var seen: Set<ObjectIdentifier> = []
        return filter { seen.insert($0).inserted }
    }
}
