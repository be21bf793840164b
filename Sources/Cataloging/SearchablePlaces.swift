import GRDB
import Records

/// Gives records their places in search, and remembers those that the text index does not have yet.
final class SearchablePlaces {
    private struct Wish {
        let place: Int64
        let record: Int64
    }

    /// Rows to a statement.
    private static let batch = 32
    /// Records that wait to go in together, in the order of their places, which spares the disk.
    private static let mostWishes = 1 << 15
    private static let mostSteps: Int64 = 4096
    /// After so many new records the whole index is put in one piece, as it is asked more often than written.
    private static let manyRecords = 50_000

    private let database: Database
    private let many: Statement
    private let one: Statement
    private let current: Statement
    private var wishes: [Wish] = []
    private var pending: [Int64] = []

    init(_ database: Database) throws {
        self.database = database
        let insertion = "INSERT OR IGNORE INTO searchable VALUES (?, ?)"
        one = try database.makeStatement(sql: insertion)
        many = try database.makeStatement(
            sql: insertion + String(repeating: ", (?, ?)", count: Self.batch - 1))
        current = try database.makeStatement(sql: "SELECT id FROM searchable WHERE record = ?")
    }

    /// Asks for a place; the record has it, or the next free one, at the latest after `settle`.
    func add(_ key: RecordKey, at place: Int64) throws {
        wishes.append(Wish(place: place, record: key.rowID))
        if wishes.count == Self.mostWishes { try settle() }
    }

    /// Gives every record that asked its place.
    func settle() throws {
        let asked = wishes.sorted { ($0.place, $0.record) < ($1.place, $1.record) }
        wishes.removeAll(keepingCapacity: true)
        for first in stride(from: 0, to: asked.count, by: Self.batch) {
            try settle(asked[first..<min(first + Self.batch, asked.count)])
        }
    }

    private func settle(_ asked: ArraySlice<Wish>) throws {
        if asked.count == Self.batch {
            try many.execute(arguments: StatementArguments(arguments(of: asked)))
            guard database.changesCount < asked.count else {
                return pending.append(contentsOf: asked.map(\.place))
            }
        }
        for wish in asked {
            if let place = try Int64.fetchOne(current, arguments: [wish.record]) {
                pending.append(place)
            } else {
                try takeNextFree(wish)
            }
        }
    }

    /// Brings the text index up to the rows; in the order of places, as the index is slow in any other.
    func index() throws {
        try settle()
        try database.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS pending (id INTEGER PRIMARY KEY) STRICT")
        let rows = try RowBuffer(database, "INSERT OR IGNORE INTO temp.pending", columns: 1, rows: 64)
        for place in pending.sorted() { try rows.add([place]) }
        try rows.flush()
        let isMany = pending.count >= Self.manyRecords
        pending.removeAll()
        try database.execute(
            sql: """
                INSERT INTO search (rowid, title, kind, code, organ, other, keys)
                SELECT s.id, s.title, s.kind, s.code, s.organ, s.other, s.keys FROM temp.pending p JOIN searchSource s ON s.id = p.id ORDER BY p.id;
                DELETE FROM temp.pending;
                """)
        if isMany { try database.execute(sql: "INSERT INTO search (search) VALUES ('optimize')") }
    }

    /// Takes a version's records out of search; their rows stay in the other tables.
    func remove(versionRow: Int64, isIndexed: Bool) throws {
        try settle()
        let range = RecordKey.range(ofVersionRow: versionRow)
        let bounds: StatementArguments = [range.lowerBound, range.upperBound]
        if isIndexed {
            try database.execute(
                sql: """
                    INSERT INTO search (search, rowid, title, kind, code, organ, other, keys)
                    SELECT 'delete', id, title, kind, code, organ, other, keys FROM searchSource WHERE id IN
                        (SELECT id FROM searchable WHERE record BETWEEN ? AND ?) ORDER BY id
                    """, arguments: bounds)
        }
        try database.execute(sql: "DELETE FROM searchable WHERE record BETWEEN ? AND ?", arguments: bounds)
    }

    /// Forgets everything asked for.
    func removeAll() {
        wishes = []
        pending = []
    }

    private func arguments(of asked: ArraySlice<Wish>) -> [(any DatabaseValueConvertible)?] {
        asked.flatMap { [$0.place, $0.record] }
    }

    /// Two records want one place only by a chance of their hashes; the next free place is as good.
    private func takeNextFree(_ wish: Wish) throws {
        for step in 0..<Self.mostSteps {
            let (next, overflows) = wish.place.addingReportingOverflow(step)
            let place = overflows ? Int64.max - step : next
            try one.execute(arguments: [place, wish.record])
            if database.changesCount == 1 { return pending.append(place) }
        }
        throw CatalogFailure(.contradiction)
    }
}
