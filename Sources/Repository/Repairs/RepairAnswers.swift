package import Records

/// What a repair found and did about the damage of one object, or of what lies beside the dossiers, in one store.
package struct RepairItem: Sendable {
    /// How it ended.
    package enum Ending: String, Sendable {
        /// Everything is as it was stored again, and was read whole.
        case repaired
        /// It would be repaired; nothing was written.
        case repairable
        /// It is right now, and nothing needed mending: the second reading was right, or who vouches is known again.
        case sound
        /// No store has right bytes for all of it; what was damaged is kept.
        case noCopy
        /// No store that was asked has right bytes for all of it, and one that holds it was not asked: it is away.
        case copyAway
        /// What is wrong is nothing that right bytes mend: a seal, a key, the primary ledger, a record without entry.
        case unmended

        /// Whether damage is left.
        var isFailure: Bool { [.noCopy, .copyAway, .unmended].contains(self) }
    }

    package let store: String
    /// Nil for what lies beside the dossiers.
    package let object: ObjectIdentifier?
    package internal(set) var damages: [FileDamage] = []
    package internal(set) var ending = Ending.sound
    /// Bytes that came from other stores.
    package internal(set) var transferred: Int64 = 0
    /// The store that gave them.
    package internal(set) var source: String?
    /// Names of stores that were not asked and hold what is lacking.
    package internal(set) var away: [String] = []
    /// What is still wrong afterwards.
    package internal(set) var remaining: [Finding] = []

    init(store: String, object: ObjectIdentifier?) {
        self.store = store
        self.object = object
    }

    /// The gravest of what was wrong; nil where nothing is.
    package var kind: DamageKind? { damages.map(\.kind).max() }

    /// Whether what stands in the place of a folder above a file stays there: nothing is written through it.
    func isBlocked(_ path: String) -> Bool {
        damages.contains {
            $0.kind == .extra && !$0.isMendable && path.hasPrefix($0.path + "/")
        }
    }

    /// What is blocked was not mended, wherever right bytes of it are.
    mutating func leaveBlocked() {
        for index in damages.indices where isBlocked(damages[index].path) {
            damages[index].isMendable = false
        }
    }
}

/// What a run of repairs did.
package struct RepairReport: Sendable {
    package internal(set) var items: [RepairItem] = []
    /// Stores that were away, and damage in stores that are no longer known.
    package internal(set) var findings: [Finding] = []

    /// Whether anything is still damaged, or stands in a store's place that is none of ours.
    package var hasLoss: Bool {
        items.contains { $0.ending == .noCopy || $0.ending == .unmended }
            || findings.containsErrors
    }

    /// Whether no store had to be left out that would have been mended or would have given right bytes.
    package var isComplete: Bool {
        findings.isEmpty && !items.contains { $0.ending == .copyAway }
    }
}
