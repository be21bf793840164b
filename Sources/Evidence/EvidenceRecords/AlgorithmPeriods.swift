package import Cryptography
import Records

/// Until when digests and signatures prove anything: a dated table of `formats/algorithms/`.
package struct AlgorithmPeriods: Hashable, Sendable {
    /// When an algorithm ends.
    package enum End: Hashable, Sendable {
        /// The table does not know it, or it never proved anything.
        case unknown
        /// No end is announced.
        case open
        /// Seconds since 1970; from then on it proves nothing.
        case at(Int64)

        /// Whether the algorithm still proves at an instant.
        package func covers(_ instant: Int64) -> Bool {
            switch self {
            case .unknown: false
            case .open: true
            case .at(let end): instant < end
            }
        }
    }

    private struct KeyRow: Hashable, Sendable {
        let name: String
        let bits: Int
        let end: End
    }

    private var digests: [String: End] = [:]
    private var keys: [KeyRow] = []

    /// The table that the program was built with.
    package static let current = AlgorithmPeriods(table: PackageResources.algorithms_tsv)

    /// Reads a table; a row that is not one says nothing, so its algorithm is unknown.
    package init(table: [UInt8]) {
        for line in table.split(separator: UInt8(ascii: "\n")) where line.first != 0x23 {
            let text = String(decoding: line, as: UTF8.self)
            let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 5, let end = Self.end(fields[3]) else { continue }
            switch fields[0] {
            case "digest": digests[String(fields[1])] = end
            case "key":
                guard let bits = Int(fields[2]) else { continue }
                keys.append(KeyRow(name: String(fields[1]), bits: bits, end: end))
            default: continue
            }
        }
    }

    /// When a digest ends.
    package func end(of method: DigestMethod) -> End { digests[method.rawValue] ?? .unknown }

    /// The digest that proves longest from an instant on; of several, one that is not used yet, then the longest.
    package func longestLived(at now: Int64, besides used: DigestMethod) -> DigestMethod? {
        let known = DigestMethod.allCases.filter {
            $0.byteCount >= 32 && end(of: $0).covers(now)
        }
        func rank(_ method: DigestMethod) -> (Int64, Int, Int) {
            var last = Int64.max
            if case .at(let end) = end(of: method) { last = end }
            return (last, method == used ? 0 : 1, method.byteCount)
        }
        // The last of equal ones: later rows are of newer standards.
        return known.enumerated().max { one, other in
            rank(one.element) == rank(other.element)
                ? one.offset < other.offset : rank(one.element) < rank(other.element)
        }?.element
    }

    /// When a signature ends: its digest's end or its key's, whichever is first.
    package func end(of use: AlgorithmUse) -> End {
        let rows = keys.filter { $0.name == use.key && $0.bits <= use.bits }
        let key = rows.max { $0.bits < $1.bits }?.end ?? .unknown
        return Self.earlier(key, digests[use.digest] ?? .unknown)
    }

    private static func earlier(_ one: End, _ other: End) -> End {
        switch (one, other) {
        case (.unknown, _), (_, .unknown): .unknown
        case (.open, let end), (let end, .open): end
        case (.at(let one), .at(let other)): .at(min(one, other))
        }
    }

    private static func end(_ text: Substring) -> End? {
        if text == "-" { return .open }
        return Instant(text + "T00:00:00Z").map { .at($0.seconds) }
    }
}
