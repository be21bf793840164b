import Foundation
import GRDB
package import Records

extension Catalog {
    /// Every incident, the newest first; with `onlyOpen` those that nobody closed.
    package func incidents(onlyOpen: Bool) throws -> [CatalogedIncident] {
        try incidents(
            (onlyOpen ? "WHERE closed IS NULL " : "") + "ORDER BY number DESC", [])
    }

    /// An incident by its number.
    package func incident(_ number: Int64) throws -> CatalogedIncident? {
        try incidents("WHERE number = ?", [number]).first
    }

    /// The open incident that a run, or those that it goes on with, opened in a store.
    package func openIncident(in store: ObjectIdentifier?, run: Int64) throws -> Int64? {
        try incidents(
            "WHERE closed IS NULL AND store = ? AND run = ? ORDER BY number DESC LIMIT 1",
            [Self.key(of: store), run]
        ).first?.number
    }

    /// The number of the last incident; 0 before the first.
    package func lastIncident() throws -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM incident") ?? 0 }
    }

    /// The acts on an incident, in the order of the ledger.
    package func acts(onIncident number: Int64) throws -> [(
        act: IncidentAct, event: CatalogedEvent
    )] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT e.*, a.change, a.way FROM incidentAct a
                    JOIN event e ON e.sequence = a.sequence WHERE a.number = ? ORDER BY a.sequence
                    """, arguments: [number]
            ).map { row in
                let event = try Self.event(in: row)
                return (
                    IncidentAct(
                        number: number, sequence: event.sequence, change: row[11], way: row[12]),
                    event
                )
            }
        }
    }

    /// What audits found that belongs to an incident, in the order in which it was first found; at most 10,000.
    ///
    /// What several runs found again stands once.
    package func findings(ofIncident number: Int64) throws -> [IncidentFinding] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT min(f.sequence), f.run, f.uuid, f.path, f.code, f.store, f.error,
                        f.incident, min(e.at), max(e.at), count(DISTINCT f.run)
                    FROM auditFinding f JOIN event e ON e.sequence = f.sequence
                    WHERE f.incident = ? GROUP BY f.store, f.uuid, f.path, f.code
                    ORDER BY min(f.sequence) LIMIT 10000
                    """, arguments: [number]
            ).map { row in
                IncidentFinding(
                    finding: try Self.finding(in: row), first: Instant(microseconds: row[8]),
                    last: Instant(microseconds: row[9]), count: row[10])
            }
        }
    }

    /// How many findings belong to an incident, over all runs or in one.
    package func findingCount(ofIncident number: Int64, run: Int64? = nil) throws -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM auditFinding
                    WHERE incident = ?1 AND (?2 IS NULL OR run = ?2)
                    """, arguments: [number, run]) ?? 0
        }
    }

    /// The incident to which a finding belongs: an open one of the same place, or one closed over this very damage.
    package func incident(
        holding object: ObjectIdentifier?, path: String, code: FindingCode,
        in store: ObjectIdentifier?
    ) throws -> Int64? {
        let place: StatementArguments = [
            "store": Self.key(of: store), "uuid": object?.uuidBytes, "path": path,
            "code": code.text,
        ]
        return try read { database in
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT max(i.number) FROM auditFinding f JOIN incident i ON i.number = f.incident
                        WHERE f.store = :store AND f.uuid IS :uuid
                            AND (i.closed IS NULL OR (i.unresolved = 1 AND f.path = :path
                                AND f.code = :code AND \(Self.isOpenDamage)))
                        """), arguments: place)
        }
    }

    /// Damage of an incident that nothing has mended yet.
    package func openDamage(ofIncident number: Int64) throws -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM auditFinding f
                    WHERE f.incident = ? AND \(Self.isOpenDamage)
                    """, arguments: [number]) ?? 0
        }
    }

    /// How many pieces of damage are open in a store; nil is the primary one.
    package func openDamageCount(in store: ObjectIdentifier?) throws -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM auditFinding f
                    WHERE f.store = ? AND f.error = 1 AND \(Self.isOpenDamage)
                    """,
                arguments: [Self.key(of: store)]) ?? 0
        }
    }

    private func incidents(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [CatalogedIncident] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM incident " + condition, arguments: arguments
            ).map { row in
                var incident = CatalogedIncident(
                    number: row[0], store: try Self.store(of: row[1]), name: row[2], run: row[3],
                    opened: Instant(microseconds: row[4]),
                    deadline: Instant(microseconds: row[5]), sequence: row[6])
                incident.closed = row[7]
                incident.isUnresolved = row[8]
                incident.reported = row[9]
                return incident
            }
        }
    }
}

extension CatalogWriter {
    /// Adds an incident.
    package func add(_ incident: CatalogedIncident) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO incident
                        (number, store, name, run, opened, deadline, sequence)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                incident.number, Catalog.key(of: incident.store), incident.name, incident.run,
                incident.opened.microseconds, incident.deadline.microseconds, incident.sequence,
            ])
        }
    }

    /// Adds an act on an incident.
    package func add(_ act: IncidentAct) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO incidentAct VALUES (?, ?, ?, ?)"
            ).execute(arguments: [act.number, act.sequence, act.change, act.way])
        }
    }

    /// Notes that an incident was closed, and whether damage of it was open.
    package func closeIncident(_ number: Int64, by sequence: Int64, isUnresolved: Bool) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "UPDATE incident SET closed = ?, unresolved = ? WHERE number = ?"
            ).execute(arguments: [sequence, isUnresolved, number])
        }
    }

    /// Notes that an incident was reported.
    package func markIncidentReported(_ number: Int64, by sequence: Int64) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "UPDATE incident SET reported = coalesce(reported, ?) WHERE number = ?"
            ).execute(arguments: [sequence, number])
        }
    }
}
