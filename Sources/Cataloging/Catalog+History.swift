import Foundation
import GRDB
package import Records

extension Catalog {
    /// Every act on a dossier, the oldest first.
    package func events(object: ObjectIdentifier) throws -> [CatalogedEvent] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM event WHERE uuid = ? ORDER BY sequence",
                arguments: [object.uuidBytes]
            ).map { try Self.event(in: $0) }
        }
    }

    /// Acts from a place in the ledger on, in its order.
    package func events(from sequence: Int64, limit: Int) throws -> [CatalogedEvent] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM event WHERE sequence >= ? ORDER BY sequence LIMIT ?",
                arguments: [sequence, max(0, limit)]
            ).map { try Self.event(in: $0) }
        }
    }

    /// The last entry of an act; nil when there is none. Read from the ledger's end, so cheap for what is done daily.
    package func lastEvent(act: String) throws -> CatalogedEvent? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM event WHERE act = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [act]
            ).map { try Self.event(in: $0) }
        }
    }

    /// How much of the ledger the catalog knows; nil before the first entry.
    package var ledgerHead: CatalogedLedgerHead? {
        get throws {
            try read { database in
                try Row.fetchOne(database, sql: "SELECT size, count, last FROM ledgerHead").map {
                    row in
                    CatalogedLedgerHead(
                        size: row[0], count: row[1], last: try Digest(.sha256, stored: row[2]))
                }
            }
        }
    }

    /// The archive whose acts the catalog tells of, as its newest entry names it; nil before the first.
    package var archive: ObjectIdentifier? {
        get throws {
            try read { database in
                try String.fetchOne(
                    database, sql: "SELECT line FROM event ORDER BY sequence DESC LIMIT 1")
            }.flatMap { try? JSONValue(parsing: $0.utf8) }?["archive"]?.stringValue
                .flatMap { ObjectIdentifier($0) }
        }
    }

    /// The last runs of fixity checks, the newest first.
    package func auditRuns(limit: Int) throws -> [AuditRun] {
        try runs("1 ORDER BY sequence DESC LIMIT ?", [max(0, limit)])
    }

    /// The last run that checked an object: one over everything, or over it alone.
    package func lastAudit(of object: ObjectIdentifier) throws -> AuditRun? {
        let newest = try runs(
            """
            store = x'' AND (sequence IN (SELECT max(sequence) FROM auditRun
                    WHERE scope = ? AND complete = 1 AND store = x'')
                OR first IN (SELECT max(run) FROM auditFinding WHERE uuid = ? AND store = x''
                    UNION SELECT run FROM reading WHERE uuid = ? AND store = x''))
            ORDER BY sequence DESC
            """, [AuditRun.everything, object.uuidBytes, object.uuidBytes])
        guard let run = newest.first, let first = try versions(of: object).first,
            first.packagedAt <= run.finishedAt
        else { return nil }
        return run
    }

    /// The parts of a run that was gone on with, the oldest first; one that takes many entries counts once.
    package func parts(of run: AuditRun) throws -> [AuditRun] {
        let entries = try runs(
            "store = ? AND first = ? ORDER BY sequence", [Self.key(of: run.store), run.first])
        // Between two parts stands the entry with which the second began.
        let next = Set(entries.map { $0.sequence - 1 })
        return entries.filter { !next.contains($0.sequence) }
    }

    /// What a run of fixity checks found, in the order of the ledger; also in the runs that it goes on with.
    package func auditFindings(of run: AuditRun) throws -> [AuditFindingRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT sequence, run, uuid, path, code, store, error, incident FROM auditFinding
                    WHERE store = ? AND run >= ? AND sequence <= ? OR run = ? ORDER BY sequence
                    """,
                arguments: [Self.key(of: run.store), run.first, run.sequence, run.sequence]
            ).map { try Self.finding(in: $0) }
        }
    }

    /// A row of `sequence, run, uuid, path, code, store, error, incident`.
    static func finding(in row: Row) throws -> AuditFindingRow {
        AuditFindingRow(
            sequence: row[0], run: row[1],
            object: try (row[2] as Data?).map { try ObjectIdentifier(uuidBytes: $0) },
            path: row[3], code: FindingCode(row[4]), isError: row[6],
            store: try Self.store(of: row[5]), incident: row[7])
    }

    /// A store in a row: nothing stands for the one that was primary.
    static func key(of store: ObjectIdentifier?) -> Data { store?.uuidBytes ?? Data() }

    static func store(of key: Data) throws -> ObjectIdentifier? {
        key.isEmpty ? nil : try ObjectIdentifier(uuidBytes: key)
    }

    func runs(_ condition: String, _ arguments: StatementArguments) throws -> [AuditRun] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM auditRun WHERE " + condition, arguments: arguments
            )
            .map { row in
                AuditRun(
                    sequence: row[0], startedAt: Instant(microseconds: row[1]),
                    finishedAt: Instant(microseconds: row[2]), scope: row[3], checked: row[4],
                    bytes: row[5],
                    damaged: row[6], outcome: row[7], store: try Self.store(of: row[8]),
                    first: row[9], group: row[11], isComplete: row[10])
            }
        }
    }

    static func event(in row: Row) throws -> CatalogedEvent {
        let algorithm = (row[9] as String?).flatMap { Digest.Algorithm(rawValue: $0) } ?? .sha256
        return CatalogedEvent(
            sequence: row[0], at: Instant(microseconds: row[1]), act: row[2], event: row[3],
            object: try (row[4] as Data?).map { try ObjectIdentifier(uuidBytes: $0) },
            version: row[5],
            agent: row[6], outcome: row[7],
            details: try (row[8] as Data?).map { try Digest(algorithm, stored: $0) }, line: row[10])
    }
}
