import Foundation
import GRDB
import Glibc

/// The index of an archive: made from its store and ledger alone, and never the truth (`docs/design.md` §1).
///
/// Calls block; one connection serves them one after another, and a call may be made inside another's closure.
package final class Catalog: Sendable {
    /// Where the database file stands.
    package let path: String
    let queue: DatabaseQueue

    /// Opens the catalog at a path, bringing an older one up to date when it may be written.
    package static func open(at path: String, readOnly: Bool) throws -> Catalog {
        guard FileManager.default.fileExists(atPath: path) else { throw CatalogFailure(.missing) }
        let catalog = try CatalogFailure.translating {
            try Catalog(path: path, readOnly: readOnly, isNew: false)
        }
        try catalog.checkOrigin()
        try catalog.migrate(readOnly: readOnly)
        return catalog
    }

    /// Makes an empty catalog where no file is, ready to take in a whole store; opened again, it has its log.
    package static func create(at path: String) throws -> Catalog {
        guard !FileManager.default.fileExists(atPath: path) else { throw CatalogFailure(.exists) }
        let catalog = try CatalogFailure.translating {
            try Catalog(path: path, readOnly: false, isNew: true)
        }
        try CatalogFailure.translating { try CatalogSchema.migrator.migrate(catalog.queue) }
        return catalog
    }

    /// On a disk that cannot be written SQLite needs to be told that nobody else writes either.
    private static func readablePath(_ path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        let hasLog = FileManager.default.fileExists(atPath: path + "-wal")
        guard !hasLog, access(folder, W_OK) != 0,
            let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { return path }
        return "file:" + encoded + "?immutable=1"
    }

    private init(path: String, readOnly: Bool, isNew: Bool) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { database in
            database.add(tokenizer: SearchTokenizer.self)
            // A rebuild writes every page again and again; who adds a dossier shares 64 MiB with all that packaging takes.
            let cache = isNew ? 65_536 : readOnly ? 16_384 : 8_192
            try database.execute(sql: "PRAGMA cache_size = -\(cache); PRAGMA temp_store = FILE")
            // What waits for the text index is as large as `SearchablePlaces` lets it be: it need not go to the disk.
            if isNew { try database.execute(sql: "PRAGMA temp.cache_size = -49152") }
            guard !readOnly else { return }
            // A new file has no readers, and the write-ahead log is slow for one transaction of a whole store.
            try database.execute(sql: "PRAGMA journal_mode = \(isNew ? "TRUNCATE" : "WAL")")
            // FULL keeps the last row of design.md §5: after "archived" is said, its row survives a power cut.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: SearchablePlaces.table)
        }
        queue = try DatabaseQueue(
            path: readOnly ? Self.readablePath(path) : path, configuration: configuration)
    }

    /// The schema this catalog has.
    package var schemaVersion: Int {
        get throws { try read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 } }
    }

    /// Brings the write-ahead log into the one file and empties it, as far as nobody reads.
    package func settleLog() throws {
        try CatalogFailure.translating {
            try queue.inDatabase { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try queue.close()
        }
    }

    /// Moves everything into the one file and gives the connection back; the catalog is not used afterwards.
    package func close() throws {
        try CatalogFailure.translating { try queue.close() }
    }

    /// Writes rows that become visible together, or not at all.
    package func write<Result>(_ body: (CatalogWriter) throws -> Result) throws -> Result {
        guard !queue.configuration.readonly else { throw CatalogFailure(.readOnly) }
        return try CatalogFailure.translating {
            try queue.write { database in
                let writer = try CatalogWriter(database)
                let result = try body(writer)
                try writer.finish()
                return result
            }
        }
    }

    /// Reads one state of the catalog, whatever others write meanwhile.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try CatalogFailure.translating {
            try queue.unsafeReentrantRead { database in
                guard !database.isInsideTransaction else { return try body(database) }
                var results: [Result] = []
                try database.inTransaction(.deferred) {
                    results.append(try body(database))
                    return .commit
                }
                guard let result = results.first else { throw CatalogFailure(.failed) }
                return result
            }
        }
    }

    /// Lets many questions be answered by one state, which is faster than a state for each.
    package func reading<Result>(_ body: () throws -> Result) throws -> Result {
        try read { _ in try body() }
    }

    private func checkOrigin() throws {
        let (application, version, tables, triggers) = try read { database in
            (
                try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0,
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'") ?? 0
            )
        }
        // An empty file is a catalog that was cut off: it must not pass for one of an empty archive.
        guard tables > 0 else { throw CatalogFailure(.damaged) }
        guard application == CatalogSchema.applicationID else { throw CatalogFailure(.foreign) }
        // Nothing of ours is a trigger, and one could change rows behind every command's back.
        guard triggers == 0 else { throw CatalogFailure(.damaged) }
        guard version <= CatalogSchema.version else { throw CatalogFailure(.newer) }
    }

    private func migrate(readOnly: Bool) throws {
        guard try schemaVersion < CatalogSchema.version else { return }
        guard !readOnly else { throw CatalogFailure(.older) }
        try CatalogFailure.translating { try CatalogSchema.migrator.migrate(queue) }
    }
}
