import Dossiers
import Records
import SystemPackage

/// A folder that was examined, with what was found before and after the archive was asked who has its code.
struct ExaminedDossier {
    let folder: FilePath
    /// The archive file code, where it could be read.
    let code: String?
    let documents: Int
    /// Bytes of all documents.
    let bytes: Int64
    /// The documents; nil where something is wrong, or where they are written.
    private(set) var closed: ClosedDossier?
    let found: [Finding]
    /// Who has the code already; asked again when the dossier is kept.
    let holders: [Finding]
    let others: [Finding]

    var findings: [Finding] { found + holders + others }

    /// The dossier, where nothing of what was found is an error.
    var accepted: ClosedDossier? { findings.containsErrors ? nil : closed }

    /// The same without the documents, which take memory.
    var withoutDocuments: ExaminedDossier {
        var dossier = self
        dossier.closed = nil
        return dossier
    }

    /// What came of the folder, with further findings and another answer to who has the code.
    func outcome(
        _ result: PackageOutcome.Result, holders: [Finding]? = nil, _ more: Finding...
    ) -> PackageOutcome {
        PackageOutcome(
            folder: folder, result: result,
            findings: found + (holders ?? self.holders) + others + more)
    }
}
