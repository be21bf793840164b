/// Looks ahead: what must be read by when, with so many bytes a night.
extension AuditPolicy {
    /// Dossiers that follow each other when a store is read, and must all be read by the same night.
    package struct Portion: Hashable, Sendable {
        package var bytes: Int64
        /// Whole nights until they must have been read.
        package let nightsLeft: Int
        /// Whether nothing ever read them; such dossiers are due at once.
        package let isUnread: Bool

        package init(bytes: Int64, nightsLeft: Int, isUnread: Bool = false) {
            self.bytes = bytes
            self.nightsLeft = nightsLeft
            self.isUnread = isUnread
        }
    }

    /// What is ahead for one store.
    package struct Outlook: Hashable, Sendable {
        /// Nights that take what must be read by the tightest deadline, and all that is read before it.
        package let nightsNeeded: Int
        /// Nights until that deadline.
        package let nightsLeft: Int
        /// How many portions are due, the first ones of all.
        package let duePortions: Int
        package var isShort: Bool { nightsNeeded > nightsLeft }
        /// Nights that are missing.
        package var missing: Int { max(0, nightsNeeded - nightsLeft) }
    }

    private static let day: Int64 = 86_400_000_000

    /// Whole nights from a moment until what was last read at another must be read again, both in microseconds.
    package static func nightsLeft(at now: Int64, since read: Int64, days: Int) -> Int {
        let left = (read.addingReportingOverflow(Int64(days) * day).partialValue - now) / day
        return Int(clamping: min(Int64(days), max(0, left)))
    }

    /// What is due, and whether every portion can be read by its deadline; the portions in the order of reading.
    ///
    /// A portion is due when leaving it for the next night would leave too few nights, less the reserve, for
    /// itself or for any that comes after it.
    package func outlook(_ portions: [Portion], days: Int, bytesPerSecond: Int64) -> Outlook {
        let nightly = nightlyBytes(bytesPerSecond)
        var bytes: Int64 = 0
        var tonight: Int64 = 0
        var (needed, left) = (0, days)
        for portion in portions {
            bytes = Self.sum(bytes, portion.bytes)
            let nights = Self.nights(bytes, nightly)
            if nights - portion.nightsLeft > needed - left {
                (needed, left) = (nights, portion.nightsLeft)
            }
            let later = Int64(nightsAfterTonight(portion.nightsLeft, days: days))
            let (room, isOver) = nightly.multipliedReportingOverflow(by: later)
            if !isOver { tonight = max(tonight, bytes - room) }
        }
        return Outlook(
            nightsNeeded: needed, nightsLeft: left,
            duePortions: Self.count(of: portions, holding: tonight))
    }

    /// Whether nothing with so many nights left, or more, can be due in a store of no more than these bytes.
    package func isEarly(
        nightsLeft: Int, bytes: Int64, days: Int, bytesPerSecond: Int64
    ) -> Bool {
        nightsAfterTonight(nightsLeft, days: days)
            >= Self.nights(bytes, nightlyBytes(bytesPerSecond))
    }

    /// Nights that are left when tonight is over, less the reserve: two nights may fail and no promise is broken.
    private func nightsAfterTonight(_ nightsLeft: Int, days: Int) -> Int {
        max(0, nightsLeft - 1 - min(2, days / 10))
    }

    /// Bytes that can be read in the window of a night.
    private func nightlyBytes(_ bytesPerSecond: Int64) -> Int64 {
        let seconds = Int64((window?.minutes ?? 1440) * 60)
        let speed = max(1, min(bytesPerSecond, rate ?? .max))
        let (night, isOver) = speed.multipliedReportingOverflow(by: seconds)
        return isOver ? .max : night
    }

    private static func nights(_ bytes: Int64, _ nightly: Int64) -> Int {
        bytes == 0 ? 0 : Int(clamping: (bytes - 1) / nightly + 1)
    }

    private static func sum(_ one: Int64, _ other: Int64) -> Int64 {
        let (sum, isOver) = one.addingReportingOverflow(other)
        return isOver ? .max : sum
    }

    /// How many portions hold so many bytes, and in any case all up to the last that nothing ever read.
    private static func count(of portions: [Portion], holding wanted: Int64) -> Int {
        var count = 0
        var bytes: Int64 = 0
        for (index, portion) in portions.enumerated() {
            if portion.isUnread || bytes < wanted { count = index + 1 }
            bytes = sum(bytes, portion.bytes)
        }
        return count
    }
}
