import Foundation
import GRDB
import Records

/// A version of a dossier that has its row, so that documents and entries can be added to it.
package struct VersionRow: Sendable {
    let id: Int64
    let version: Int
    let neighbourhood: SearchPlace.Neighbourhood
    let fonds: String?
    /// The dossier's other versions that have rows.
    let others: [(id: Int64, version: Int)]
}

/// Rows going into the catalog in one transaction; some, and the text index, follow only at its end.
package final class CatalogWriter {
    let database: Database
    let places: SearchablePlaces
    private let versions: RowBuffer
    /// Acts of the ledger.
    let events: RowBuffer
    private let contents: RowBuffer
    private let aliasRows: RowBuffer
    private let tally: Tally
    private var aliases: [Alias] = []
    /// A buffer for each set of elements that documents have, so that absent ones cost nothing.
    private var documents: [UInt64: RowBuffer] = [:]
    /// Versions added here.
    private var added: Set<Int64> = []

    private struct Alias {
        let code: Int64
        let record: Int64
    }

    /// Aliases that wait to go in together, in the order of their numbers, which spares the disk.
    private static let mostAliases = 1 << 16

    /// After so many records the text index is brought up to them.
    init(_ database: Database, mostWishes: Int = SearchablePlaces.mostWishes) throws {
        self.database = database
        places = try SearchablePlaces(database, mostWishes: mostWishes)
        tally = try Tally(database)
        versions = try RowBuffer(
            database, VersionColumns.insertion, columns: VersionColumns.all.count, rows: 1)
        events = try RowBuffer(database, "INSERT INTO event", columns: 11, rows: 1)
        contents = try RowBuffer(database, "INSERT INTO contents", columns: 3, rows: 16)
        aliasRows = try RowBuffer(database, "INSERT OR IGNORE INTO alias", columns: 2, rows: 32)
    }

    /// Adds a version; from now on the highest version of its dossier is the one that search finds.
    package func add(_ given: CatalogedVersion) throws -> VersionRow {
        try CatalogFailure.translating {
            let others = try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT id, version FROM version WHERE uuid = ? ORDER BY version"),
                arguments: [given.object.uuidBytes]
            ).map { (id: $0[0] as Int64, version: $0[1] as Int) }
            let highest = others.last
            let isHighest = highest.map { given.version > $0.version } ?? true
            try VersionColumns.put(given, isCurrent: isHighest, into: versions)
            let row = VersionRow(
                id: database.lastInsertedRowID, version: given.version,
                neighbourhood: SearchPlace.Neighbourhood(of: given.object),
                fonds: given.dossier.arrangement[.fonds], others: others)
            let key = try RecordKey(versionRow: row.id, ordinal: 0)
            if isHighest {
                if let highest { try supersede(highest.id) }
                try tally.add(given)
            }
            added.insert(row.id)
            for code in given.dossier.codes { try addAlias(code, key) }
            if isHighest {
                places.add(
                    key, at: row.neighbourhood.place(day: day(given.dossier.date), ordinal: 0))
            }
            return row
        }
    }

    /// Adds a document to a version of this transaction.
    package func add(_ document: CatalogedDocument, to row: VersionRow) throws {
        guard document.ordinal > 0 else { throw CatalogFailure(.value) }
        guard added.contains(row.id) else { throw CatalogFailure(.contradiction) }
        try CatalogFailure.translating {
            let key = try RecordKey(versionRow: row.id, ordinal: document.ordinal)
            let until =
                row.others.isEmpty ? nil : try settle(key, ordinal: document.ordinal, in: row)
            try DocumentColumns.put(
                document, until: until, key: key, into: buffer(for: document.fields.elements))
            try addAliases(of: document, key)
            guard until == nil else { return }
            let place = row.neighbourhood.place(
                day: day(CatalogedDocument.dateText(document.fields)), ordinal: document.ordinal)
            places.add(key, at: place, document, fonds: row.fonds)
            guard places.isFull else { return }
            try flushDocuments()
            try places.index()
        }
    }

    /// Gives way between versions that describe one document: an earlier description holds until the next.
    ///
    /// Tells until which version the new one holds, where a later one is there already.
    private func settle(_ key: RecordKey, ordinal: Int, in row: VersionRow) throws -> Int? {
        try flushDocuments()
        var end: Int?
        for other in row.others {
            let otherKey = try RecordKey(versionRow: other.id, ordinal: ordinal)
            let known = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT until FROM document WHERE id = ?"),
                arguments: [otherKey.rowID])
            guard let known else { continue }
            if other.version > row.version {
                end = min(end ?? other.version, other.version)
                continue
            }
            let until = known[0] as Int?
            guard until.map({ $0 > row.version }) ?? true else { continue }
            if until == nil { try places.remove(otherKey) }
            try database.cachedStatement(sql: "UPDATE document SET until = ? WHERE id = ?")
                .execute(arguments: [row.version, otherKey.rowID])
        }
        return end
    }

    /// Adds a file that was made from a document.
    package func add(_ given: CatalogedRendition, to row: VersionRow) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "INSERT INTO rendition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                row.id, Data(given.path.bytes), given.representation, given.code,
                given.originalName, given.offset, given.size, Data(given.sha256.bytes),
                given.mimeType, given.puid,
            ])
        }
    }

    /// Brings rows that wait into their tables, so that reading inside the transaction sees them.
    package func settle() throws {
        try CatalogFailure.translating {
            try contents.flush()
            try flushDocuments()
        }
    }

    /// Adds the files of a version's tar, which are given in the tar's order, all in one call.
    package func addEntries(
        to row: VersionRow, _ giving: ((CatalogedEntry) throws -> Void) throws -> Void
    ) throws {
        var page = EntryPage()
        var number: Int64 = 0
        func close() throws {
            guard page.count > 0 else { return }
            try contents.add {
                $0.put(row.id)
                $0.put(number)
                $0.put(page.bytes)
            }
            page = EntryPage()
            number += 1
        }
        try CatalogFailure.translating {
            try giving { entry in
                try page.add(entry)
                if page.isFull { try close() }
            }
            try close()
        }
    }

    /// Brings everything held back into the tables and the text index.
    func finish() throws {
        try contents.flush()
        try flushAliases()
        try flushDocuments()
        try places.finish()
    }

    /// Empties the catalog.
    package func removeAll() throws {
        try CatalogFailure.translating {
            try finish()
            added = []
            try database.execute(sql: "INSERT INTO search (search) VALUES ('delete-all')")
            for table in CatalogSchema.tables { try database.execute(sql: "DELETE FROM \(table)") }
        }
    }

    private func buffer(for elements: UInt64) throws -> RowBuffer {
        if let buffer = documents[elements] { return buffer }
        // Descriptions of one archive differ little; strange ones must not fill the memory with statements.
        if documents.count >= 64 {
            try flushDocuments()
            documents.removeAll()
        }
        let columns = DocumentColumns.names(of: elements)
        let buffer = try RowBuffer(
            database, "INSERT INTO document (\(columns.joined(separator: ", ")))",
            columns: columns.count, rows: 8)
        documents[elements] = buffer
        return buffer
    }

    private func flushDocuments() throws {
        for buffer in documents.values { try buffer.flush() }
    }

    private func addAliases(of document: CatalogedDocument, _ key: RecordKey) throws {
        let docCode = document.fields[.docCode, default: ""]
        let docId = document.fields[.docId, default: ""]
        try addAlias(docCode, key)
        // Most documents have one code for both, whose second row would only be refused by the table.
        if docId != docCode { try addAlias(docId, key) }
        try addAlias(document.number, key)
    }

    private func addAlias(_ code: String, _ key: RecordKey) throws {
        guard !code.isEmpty else { return }
        aliases.append(Alias(code: StableHash.alias(code), record: key.rowID))
        if aliases.count == Self.mostAliases { try flushAliases() }
    }

    private func flushAliases() throws {
        for alias in aliases.sorted(by: { $0.code < $1.code }) {
            try aliasRows.add {
                $0.put(alias.code)
                $0.put(alias.record)
            }
        }
        try aliasRows.flush()
        aliases.removeAll(keepingCapacity: true)
    }

    private func day(_ text: String?) -> Int64 {
        let date = text.flatMap { CivilDate($0) }
        return day(date)
    }

    private func day(_ date: CivilDate?) -> Int64 {
        date.map { SearchPlace.earliestDay(of: $0) } ?? SearchPlace.undated
    }

    private func supersede(_ row: Int64) throws {
        // What is in the index must be taken out by its old texts, so they must be in their tables.
        try flushDocuments()
        try places.remove(RecordKey(versionRow: row, ordinal: 0))
        try tally.remove(versionRow: row)
        try database.execute(sql: "UPDATE version SET current = 0 WHERE id = ?", arguments: [row])
    }
}
