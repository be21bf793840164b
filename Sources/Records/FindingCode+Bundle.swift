/// Findings of a bundle, its segments, sums and seal.
extension FindingCode {
    package static let tarStructure = FindingCode("LT-TAR-STRUCTURE")
    package static let bundleName = FindingCode("LT-BUNDLE-NAME")
    package static let bundleOrder = FindingCode("LT-BUNDLE-ORDER")
    package static let entryMissing = FindingCode("LT-ENTRY-MISSING")
    package static let entryUnexpected = FindingCode("LT-ENTRY-UNEXPECTED")
    package static let entryTwice = FindingCode("LT-ENTRY-TWICE")
    package static let entryReplaced = FindingCode("LT-ENTRY-REPLACED")
    package static let earlierMissing = FindingCode("LT-BUNDLE-EARLIER-MISSING")
    package static let entrySize = FindingCode("LT-ENTRY-SIZE")
    package static let entryDigest = FindingCode("LT-ENTRY-DIGEST")
    package static let metadataMissing = FindingCode("LT-METADATA-MISSING")
    package static let metadataMalformed = FindingCode("LT-METADATA-MALFORMED")
    package static let metadataSchema = FindingCode("LT-METADATA-SCHEMA")
    package static let metadataLink = FindingCode("LT-METADATA-LINK")
    package static let metadataIdentifier = FindingCode("LT-METADATA-IDENTIFIER")
    package static let segmentsMissing = FindingCode("LT-SEGMENTS-MISSING")
    package static let segmentsForm = FindingCode("LT-SEGMENTS-FORM")
    package static let segmentDamaged = FindingCode("LT-SEGMENT-DAMAGED")
    package static let sumsMissing = FindingCode("LT-SUMS-MISSING")
    package static let sumsForm = FindingCode("LT-SUMS-FORM")
    package static let sumsMismatch = FindingCode("LT-SUMS-MISMATCH")
    package static let sealMissing = FindingCode("LT-SEAL-MISSING")
    package static let sealBroken = FindingCode("LT-SEAL-BROKEN")
    package static let sealIssuerUnknown = FindingCode("LT-SEAL-ISSUER-UNKNOWN")

    /// Every code of this area.
    package static let bundleCodes: [FindingCode] = [
        .tarStructure, .bundleName, .bundleOrder, .entryMissing, .entryUnexpected, .entryTwice,
        .entrySize,
        .entryDigest, .metadataMissing, .metadataMalformed, .metadataSchema, .metadataLink,
        .metadataIdentifier, .entryReplaced, .earlierMissing, .segmentsMissing, .segmentsForm,
        .segmentDamaged, .sumsMissing, .sumsForm, .sumsMismatch, .sealMissing, .sealBroken,
        .sealIssuerUnknown,
    ]
}
