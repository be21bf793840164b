import Records

extension AuditReport {
    /// Whether every byte is as it was, and only who vouches is in doubt.
    package var isOnlyUntrusted: Bool {
        let errors = findings.filter { $0.severity == .error }
        return !errors.isEmpty
            && errors.allSatisfy { [.sealKeyRevoked, .announcementWrong].contains($0.code) }
    }
}
