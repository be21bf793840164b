import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Retrieval
import Storage
import SystemPackage

/// Proofs for strangers (`docs/proof.md`).
extension Archive {
    /// Closes the open batch for a dossier that waits in it; nil when it need not, or nobody is there to stamp.
    package func stampForProof(of text: String) throws -> StampOutcome? {
        try stampIfWaiting(deliverable(text, nil).0)
    }

    /// Whether a time-stamp should be asked for before a dossier is proved.
    package func needsStampForProof(of text: String) throws -> Bool {
        try isWaiting(deliverable(text, nil).0)
    }

    /// Reads a dossier whole and writes its proof, or that of one document, to a new file.
    package func prove(
        _ question: ProofQuestion, progress: @escaping (Int) -> Void
    ) throws -> ProofAnswer {
        let (object, wanted) = try deliverable(question.record, question.document)
        _ = try dossier(named: object.text, version: question.version)
        guard let version = try catalog.object(object, version: question.version) else {
            throw ArchiveFailure(.unknownRecord, subject: question.record, ["nearest": ""])
        }
        let document = try wanted.map { try self.document($0, of: version) }
        let names = ProofNames(
            object: object, version: version.version, ordinal: document?.ordinal)
        guard
            case .file(let target) = try target(
                question.target, name: names.folder.dropLast() + ".zip")
        else { preconditionFailure("a path was given") }
        guard try world.volume.status(target) == nil else {
            throw ArchiveFailure(.targetExists, subject: target.string)
        }
        let stopping: (Int) throws -> Void = { [world] count in
            progress(count)
            try world.stopIfInterrupted()
        }
        try requireSound(version, stopping)
        let draft = try ProofDraft(self, version, document, stopping)
        return try draft.write(to: target)
    }

    /// What is damaged, or sealed by a key that vouches for nothing, is not proved to anybody.
    private func requireSound(
        _ version: CatalogedVersion, _ progress: @escaping (Int) throws -> Void
    ) throws {
        let check = try StoredObject(version.object, version: version.version, self).check(
            progress: progress)
        let detail = check.findings.filter { $0.severity == .error }.prefix(3)
            .map { "\($0.code.text) \($0.subject)" }.joined(separator: ", ")
        switch check.verdict {
        case .valid: return
        case .invalid:
            throw ArchiveFailure(
                .damaged, subject: version.object.text, ["id": version.object.text])
        case .untrusted:
            throw ArchiveFailure(
                .proofUntrusted, subject: version.object.text, ["detail": detail])
        }
    }
}
