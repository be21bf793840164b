package import Policies
package import Records

/// What became of one duty of the watch.
package struct WatchOutcome: Sendable {
    package let duty: WatchPolicy.Duty
    package let reason: WatchPolicy.Reason
    package let started: Instant
    package let ended: Instant
    package let status: ExitStatus
    /// Numbers of the work: dossiers, bytes, findings.
    package let facts: [String: Int64]
    package let findings: [Finding]
    /// Why it could not be done; nil when it was.
    package let failure: FailureReport?

    /// The words of duty and reason, for faces.
    package var words: (duty: String, reason: String) { (duty.rawValue, reason.rawValue) }
}
