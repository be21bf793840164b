import Foundation
import GRDB
package import Records

/// A renewal of the batches up to one under one token: of their time-stamps or of their hash trees (RFC 4998 §5.2).
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
    /// The digest of its tree, such as `sha3-512`.
    package let digest: String
    /// What only a renewal of hash trees has.
    package let rehash: Rehash?

    /// The files that were read again.
    package struct Rehash: Hashable, Sendable {
        /// SHA-512 of `files`.
        package let files: Digest
        /// How many versions it covers.
        package let versions: Int64

        package init(files: Digest, versions: Int64) {
            self.files = files
            self.versions = versions
        }
    }

    package init(
        number: Int64, batches: Int64, at: Instant, sequence: Int64, leaves: Digest,
        stamp: Digest, readMe: Digest, authority: String, isIndependent: Bool,
        digest: String, rehash: Rehash?
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
        self.digest = digest
        self.rehash = rehash
    }
}

extension Catalog {
    /// Every renewal, the oldest first.
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
                    isIndependent: row[8], digest: row[9],
                    rehash: try (row[10] as Data?).map {
                        CatalogedRenewal.Rehash(
                            files: try Digest(.sha512, stored: $0), versions: row[11])
                    })
            }
        }
    }
}

extension CatalogWriter {
    /// Adds a renewal.
    package func add(_ renewal: CatalogedRenewal) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO renewal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                renewal.number, renewal.batches, renewal.at.microseconds, renewal.sequence,
                Data(renewal.leaves.bytes), Data(renewal.stamp.bytes), Data(renewal.readMe.bytes),
                renewal.authority, renewal.isIndependent, renewal.digest,
                renewal.rehash.map { Data($0.files.bytes) }, renewal.rehash?.versions ?? 0,
            ])
        }
    }
}
