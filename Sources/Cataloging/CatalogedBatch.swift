package import Records

/// A batch of versions under one time-stamp: every state the ledger tells of between two entries.
package struct CatalogedBatch: Hashable, Sendable {
    package let number: Int64
    /// The first and last entry it may cover.
    package let first: Int64
    package let last: Int64
    /// How many versions it covers.
    package let count: Int64
    /// When the authority says that it stamped.
    package let at: Instant
    /// The entry that tells of it.
    package let sequence: Int64
    /// SHA-512 of `leaves` and of the token.
    package let leaves: Digest
    package let stamp: Digest
    /// SHA-512 of `README.txt`, whose words may change from batch to batch.
    package let readMe: Digest
    package let authority: String
    /// Whether somebody else than the archive stamped.
    package let isIndependent: Bool

    package init(
        number: Int64, first: Int64, last: Int64, count: Int64, at: Instant, sequence: Int64,
        leaves: Digest, stamp: Digest, readMe: Digest, authority: String, isIndependent: Bool
    ) {
        self.number = number
        self.first = first
        self.last = last
        self.count = count
        self.at = at
        self.sequence = sequence
        self.leaves = leaves
        self.stamp = stamp
        self.readMe = readMe
        self.authority = authority
        self.isIndependent = isIndependent
    }
}
