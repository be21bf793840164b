/// Findings of the life of keys.
extension FindingCode {
    package static let sealKeyRevoked = FindingCode("LT-SEAL-KEY-REVOKED")
    package static let announcementWrong = FindingCode("LT-KEY-ANNOUNCEMENT-WRONG")
    package static let keyEnding = FindingCode("LT-KEY-ENDING")
    package static let keyEnded = FindingCode("LT-KEY-ENDED")

    /// Every code of this area.
    package static let keyCodes: [FindingCode] = [
        .sealKeyRevoked, .announcementWrong, .keyEnding, .keyEnded,
    ]
}
