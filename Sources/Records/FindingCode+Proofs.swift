/// Findings of proofs given to strangers: what one lacks, and where one is not what it says.
extension FindingCode {
    package static let proofForm = FindingCode("LT-PROOF-FORM")
    package static let proofFile = FindingCode("LT-PROOF-FILE")
    package static let proofScript = FindingCode("LT-PROOF-SCRIPT")
    package static let proofClaims = FindingCode("LT-PROOF-CLAIMS")
    package static let proofDocument = FindingCode("LT-PROOF-DOCUMENT")
    package static let proofLedger = FindingCode("LT-PROOF-LEDGER")
    package static let proofNoStamp = FindingCode("LT-PROOF-NO-STAMP")
    package static let proofNoLedger = FindingCode("LT-PROOF-NO-LEDGER")
    package static let proofOwnRoots = FindingCode("LT-PROOF-OWN-ROOTS")

    /// Every code of this area.
    package static let proofCodes: [FindingCode] = [
        .proofForm, .proofFile, .proofScript, .proofClaims, .proofDocument, .proofLedger,
        .proofNoStamp, .proofNoLedger, .proofOwnRoots,
    ]
}
