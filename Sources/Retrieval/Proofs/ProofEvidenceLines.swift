import Bundles
import Cryptography
import Evidence
import Records

/// The lines of `verify.sh` that walk one evidence record (RFC 4998 §5.3).
struct ProofEvidenceLines {
    private let names: ProofNames
    private let version: Int
    private let record: EvidenceRecord
    private let isWhole: Bool

    init(_ names: ProofNames, version: Int, _ record: EvidenceRecord, isWhole: Bool) {
        self.names = names
        self.version = version
        self.record = record
        self.isWhole = isWhole
    }

    /// The files of the version's data group that the proof has.
    private var files: [String] {
        let layout = names.layout.at(version)
        let all = isWhole ? [layout.tar, layout.segments] : []
        return (all + [layout.sums, layout.seal]).map { ProofNames.record($0) }
    }

    func lines() throws -> [String] {
        let stamps = record.stamps
        let times = try stamps.map { try TimeStampToken(der: $0.stamp.timeStamp).generationTime }
        var lines: [String] = []
        for (number, place) in stamps.enumerated() {
            let token = try TimeStampToken(der: place.stamp.timeStamp)
            guard let method = place.stamp.digest?.method ?? token.method else {
                throw EvidenceProblem(.algorithmUnknown)
            }
            lines.append("A=\(method.rawValue)")
            let lists = place.stamp.lists ?? [[token.imprint]]
            lines += members(of: place, in: lists.first ?? [])
            lines.append("r=$(level \(Self.words(lists.first ?? [])))")
            for list in lists.dropFirst() { lines.append("r=$(level \"$r\" \(Self.words(list)))") }
            let until = number + 1 < times.count ? "\(times[number + 1])" : "\"$N\""
            let file = names.token(version, place.chain + 1, place.index + 1)
            lines.append(
                "check 'dấu thời gian · time-stamp v\(version), \(place.chain + 1)-\(place.index + 1)' "
                    + "stamped \(file) \"$r\" \(until)")
            lines.append("when \(file)")
        }
        return lines + ["A=sha512"]
    }

    /// What the first list must hold: the files, or the tokens before.
    private func members(
        of place: (chain: Int, index: Int, stamp: ArchiveTimeStamp), in list: [[UInt8]]
    ) -> [String] {
        let words = Self.words(list)
        guard place.index > 0 else {
            let before = place.chain > 0 ? names.chains(version, before: place.chain + 1) : ""
            return files.map {
                "check '\($0) ∈ v\(version)' among \"$(leaf \($0) '\(before)')\" \(words)"
            }
        }
        return (1...place.index).map {
            let token = names.token(version, place.chain + 1, $0)
            return "check '\(token)' among \"$(digest \(token))\" \(words)"
        }
    }

    private static func words(_ hashes: [[UInt8]]) -> String {
        hashes.map { Hexadecimal.text(of: $0) }.joined(separator: " ")
    }
}
