import Cryptography
import Records

extension LedgerEntry {
    /// The longest entry: what a two-byte length of a C2SP entry bundle can say.
    package static let largestLine = 65_535

    /// Gives a draft its place, time and line.
    init(
        _ draft: LedgerDraft, archive: ObjectIdentifier, at instant: Instant, after head: LedgerHead
    ) throws(LedgerFailure) {
        var members: [String: JSONValue] = [
            "v": 1, "n": .number(head.count), "at": .string(instant.utcText),
            "archive": .string(archive.text),
            "prev": .string(head.last.hex), "act": .string(draft.act),
            "event": .string(draft.event),
            "agent": .string(draft.agent), "software": .string(draft.software),
            "outcome": .string(draft.outcome.rawValue),
        ]
        if let object = draft.object { members["object"] = .string(object.text) }
        if let version = draft.version { members["version"] = .number(Int64(version)) }
        if !draft.digests.isEmpty {
            members["digests"] = .object(draft.digests.mapValues { .string($0.labelled) })
        }
        if let details = draft.details { members["details"] = .string(details.hex) }
        if !draft.facts.isEmpty { members["facts"] = .object(draft.facts) }
        let line = JSONValue.object(members).canonicalText
        guard line.utf8.count <= Self.largestLine else {
            throw LedgerFailure(.entryTooLong, sequence: head.count)
        }
        self.init(
            draft: draft, sequence: head.count, at: instant, archive: archive, previous: head.last,
            line: line)
    }

    /// Reads a line and proves that it is canonical and follows the head.
    init(reading line: ArraySlice<UInt8>, after head: LedgerHead) throws(LedgerFailure) {
        let failure = LedgerFailure(.entryMismatch, sequence: head.count)
        let value: JSONValue
        do { value = try JSONValue(parsing: line) } catch { throw failure }
        let canonical = value.canonicalBytes
        guard line.count <= Self.largestLine, line == canonical[...],
            value["v"]?.numberValue == 1
        else {
            throw failure
        }
        guard value["n"]?.numberValue == head.count, value["prev"]?.stringValue == head.last.hex
        else {
            throw LedgerFailure(.inconsistent, sequence: head.count)
        }
        guard let at = value["at"]?.stringValue, let instant = Instant(at), instant.utcText == at,
            instant >= head.at,
            let archive = value["archive"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let draft = LedgerDraft(value)
        else { throw failure }
        self.init(
            draft: draft, sequence: head.count, at: instant, archive: archive, previous: head.last,
            line: String(decoding: canonical, as: UTF8.self))
    }

    /// The head of a ledger that ends with this entry.
    func head(after head: LedgerHead) -> LedgerHead {
        let bytes = Array(line.utf8)
        let digest = Digest(.sha256, bytes: Hasher.digest(.sha256, of: bytes)) ?? .zeroSHA256
        return LedgerHead(
            size: head.size + Int64(bytes.count) + 1, count: head.count + 1, last: digest, at: at)
    }
}

extension LedgerDraft {
    /// Reads the members of an entry that its maker gave; nil when one is missing or of another type.
    init?(_ value: JSONValue) {
        guard let act = value["act"]?.stringValue, let event = value["event"]?.stringValue,
            let agent = value["agent"]?.stringValue, let software = value["software"]?.stringValue,
            let outcome = value["outcome"]?.stringValue.flatMap({ Outcome(rawValue: $0) })
        else { return nil }
        let object = value["object"]?.stringValue.flatMap { ObjectIdentifier($0) }
        let version = value["version"]?.numberValue.flatMap { Int(exactly: $0) }
        let details = value["details"]?.stringValue.flatMap { Digest(.sha256, hex: $0) }
        // A member that is there but says nothing readable is not the same as one left out.
        guard (object == nil) == (value["object"] == nil),
            (version == nil) == (value["version"] == nil),
            (details == nil) == (value["details"] == nil),
            (value["digests"] ?? [:]).objectValue != nil, (value["facts"] ?? [:]).objectValue != nil
        else { return nil }
        var digests: [String: Digest] = [:]
        for (name, text) in value["digests"]?.objectValue ?? [:] {
            guard let digest = text.stringValue.flatMap({ Digest(labelled: $0) }) else {
                return nil
            }
            digests[name] = digest
        }
        self.init(
            act: act, event: event, agent: agent, software: software, object: object,
            version: version,
            digests: digests, outcome: outcome, details: details,
            facts: value["facts"]?.objectValue ?? [:])
    }
}
