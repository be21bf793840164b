/// A moment in time, to the microsecond, independent of zone and calendar settings.
package struct Instant: Hashable, Sendable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package var seconds: Int64 { CivilTime.floorDivide(microseconds, 1_000_000) }

    /// The same moment without its part of a second.
    package var wholeSecond: Instant { Instant(seconds: seconds) }

    package static func < (one: Instant, other: Instant) -> Bool {
        one.microseconds < other.microseconds
    }

    /// ISO 8601 in UTC with microseconds, as the ledger writes it: `2026-11-22T01:02:03.000004Z`.
    package var utcText: String {
        let fraction = String(CivilTime.modulo(microseconds, 1_000_000))
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return CivilTime(seconds: seconds).text + "." + zeros + fraction + "Z"
    }

    /// ISO 8601 in Vietnam's time, whole seconds, as TT 05/2025 asks: `2026-11-22T08:02:03+07:00`.
    package var vietnamText: String {
        CivilTime(seconds: seconds + 7 * 3600).text + "+07:00"
    }

    /// ISO 8601 in UTC, whole seconds: `2026-11-22T01:02:03Z`.
    package var utcSecondsText: String { CivilTime(seconds: seconds).text + "Z" }

    /// Reads ISO 8601 with `Z` or `±hh:mm` and up to six decimals; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let units = Array(text.utf8)
        guard units.count >= 20, units[10] == UInt8(ascii: "T"),
            let civil = CivilTime(units[0..<19])
        else { return nil }
        var index = 19
        var micros: Int64 = 0
        if units[index] == UInt8(ascii: ".") {
            index += 1
            var scale: Int64 = 100_000
            let first = index
            while index < units.count, (0x30...0x39).contains(units[index]) {
                guard index - first < 6 else { return nil }
                micros += Int64(units[index] - 0x30) * scale
                scale /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        guard let offset = Self.zoneOffset(units[index...]) else { return nil }
        self.init(microseconds: (civil.seconds - offset) * 1_000_000 + micros)
    }

    /// Seconds east of UTC of `Z` or `±hh:mm`.
    private static func zoneOffset(_ units: ArraySlice<UInt8>) -> Int64? {
        if units.elementsEqual("Z".utf8) { return 0 }
        let zone = Array(units)
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
            let hours = CivilTime.number(zone[1...2]), let minutes = CivilTime.number(zone[4...5]),
            hours < 15, minutes < 60
        else { return nil }
        switch zone[0] {
        case UInt8(ascii: "+"): return Int64(hours * 3600 + minutes * 60)
        case UInt8(ascii: "-"): return -Int64(hours * 3600 + minutes * 60)
        default: return nil
        }
    }
}
