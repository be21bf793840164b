import Foundation
import GRDB
package import Records

extension Catalog {
    /// Gives the acts of some words between two moments, the first included, in the order of the ledger.
    package func forEachEvent(
        of acts: [String], from: Instant, before: Instant, _ body: (CatalogedEvent) throws -> Void
    ) throws {
        var last: Int64 = -1
        while true {
            // In pages, so that memory does not grow with the years asked for.
            let page = try events(of: acts, from: from, before: before, after: last)
            for event in page { try body(event) }
            guard let end = page.last else { return }
            last = end.sequence
        }
    }

    private func events(
        of acts: [String], from: Instant, before: Instant, after sequence: Int64
    ) throws -> [CatalogedEvent] {
        let marks = acts.map { _ in "?" }.joined(separator: ", ")
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM event WHERE act IN (\(marks)) AND sequence > ? AND at >= ? AND at < ?
                    ORDER BY sequence LIMIT 1000
                    """,
                arguments: StatementArguments(acts)
                    + [sequence, from.microseconds, before.microseconds]
            ).map { try Self.event(in: $0) }
        }
    }

    /// Runs of fixity checks that ended between two moments, in the order of the ledger.
    package func auditRuns(from: Instant, before: Instant) throws -> [AuditRun] {
        try runs(
            "finishedAt >= ? AND finishedAt < ? ORDER BY sequence",
            [from.microseconds, before.microseconds])
    }
}
