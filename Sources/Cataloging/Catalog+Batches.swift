import Foundation
import GRDB
package import Records

extension Catalog {
    private static let states = "event WHERE sequence > ? AND act IN ('package', 'amend')"

    /// The newest batch; nil before the first.
    package func lastBatch() throws -> CatalogedBatch? {
        try batches("ORDER BY number DESC LIMIT 1", []).first
    }

    /// A batch by its number.
    package func batch(_ number: Int64) throws -> CatalogedBatch? {
        try batches("WHERE number = ?", [number]).first
    }

    /// Every batch, the oldest first.
    package func batches() throws -> [CatalogedBatch] { try batches("ORDER BY number", []) }

    /// The batch that covers what an entry tells of; nil while it waits.
    package func batch(covering sequence: Int64) throws -> CatalogedBatch? {
        try batches("WHERE last >= ? ORDER BY last LIMIT 1", [sequence]).first {
            $0.first <= sequence
        }
    }

    /// How many versions wait for a time-stamp, and since when the first of them does.
    package func waitingStates() throws -> (count: Int64, since: Instant?) {
        let after = try lastBatch()?.last ?? -1
        return try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT count(*), min(at) FROM " + Self.states), arguments: [after])
            return (row?[0] ?? 0, (row?[1] as Int64?).map { Instant(microseconds: $0) })
        }
    }

    /// Gives the acts that made a version after an entry, in the ledger's order, until told to stop.
    package func forEachState(
        after sequence: Int64, _ body: (CatalogedEvent) throws -> Bool
    ) throws {
        var last = sequence
        while true {
            // In pages: a batch may hold a million versions.
            let page = try read { database in
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: "SELECT * FROM " + Self.states + " ORDER BY sequence LIMIT 500"),
                    arguments: [last]
                ).map { try Self.event(in: $0) }
            }
            for event in page where try !body(event) { return }
            guard let end = page.last else { return }
            last = end.sequence
        }
    }

    /// The entry that made a version; nil when the ledger tells of none.
    package func stateEntry(of object: ObjectIdentifier, version: Int) throws -> Int64? {
        try read { database in
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT sequence FROM event
                        WHERE uuid = ? AND version = ? AND act IN ('package', 'amend')
                        ORDER BY sequence DESC LIMIT 1
                        """), arguments: [object.uuidBytes, version])
        }
    }

    private func batches(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [CatalogedBatch] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: "SELECT * FROM batch " + condition),
                arguments: arguments
            ).map { row in
                CatalogedBatch(
                    number: row[0], first: row[1], last: row[2], count: row[3],
                    at: Instant(microseconds: row[4]), sequence: row[5],
                    leaves: try Digest(.sha512, stored: row[6]),
                    stamp: try Digest(.sha512, stored: row[7]),
                    readMe: try Digest(.sha512, stored: row[8]), authority: row[9],
                    isIndependent: row[10])
            }
        }
    }
}

extension CatalogWriter {
    /// Adds a batch.
    package func add(_ batch: CatalogedBatch) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                batch.number, batch.first, batch.last, batch.count, batch.at.microseconds,
                batch.sequence, Data(batch.leaves.bytes), Data(batch.stamp.bytes),
                Data(batch.readMe.bytes),
                batch.authority, batch.isIndependent,
            ])
        }
    }
}
