import Foundation
import GRDB
package import Records

/// A time-stamp renewal: one token over the tokens of every batch up to one (RFC 4998 §5.2).
package struct CatalogedRenewal: Hashable, Sendable {
    package let number: Int64
    /// It covers batches 1 to this.
    package let batches: Int64
    package let at: Instant
    /// The entry that tells of it.
    package let sequence: Int64
    package let leaves: Digest
    package let stamp: Digest
    package let readMe: Digest
    package let authority: String
    package let isIndependent: Bool

    package init(
        number: Int64, batches: Int64, at: Instant, sequence: Int64, leaves: Digest,
        stamp: Digest, readMe: Digest, authority: String, isIndependent: Bool
    ) {
        self.number = number
        self.batches = batches
        self.at = at
        self.sequence = sequence
        self.leaves = leaves
        self.stamp = stamp
        self.readMe = readMe
        self.authority = authority
        self.isIndependent = isIndependent
    }
}

extension Catalog {
    /// Every time-stamp renewal, the oldest first.
    package func renewals() throws -> [CatalogedRenewal] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: "SELECT * FROM renewal ORDER BY number")
            ).map { row in
                CatalogedRenewal(
                    number: row[0], batches: row[1], at: Instant(microseconds: row[2]),
                    sequence: row[3], leaves: try Digest(.sha512, stored: row[4]),
                    stamp: try Digest(.sha512, stored: row[5]),
                    readMe: try Digest(.sha512, stored: row[6]), authority: row[7],
                    isIndependent: row[8])
            }
        }
    }
}

extension CatalogWriter {
    /// Adds a time-stamp renewal.
    package func add(_ renewal: CatalogedRenewal) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO renewal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                renewal.number, renewal.batches, renewal.at.microseconds, renewal.sequence,
                Data(renewal.leaves.bytes), Data(renewal.stamp.bytes), Data(renewal.readMe.bytes),
                renewal.authority, renewal.isIndependent,
            ])
        }
    }
}
