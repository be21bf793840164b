import Records

extension AuditReport {
    /// Whether every byte is as it was, and only who vouches is in doubt.
    package var isOnlyUntrusted: Bool {
        let errors = errorCodes
        return !errors.isEmpty && errors.isSubset(of: FindingCode.trustCodes)
    }
}

extension FindingCode {
    /// What is wrong with who vouches, and with no byte.
    static let trustCodes: Set<FindingCode> = [.sealKeyRevoked, .announcementWrong]

    /// Whether it tells of trust alone: a certificate that comes back settles it, and no store has worse bytes for it.
    var isOnlyOfTrust: Bool { Self.trustCodes.contains(self) || self == .sealIssuerUnknown }
}
