/// Findings of exports: what cannot leave, what an export on a disk lacks, and what an import refuses.
extension FindingCode {
    package static let exportCardWrong = FindingCode("LT-EXPORT-CARD-WRONG")
    package static let exportUnfinished = FindingCode("LT-EXPORT-UNFINISHED")
    package static let exportManifestWrong = FindingCode("LT-EXPORT-MANIFEST-WRONG")
    package static let exportFileMissing = FindingCode("LT-EXPORT-FILE-MISSING")
    package static let exportFileExtra = FindingCode("LT-EXPORT-FILE-EXTRA")
    package static let exportFileChanged = FindingCode("LT-EXPORT-FILE-CHANGED")
    package static let exportCountsWrong = FindingCode("LT-EXPORT-COUNTS-WRONG")
    package static let exportLedgerWrong = FindingCode("LT-EXPORT-LEDGER-WRONG")
    package static let exportDossierMissing = FindingCode("LT-EXPORT-DOSSIER-MISSING")
    package static let exportDossierChanged = FindingCode("LT-EXPORT-DOSSIER-CHANGED")
    package static let exportNameImpossible = FindingCode("LT-EXPORT-NAME-IMPOSSIBLE")
    package static let registerContradictory = FindingCode("LT-REGISTER-CONTRADICTORY")
    package static let importRefused = FindingCode("LT-IMPORT-REFUSED")

    /// Every code of this area.
    package static let exportCodes: [FindingCode] = [
        .exportCardWrong, .exportUnfinished, .exportManifestWrong, .exportFileMissing,
        .exportFileExtra, .exportFileChanged, .exportCountsWrong, .exportLedgerWrong,
        .exportDossierMissing, .exportDossierChanged, .exportNameImpossible, .registerContradictory,
        .importRefused,
    ]
}
