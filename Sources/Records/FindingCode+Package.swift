/// Findings of packaging itself.
extension FindingCode {
    package static let alreadyArchived = FindingCode("LT-ALREADY-ARCHIVED")
    package static let codeTaken = FindingCode("LT-CODE-TAKEN")
    package static let codeAlike = FindingCode("LT-CODE-ALIKE")
    package static let agencyDiffers = FindingCode("LT-AGENCY-DIFFERS")
    package static let supersededSame = FindingCode("LT-SUPERSEDED-SAME")
    package static let fileChanged = FindingCode("LT-FILE-CHANGED")
    package static let fondsUnregistered = FindingCode("LT-FONDS-UNREGISTERED")
    package static let fondsClosed = FindingCode("LT-FONDS-CLOSED")
    package static let inventoryUnregistered = FindingCode("LT-INVENTORY-UNREGISTERED")
    package static let seriesUnregistered = FindingCode("LT-SERIES-UNREGISTERED")
    package static let accessionUnregistered = FindingCode("LT-ACCESSION-UNREGISTERED")

    /// Every code of this area.
    package static let packageCodes: [FindingCode] = [
        .alreadyArchived, .codeTaken, .codeAlike, .agencyDiffers, .supersededSame, .fileChanged,
        .fondsUnregistered, .fondsClosed,
        .inventoryUnregistered, .seriesUnregistered, .accessionUnregistered,
    ]
}
