import Cataloging
import Records

/// The codes that an amendment gives a dossier or one of its documents, and those it had.
struct CodeChange {
    /// The document's position; nil for the dossier itself.
    let ordinal: Int?
    let before: [String]
    let after: [String]

    /// Codes that the record did not have, each once.
    var new: [String] { Set(after).subtracting(before).sorted() }
}

extension Archive {
    /// What stands against codes that records of a dossier are to get.
    func findings(of changes: [CodeChange], in object: ObjectIdentifier) throws -> [Finding] {
        var findings: [Finding] = []
        for change in changes {
            for code in change.new {
                let holder = try catalog.holder(
                    ofCode: code, but: object, document: change.ordinal)
                if let holder { findings.append(Self.finding(code, holder, in: "--set")) }
            }
        }
        return findings + (try circles(closedBy: changes, in: object))
    }

    /// A code that another record has is refused; one that only looks like it is told.
    static func finding(_ code: String, _ holder: HeldCode, in subject: String) -> Finding {
        let isSame = holder.code == code
        return Finding(
            isSame ? .codeTaken : .codeAlike, isSame ? .error : .warning, subject: subject,
            [
                "code": code, "other": holder.code, "id": holder.object.text,
                "holder": LinkTarget.record(holder.object, document: holder.ordinal).text,
            ])
    }

    /// Links by code that waited for just these codes may close a circle of parts.
    private func circles(
        closedBy changes: [CodeChange], in object: ObjectIdentifier
    ) throws -> [Finding] {
        var coming: [String: LinkResolution.Node] = [:]
        for change in changes {
            for code in change.new {
                coming[SearchFolding.code(code)] = LinkResolution.Node(
                    object: object, ordinal: change.ordinal)
            }
        }
        guard !coming.isEmpty else { return [] }
        let now = LinkResolution(catalog: catalog)
        let then = LinkResolution(catalog: catalog, coming: coming)
        var findings: [Finding] = []
        for held in try catalog.links(of: object) where held.holds && held.link.kind == .partOf {
            // A circle that stands already is not this amendment's: `link check` tells of it.
            guard try then.isCircle(held), try !now.isCircle(held) else { continue }
            findings.append(
                Finding(
                    .linkCycle, subject: "--set",
                    ["kind": held.link.kind.rawValue, "target": held.link.target.text]))
        }
        return findings
    }
}

extension LinkResolution {
    /// Whether what a part is part of is, at the end, part of it.
    fileprivate func isCircle(_ held: CatalogedLink) throws -> Bool {
        guard case .here(let node) = try answer(held.link.target) else { return false }
        let source = LinkTarget.record(held.object, document: held.ordinal)
        return try reaches(from: node) { $0 == source }
    }
}
