/// Findings of packaging itself.
extension FindingCode {
    package static let alreadyArchived = FindingCode("LT-ALREADY-ARCHIVED")
    package static let agencyDiffers = FindingCode("LT-AGENCY-DIFFERS")
    package static let fileChanged = FindingCode("LT-FILE-CHANGED")

    /// Every code of this area.
    package static let packageCodes: [FindingCode] = [
        .alreadyArchived, .agencyDiffers, .fileChanged,
    ]
}
