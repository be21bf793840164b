import Records

/// A record's place in search: smaller is newer, so the index gives the newest first without sorting.
enum SearchPlace {
    private static let lowBits: Int64 = 41
    private static let ordinalBits: Int64 = 17
    /// The day of records that name none: after every other.
    static let undated: Int64 = 1 << 22 - 1
    static let first: Int64 = 0
    static let last: Int64 = .max

    /// A dossier's records of one day stand together, in the same order in every rebuild.
    struct Neighbourhood: Sendable {
        private let hash: StableHash

        init(of object: ObjectIdentifier) {
            var hash = StableHash()
            hash.mix(object.uuidText.utf8)
            self.hash = hash
        }

        /// Where a record should stand.
        func place(day: Int64, ordinal: Int) -> Int64 {
            var hash = hash
            hash.mix(UInt8(truncatingIfNeeded: ordinal >> Int(ordinalBits)))
            let dossier = Int64(truncatingIfNeeded: hash.value >> 40)
            return day << lowBits | dossier << ordinalBits | Int64(ordinal) & (1 << ordinalBits - 1)
        }
    }

    /// The places of every record dated between two days, each possibly open; nil when no day is.
    static func range(from: CivilDate?, to: CivilDate?) -> ClosedRange<Int64>? {
        guard from != nil || to != nil else { return first...last }
        let newest = to.map { day($0.year, $0.month ?? 12, $0.day ?? 31) << lowBits } ?? first
        let oldest =
            from.map { (earliestDay(of: $0) + 1) << lowBits - 1 } ?? (undated << lowBits - 1)
        return newest <= oldest ? newest...oldest : nil
    }

    /// The first day that a date may mean, counted back from the last.
    static func earliestDay(of date: CivilDate) -> Int64 {
        day(date.year, date.month ?? 1, date.day ?? 1)
    }

    /// Days back from the end of the year 9999, in a calendar of 31-day months: only their order counts.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        Int64((9999 * 372 + 403) - (year * 372 + month * 31 + day))
    }
}
