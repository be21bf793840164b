import Cataloging
package import Records

/// What an audit is asked to read.
package struct AuditRequest {
    /// Which dossiers.
    package enum Scope: Sendable {
        /// All that the stores hold.
        case everything
        /// Those that the plan says are due.
        case due
        /// These.
        case objects([String])
    }

    package var scope: Scope
    /// Names of stores, `chinh` for the primary one; empty means all.
    package var stores: [String] = []
    /// After so many bytes the run ends, between two dossiers where what is left of the last ones is little.
    package var mostBytes: Int64?
    /// Whether the time for it is used up; asked between two dossiers, and in large ones between two pieces.
    package var isTimeOver: () -> Bool = { false }
    /// What is read at most of dossiers that were begun with when a budget is used up.
    package var mostBeyond: Int64 = 1 << 30
    /// Reads only so many of a thousand dossiers, drawn anew for each run.
    package var perMille: Int?
    /// Reads only the dossiers of one of so many parts.
    package var shard: AuditShard?
    /// Also reads every file in the bundles against its own digest.
    package var isDeep = false
    /// Goes on with the last run that did not come to its end.
    package var isResuming = false

    package init(_ scope: Scope) { self.scope = scope }

    /// The word of the ledger for what is read.
    var scopeName: String {
        switch scope {
        case .everything:
            shard?.text ?? (perMille == nil ? AuditRun.everything : "sample")
        case .due: AuditRun.due
        case .objects: "objects"
        }
    }

    /// Whether its end may fall into a file, which a later run goes on with.
    var isCuttable: Bool {
        guard !isDeep, shard == nil, perMille == nil else { return false }
        if case .objects = scope { return false }
        return true
    }

    /// Whether a run of its kind can be gone on with: a sample is drawn anew, and chosen dossiers are few.
    var isResumable: Bool {
        guard isResuming, perMille == nil else { return false }
        if case .objects = scope { return false }
        return true
    }
}

/// One of the equal parts into which dossiers are divided by their identifiers.
package struct AuditShard: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let count: Int

    /// Reads `3/16`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1],
            (1...10_000).contains(count), (1...count).contains(number)
        else { return nil }
        self.number = number
        self.count = count
    }

    /// As people type it.
    package var text: String { "\(number)/\(count)" }

    /// Whether a dossier belongs to this part; the same on every machine.
    package func holds(_ object: ObjectIdentifier) -> Bool {
        let sum = object.uuid.reduce(UInt64(0)) { ($0 &* 257) &+ UInt64($1) }
        return sum % UInt64(count) == UInt64(number - 1)
    }
}
