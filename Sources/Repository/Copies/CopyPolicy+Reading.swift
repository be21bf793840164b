import Policies
import Readers
import Records

extension CopyPolicy {
    static let key = "copies"
    private static let keys = ["count", "media", "places", "lag-days", "place", "medium"]

    /// Reads `copies:`; nil where the file has none. A failure names the line.
    static func reading(
        _ pairs: [YAMLMapping.Pair]
    ) throws -> (policy: CopyPolicy, primary: Holding)? {
        guard let group = pairs.first(where: { $0.key == key }) else { return nil }
        guard group.groups.count == 1 else {
            throw Configuration.failure(
                group.keyPlace.line, "copies: " + keys.joined(separator: ", "))
        }
        let pairs = group.groups[0]
        func number(_ key: String, _ range: ClosedRange<Int>, _ usual: Int) throws -> Int {
            guard let pair = pairs.first(where: { $0.key == key }) else { return usual }
            guard let number = Int(pair.value), range.contains(number) else {
                throw Configuration.failure(
                    pair.valuePlace.line, "\(key): \(range.lowerBound)…\(range.upperBound)")
            }
            return number
        }
        for pair in pairs where !keys.contains(pair.key) {
            let nearest = NearestWord.to(pair.key, among: keys).map { " (≈ \($0))" } ?? ""
            throw Configuration.failure(pair.keyPlace.line, pair.key + nearest)
        }
        let policy = CopyPolicy(
            copies: try number("count", 1...16, 3), media: try number("media", 1...4, 2),
            places: try number("places", 1...16, 2), lagDays: try number("lag-days", 0...366, 7))
        func text(_ key: String, _ usual: String, _ form: String, _ isGood: (String) -> Bool) throws
            -> String
        {
            guard let pair = pairs.first(where: { $0.key == key }) else { return usual }
            guard isGood(pair.value) else {
                throw Configuration.failure(pair.valuePlace.line, "\(key): \(form)")
            }
            return pair.value
        }
        let media = StoreEntry.Medium.allCases.map(\.rawValue)
        return (
            policy,
            Holding(
                medium: try text(
                    "medium", StoreEntry.Medium.disk.rawValue, media.joined(separator: ", ")
                ) { media.contains($0) },
                place: try text("place", "", "1…200") { (1...200).contains($0.count) })
        )
    }
}
