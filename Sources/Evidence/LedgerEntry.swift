package import Records

/// One act of the archive as the ledger keeps it: a line of canonical JSON (`docs/ledger.md`, format 1).
package struct LedgerEntry: Hashable, Sendable {
    package let draft: LedgerDraft
    /// Position in the ledger, counted from 0.
    package let sequence: Int64
    package let at: Instant
    package let archive: ObjectIdentifier
    /// SHA-256 of the line before, without its line break; 32 zero bytes for the first.
    package let previous: Digest
    /// The line as it stands in the file, without its line break.
    package let line: String
}

/// What an act says before the ledger gives it its place and time.
package struct LedgerDraft: Hashable, Sendable {
    /// How the act ended.
    package enum Outcome: String, Sendable {
        case success
        case warning
        case fail
    }

    /// The command's own word: `init`, `policy`, `package`, `place`, `audit`, `audit-finding`, `recovery`.
    package let act: String
    /// The PREMIS event type of the Library of Congress vocabulary.
    package let event: String
    /// Who acted: an account identifier, never a name.
    package let agent: String
    /// The program and its version.
    package let software: String
    package let object: ObjectIdentifier?
    package let version: Int?
    /// Digests of what the act made or found, by what they are of.
    package let digests: [String: Digest]
    package let outcome: Outcome
    /// Digest of the file in `details/` that says more.
    package let details: Digest?
    /// Numbers and codes of the act; never the content of a record.
    package let facts: [String: JSONValue]

    package init(
        act: String, event: String, agent: String, software: String,
        object: ObjectIdentifier? = nil,
        version: Int? = nil, digests: [String: Digest] = [:], outcome: Outcome = .success,
        details: Digest? = nil,
        facts: [String: JSONValue] = [:]
    ) {
        self.act = act
        self.event = event
        self.agent = agent
        self.software = software
        self.object = object
        self.version = version
        self.digests = digests
        self.outcome = outcome
        self.details = details
        self.facts = facts
    }
}

/// Where a ledger ends: everything before is known.
package struct LedgerHead: Hashable, Sendable {
    /// Bytes of `entries.jsonl` up to here.
    package let size: Int64
    package let count: Int64
    /// SHA-256 of the last line; 32 zero bytes when there is none.
    package let last: Digest
    /// When the last entry was made.
    package let at: Instant

    package init(size: Int64, count: Int64, last: Digest, at: Instant) {
        self.size = size
        self.count = count
        self.last = last
        self.at = at
    }

    /// The head of a ledger without entries.
    package static let empty = LedgerHead(
        size: 0, count: 0, last: Digest.zeroSHA256, at: Instant(microseconds: .min))
}

extension Digest {
    /// Thirty-two zero bytes: the digest before the first entry.
    static let zeroSHA256 = Digest(sha256: [UInt8](repeating: 0, count: 32))

    /// `sha512:` and the hexadecimal digest, as the ledger writes it.
    var labelled: String { algorithm.rawValue + ":" + hex }

    /// Reads the labelled form; nil for anything else.
    init?(labelled text: String) {
        if let plain = Self.plain(text) {
            self = plain
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let algorithm = Algorithm(rawValue: String(parts[0])),
            let digest = Digest(algorithm, hex: parts[1])
        else { return nil }
        self = digest
    }

    /// Reads the form as the ledger writes it, from bytes; every other is left to the code for letters.
    private static func plain(_ text: String) -> Digest? {
        var text = text
        return text.withUTF8 { units in
            guard let colon = units.firstIndex(of: UInt8(ascii: ":")),
                let algorithm = Algorithm(
                    rawValue: String(decoding: units[..<colon], as: UTF8.self))
            else { return nil }
            return Digest(algorithm, hex: UnsafeBufferPointer(rebasing: units[(colon + 1)...]))
        }
    }
}
