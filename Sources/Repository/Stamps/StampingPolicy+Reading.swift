import Policies
import Readers
import Records

extension StampingPolicy {
    static let authoritiesKey = "tsa"
    static let batchesKey = "evidence"
    /// The keys of `luutru.yaml` that hold mappings.
    static let keys: Set = [authoritiesKey, batchesKey]

    private static let mostAuthorities = 2
    private static let mostLists = 8
    private static let usualTimeout = 20

    /// Reads `tsa:` and `evidence:`; a failure names the line.
    init(_ pairs: [YAMLMapping.Pair]) throws {
        let groups = pairs.first { $0.key == Self.authoritiesKey }
        let found = try groups?.groups.map { try Self.authority($0) } ?? []
        if let groups,
            found.isEmpty || found.count > Self.mostAuthorities
                || Set(found).count < found.count
        {
            throw Configuration.failure(
                groups.keyPlace.line, "tsa: 1…\(Self.mostAuthorities), không trùng · distinct")
        }
        var count = StampingPolicy().batchCount
        var hours = StampingPolicy().batchAgeHours
        for pair in pairs.first(where: { $0.key == Self.batchesKey })?.groups.first ?? [] {
            switch pair.key {
            case "batch-count": count = try Self.number(pair, 1...1_000_000)
            case "batch-age-hours": hours = try Self.number(pair, 0...8_784)
            default: throw Self.unknown(pair, among: ["batch-count", "batch-age-hours"])
            }
        }
        self.init(authorities: found, batchCount: count, batchAgeHours: hours)
    }

    private static func authority(_ pairs: [YAMLMapping.Pair]) throws -> StampAuthority {
        if let trial = pairs.first(where: { $0.key == "trial" }) {
            guard pairs.count == 1, trial.value == "true" else {
                throw Configuration.failure(trial.keyPlace.line, "trial: true")
            }
            return .trial
        }
        let known = ["url", "policy", "roots", "crls", "timeout", "trial"]
        for pair in pairs where !known.contains(pair.key) {
            throw unknown(pair, among: known)
        }
        let line = pairs.first?.keyPlace.line ?? 1
        func pair(_ key: String) -> YAMLMapping.Pair? { pairs.first { $0.key == key } }
        guard let url = pair("url"), isAddress(url.value) else {
            throw Configuration.failure(pair("url")?.valuePlace.line ?? line, "url: http(s)://…")
        }
        guard let roots = pair("roots"), !roots.value.isEmpty else {
            throw Configuration.failure(line, "thiếu · missing: roots")
        }
        if let policy = pair("policy"), !isIdentifier(policy.value) {
            throw Configuration.failure(policy.valuePlace.line, "policy: 1.2.3…")
        }
        let timeout = try pair("timeout").map { try number($0, 1...120) }
        return .remote(
            RemoteAuthority(
                url: url.value, policy: pair("policy")?.value, roots: roots.value,
                lists: try pair("crls").map { try lists($0) } ?? [],
                timeout: Int(timeout ?? Int64(usualTimeout))))
    }

    /// One file or address, or several; each once.
    private static func lists(_ pair: YAMLMapping.Pair) throws -> [String] {
        let lists = pair.parts.map(\.text)
        let isWrong = lists.contains { $0.isEmpty || $0.contains("://") && !isAddress($0) }
        guard (1...mostLists).contains(lists.count), Set(lists).count == lists.count, !isWrong
        else {
            throw Configuration.failure(
                pair.valuePlace.line,
                "crls: 1…\(mostLists), tệp hoặc · files or http(s)://…, không trùng · distinct")
        }
        return lists
    }

    static func isAddress(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        let rest = ["http://", "https://"].first { text.hasPrefix($0) }.map {
            text.dropFirst($0.utf8.count)
        }
        // A name and password there would be secrets in the configuration.
        return isPlain && text.utf8.count <= 2_000 && rest.map { !$0.isEmpty } ?? false
            && !text.contains("@")
    }

    private static func isIdentifier(_ text: String) -> Bool {
        let arcs = text.split(separator: ".", omittingEmptySubsequences: false)
        return (2...30).contains(arcs.count) && arcs[0].utf8.count == 1 && "012".contains(arcs[0])
            && arcs.allSatisfy { arc in
                (1...15).contains(arc.utf8.count) && arc.utf8.allSatisfy { (0x30...0x39) ~= $0 }
                    && (arc == "0" || !arc.hasPrefix("0"))
            }
    }

    private static func number(
        _ pair: YAMLMapping.Pair, _ range: ClosedRange<Int64>
    ) throws -> Int64 {
        guard let number = Int64(pair.value), range.contains(number) else {
            throw Configuration.failure(
                pair.valuePlace.line, "\(pair.key): \(range.lowerBound)…\(range.upperBound)")
        }
        return number
    }

    private static func unknown(
        _ pair: YAMLMapping.Pair, among known: [String]
    ) -> ArchiveFailure {
        let nearest = NearestWord.to(pair.key, among: known).map { " (≈ \($0))" } ?? ""
        return Configuration.failure(pair.keyPlace.line, pair.key + nearest)
    }
}
