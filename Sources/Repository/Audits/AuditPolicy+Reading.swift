import Policies
import Readers
import Records

extension AuditPolicy {
    static let key = "audit"
    private static let keys = ["days", "slow-days", "window", "rate"]

    /// Reads `audit:`; a failure names the line.
    static func reading(_ pairs: [YAMLMapping.Pair]) throws -> AuditPolicy {
        guard let group = pairs.first(where: { $0.key == key }) else { return AuditPolicy() }
        guard group.groups.count == 1 else {
            throw Configuration.failure(
                group.keyPlace.line, "audit: " + keys.joined(separator: ", "))
        }
        let pairs = group.groups[0]
        for pair in pairs where !keys.contains(pair.key) {
            let nearest = NearestWord.to(pair.key, among: keys).map { " (≈ \($0))" } ?? ""
            throw Configuration.failure(pair.keyPlace.line, pair.key + nearest)
        }
        func value<Value>(
            _ key: String, _ form: String, _ read: (String) -> Value?
        ) throws -> Value? {
            guard let pair = pairs.first(where: { $0.key == key }) else { return nil }
            guard let value = read(pair.value) else {
                throw Configuration.failure(pair.valuePlace.line, "\(key): \(form)")
            }
            return value
        }
        let usual = AuditPolicy()
        return AuditPolicy(
            days: try value("days", "1…1095") { days($0) } ?? usual.days,
            slowDays: try value("slow-days", "1…1095") { days($0) } ?? usual.slowDays,
            window: try value("window", "22:00-05:00") { Window($0) },
            rate: try value("rate", "80M") { ByteCount.reading($0) })
    }

    private static func days(_ text: String) -> Int? {
        Int(text).flatMap { (1...1095).contains($0) ? $0 : nil }
    }

    /// Days within which every dossier of a store is to be read.
    func days(for store: ObjectIdentifier?, _ configuration: Configuration) -> Int {
        guard let entry = configuration.stores.first(where: { $0.store == store }) else {
            return days
        }
        return entry.role == .vault || entry.medium == .tape || entry.medium == .removable
            ? slowDays : days
    }
}

extension AuditPolicy.Window {
    /// Reads `22:00-05:00`; nil for anything else.
    init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
            Self.minute($0)
        }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from != to else { return nil }
        self.init(from: from, to: to)
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}

/// Amounts of bytes as people type them: `500G`, `80M`.
package enum ByteCount {
    /// Reads a whole number with K, M, G or T (powers of 1,024) or without; nil for anything else.
    package static func reading(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
        let factor = text.last.flatMap { units[$0] }
        guard let number = Int64(factor == nil ? text : String(text.dropLast())), number > 0
        else { return nil }
        let (bytes, isOver) = number.multipliedReportingOverflow(by: factor ?? 1)
        return isOver ? nil : bytes
    }
}
