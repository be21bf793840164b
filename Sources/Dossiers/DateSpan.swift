import Records

/// The time a dossier covers, to be compared with many documents' dates.
struct DateSpan {
    let start: CivilDate
    let end: CivilDate
    private let first: Int
    private let last: Int

    init(start: CivilDate, end: CivilDate) {
        self.start = start
        self.end = end
        first = Self.bounds(of: start.slashedText).earliest
        last = Self.bounds(of: end.slashedText).latest
    }

    /// Whether a date in canonical form lies wholly outside.
    func excludes(_ date: String) -> Bool {
        let bounds = Self.bounds(of: date)
        return bounds.latest < first || bounds.earliest > last
    }

    /// The first and the last day that `DD/MM/YYYY`, `MM/YYYY` or `YYYY` may mean, as `YYYYMMDD`.
    private static func bounds(of date: String) -> (earliest: Int, latest: Int) {
        var parts = (0, 0, 0)
        for byte in date.utf8 {
            if byte == 0x2F {
                parts = (parts.1, parts.2, 0)
            } else {
                parts.2 = parts.2 * 10 + Int(byte & 15)
            }
        }
        let year = parts.2 * 10_000
        return (
            year + max(1, parts.1) * 100 + max(1, parts.0),
            year + (parts.1 == 0 ? 12 : parts.1) * 100 + (parts.0 == 0 ? 31 : parts.0)
        )
    }
}
