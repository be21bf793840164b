package import Records

/// What bringing one store up to date came to.
package struct SyncReport: Sendable {
    package let name: String
    /// Dossiers that the store now holds and did not hold before, as far as the archive knew.
    package internal(set) var taken = 0
    package internal(set) var bytes: Int64 = 0
    /// Dossiers that it still lacks; of news, only those that this run could not bring.
    package internal(set) var lacking = 0
    package internal(set) var findings: [Finding] = []
    /// Whether the store was there to the end.
    package internal(set) var isReached = true

    /// Whether it has everything now; that it had gone back before, or that something lies above it, is told.
    package var isComplete: Bool {
        isReached && lacking == 0
            && !findings.contains {
                $0.severity == .error && ![.copyLedgerBack, .copyOverlaid].contains($0.code)
            }
    }

    init(name: String) { self.name = name }
}

/// How a store stands.
package struct StoreStanding: Sendable {
    package let entry: StoreEntry
    package let state: OpenedCopy.State
    /// Dossiers it holds in their last version, as receipts say.
    package let held: Int
    package let lacking: Int
    /// The oldest version that it lacks is waiting since.
    package let waitingSince: Instant?
    /// Its last receipt.
    package let lastCopied: Instant?
    /// Entries of the ledger that it lacks; nil while it is away or its ledger cannot be read.
    package let ledgerLag: Int64?
    /// Entries that it has beyond those known here; nil where the lag is.
    package let ledgerLead: Int64?
    /// Whether what it has for a ledger is none.
    package let isLedgerUnreadable: Bool
    /// Whether its ledger tells something else at the same place, and no newer epoch explains it.
    package let isFork: Bool
    /// Whether it lost what it had (`OpenedCopy.isBack`).
    package let isBack: Bool
    /// Whether something was laid above its card (`OpenedCopy.covers`).
    package let isCardCovered: Bool
    /// Whether its OCFL root is gone, cannot be entered, or a place of its own is wrong (`OpenedCopy.lacksRoot`).
    package let lacksRoot: Bool
    /// Whether the keys to it are refused (`OpenedCopy.isRefused`).
    package let isRefused: Bool
}

/// How many dossiers are short of the policy of copies.
package struct CopyCounts: Hashable, Sendable {
    package internal(set) var short = 0
    /// Those for which the time is over during which they may be short.
    package internal(set) var overdue = 0
}

/// How the dossiers stand beside the policy of copies.
package struct CopyStanding: Sendable {
    /// A dossier short of the policy.
    package struct Short: Sendable {
        package let object: ObjectIdentifier
        package let copies: Int
        package let media: Int
        package let places: Int
        /// Whether the time for which it may be short is over.
        package let isOverdue: Bool
    }

    package let counts: CopyCounts
    /// The first of them.
    package internal(set) var short: [Short] = []
    /// At most so many are named.
    static let mostNamed = 1000
}
