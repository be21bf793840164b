import Bundles
import Cataloging
import Cryptography
package import Records
import Storage

/// Seals void dossiers again, one after another: each gets a version that changes nothing but who vouches for it.
package final class Resealing {
    private let archive: Archive
    private let seal: any SealSigner
    private let reason: String
    private let progress: (Int) -> Void

    init(
        _ archive: Archive, seal: any SealSigner, reason: String, progress: @escaping (Int) -> Void
    ) {
        self.archive = archive
        self.seal = seal
        self.reason = reason
        self.progress = progress
    }

    /// Reads a dossier whole against ledger and sums, then makes the new version; a damaged one gets none.
    package func reseal(_ object: ObjectIdentifier) throws -> ResealOutcome {
        try archive.world.stopIfInterrupted()
        guard let current = try archive.catalog.object(object), !current.isUnreadable else {
            return ResealOutcome(
                object: object, version: nil,
                findings: [Finding(.bundleUnreadable, subject: object.text)])
        }
        let check = try StoredObject(object, version: current.version, archive).check { count in
            self.progress(count)
            try self.archive.world.stopIfInterrupted()
        }
        // Only who vouched may be in doubt: bytes that are not what the ledger says must not be sealed anew.
        let faults = check.findings.filter { $0.severity == .error && $0.code != .sealKeyRevoked }
        guard faults.isEmpty else {
            return ResealOutcome(object: object, version: nil, findings: check.findings)
        }
        let version = try archive.reseal(current, seal: seal, reason: reason, progress: progress)
        return ResealOutcome(object: object, version: version, findings: [])
    }
}

extension Archive {
    /// Prepares to seal again; the key is opened first, so that no work is lost to it.
    package func resealing(
        passphrase: [UInt8]?, reason: String, progress: @escaping (Int) -> Void
    ) throws -> Resealing {
        let reason = try oneLine(reason, 1000, "--reason")
        return Resealing(
            self, seal: try sealingKey(passphrase), reason: reason, progress: progress)
    }

    /// The dossiers named, else all whose seals are void; those whose seals hold are left out.
    package func toReseal(_ ids: [String]) throws -> [ObjectIdentifier] {
        guard !ids.isEmpty else { return try SealSurvey(of: self).void.map(\.object) }
        return try ids.map { try dossier(named: $0, version: nil) }.filter { object in
            let version = try catalog.object(object)?.version ?? 1
            return try !SealSurvey(of: object, upTo: version, in: self).void.isEmpty
        }
    }

    /// A version with nothing but a new state of METS, a preservation event and a new seal.
    func reseal(
        _ current: CatalogedVersion, seal: any SealSigner, reason: String,
        progress: @escaping (Int) -> Void
    ) throws -> Int {
        let (base, earlier) = try storedPackage(current)
        do {
            let amendment = Amendment(
                dossier: try base.dossier(), isDescriptionNew: false, isArrangementNew: false,
                described: [], superseded: [], added: nil, migrated: nil,
                event: "digital signature generation", reason: reason)
            return try keep(
                amendment, over: base, current, earlier: earlier, seal: seal, reason: reason,
                progress: progress
            ).version
        } catch is ContentsFailure {
            throw ArchiveFailure(.damaged, subject: current.tarName, ["id": current.object.text])
        }
    }
}
