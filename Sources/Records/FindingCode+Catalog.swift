/// Findings of the catalog: where it is not what the store and its ledger make.
extension FindingCode {
    package static let catalogBehind = FindingCode("LT-CATALOG-BEHIND")
    package static let catalogRowMissing = FindingCode("LT-CATALOG-ROW-MISSING")
    package static let catalogRowExtra = FindingCode("LT-CATALOG-ROW-EXTRA")
    package static let catalogRowDifferent = FindingCode("LT-CATALOG-ROW-DIFFERENT")
    package static let catalogIndexDifferent = FindingCode("LT-CATALOG-INDEX-DIFFERENT")

    /// Every code of this area.
    package static let catalogCodes: [FindingCode] = [
        .catalogBehind, .catalogRowMissing, .catalogRowExtra, .catalogRowDifferent,
        .catalogIndexDifferent,
    ]
}
