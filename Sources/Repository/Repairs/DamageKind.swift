/// What is wrong with a file of a copy, from harmless to grave (`docs/operations.md`, damage).
package enum DamageKind: String, Sendable, CaseIterable, Comparable {
    /// The second reading was right: a cable, a bus, a moment.
    case transient
    /// Right on the medium, wrong in the machine's memory.
    case memory
    /// A file that belongs to nothing.
    case extra
    /// A strange version or delete marker lies above a file of a vault, which is intact below it.
    case overlaid
    /// A small file of the package was changed: inventory, sums, seal, list of segments.
    case metadata
    /// Some segments on the medium are not what was stored.
    case medium
    /// The end is gone; what is left is right.
    case truncated
    /// The file is not there, or cannot be read.
    case missing
    /// Another object, whole in itself, stands in the place of this one.
    case replaced

    package static func < (one: DamageKind, other: DamageKind) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A file of a copy that is not as it should be.
package struct FileDamage: Hashable, Sendable {
    /// Below the store.
    package let path: String
    package let kind: DamageKind
    /// Segments of a tar that are wrong, counted from 0; the first hundred.
    package let segments: [Int64]
    package let segmentCount: Int64
    /// Whether a copy that is right was found in another store.
    package internal(set) var isMendable = false
    /// Whether it was put right before this run, by one that was cut short or by a sync.
    package internal(set) var isMendedBefore = false
    /// The mark of the file that took its place, for stores that give marks.
    package internal(set) var mark: String?
}
