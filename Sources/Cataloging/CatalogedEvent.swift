package import Records

/// An act as the ledger has it, with its line, so that a dossier's history is read without the ledger.
package struct CatalogedEvent: Hashable, Sendable {
    package let sequence: Int64
    package let at: Instant
    /// The command's own word: `package`, `audit`.
    package let act: String
    /// The PREMIS event type.
    package let event: String
    package let object: ObjectIdentifier?
    package let version: Int?
    package let agent: String
    package let outcome: String
    package let details: Digest?
    /// The entry's canonical JSON.
    package let line: String

    package init(
        sequence: Int64, at: Instant, act: String, event: String, object: ObjectIdentifier?,
        version: Int?,
        agent: String, outcome: String, details: Digest?, line: String
    ) {
        self.sequence = sequence
        self.at = at
        self.act = act
        self.event = event
        self.object = object
        self.version = version
        self.agent = agent
        self.outcome = outcome
        self.details = details
        self.line = line
    }
}

/// How much of the ledger the catalog knows.
package struct CatalogedLedgerHead: Hashable, Sendable {
    /// Bytes of `entries.jsonl` up to here.
    package let size: Int64
    package let count: Int64
    /// SHA-256 of the last line.
    package let last: Digest

    package init(size: Int64, count: Int64, last: Digest) {
        self.size = size
        self.count = count
        self.last = last
    }
}
