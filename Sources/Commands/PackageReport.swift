import Console
import Records
import Repository
import SystemPackage

/// How the outcome of packaging one folder is shown.
enum PackageReport {
    /// Names the folders that were not archived because the key no longer seals; those before them are archived.
    static func giveWaiting(
        _ folders: some Sequence<FilePath>, because error: any Error, to face: Face
    ) {
        guard FailureReport(describing: error).status == .key else { return }
        for folder in folders {
            let facts = ["folder": folder.string]
            face.give(
                "waiting", .object(facts.mapValues { .string($0) }),
                text: KeyPhrases.waiting.text(face.language, facts))
        }
    }

    static func give(_ outcome: PackageOutcome, to face: Face) {
        let findings = outcome.findings.map { $0.text(face.language) }
        switch outcome.result {
        case .packaged(let packaged):
            let facts = [
                "folder": outcome.folder.string, "id": packaged.object.text,
                "version": String(packaged.version), "documents": String(packaged.documents),
                "bytes": Progress.size(packaged.bytes),
                "sha512": String(packaged.sha512.hex.prefix(16)),
            ]
            face.give(
                "packaged",
                [
                    "id": .string(packaged.object.text), "folder": .string(outcome.folder.string),
                    "version": .number(Int64(packaged.version)),
                    "documents": .number(Int64(packaged.documents)),
                    "bytes": .number(packaged.bytes),
                    "sha512": .string(packaged.sha512.hex), "evidence": "pending",
                    "findings": .array(outcome.findings.map { $0.json(face.language) }),
                ],
                text: ([Phrases.packaged.text(face.language, facts)] + findings).joined(
                    separator: "\n"))
        case .examined(let documents, let bytes):
            let facts = [
                "folder": outcome.folder.string, "documents": String(documents),
                "bytes": Progress.size(bytes),
            ]
            face.give(
                "examined",
                [
                    "folder": .string(outcome.folder.string),
                    "documents": .number(Int64(documents)),
                    "bytes": .number(bytes),
                    "findings": .array(outcome.findings.map { $0.json(face.language) }),
                ],
                text: ([Phrases.examined.text(face.language, facts)] + findings).joined(
                    separator: "\n"))
        case .rejected:
            let head = Phrases.rejected.text(face.language, ["folder": outcome.folder.string])
            face.give(
                "rejected",
                [
                    "folder": .string(outcome.folder.string),
                    "findings": .array(outcome.findings.map { $0.json(face.language) }),
                ],
                text: ([head] + findings).joined(separator: "\n"))
        }
    }
}
