/// The frozen exit statuses of `design.md` §6.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    /// Records are wrong: invalid, corrupt, overdue.
    case findings = 1
    /// The run failed: disk, database.
    case failed = 2
    /// Incomplete, but a later run goes on.
    case incomplete = 3
    /// Refused by policy.
    case refused = 4
    /// Bytes match, but signature or evidence cannot be trusted.
    case untrusted = 5
    case noArchive = 10
    case locked = 11
    case key = 12
    case usage = 64
    case interrupted = 130
}
