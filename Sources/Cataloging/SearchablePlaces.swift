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
    private static let mostSteps: Int64 = 4096
    /// Records that go into the index together: their rows are still in memory, and few pieces have to be joined.
    private static let mostWishes = 1 << 15
    /// After so many new records the whole index is put in one piece, as it is asked more often than written.
    private static let manyRecords = 1 << 15
    private static let columns = "title, kind, code, organ, other, keys"

    /// Made once with the connection: a change of the schema makes it forget its prepared statements.
    static let table = "CREATE TEMP TABLE IF NOT EXISTS pending (id INTEGER PRIMARY KEY) STRICT"

    private let database: Database
    private let many: Statement
    private let one: Statement
    private let current: Statement
    private let waiting: RowBuffer
    private var wishes: [Wish] = []
    private var pending: Set<Int64> = []
    private var indexedCount = 0

    init(_ database: Database) throws {
        self.database = database
        let places = "INSERT OR IGNORE INTO searchable VALUES (?, ?)"
        one = try database.cachedStatement(sql: places)
        many = try database.cachedStatement(
            sql: places + String(repeating: ", (?, ?)", count: Self.batch - 1))
        current = try database.cachedStatement(sql: "SELECT id FROM searchable WHERE record = ?")
        waiting = try RowBuffer(database, "INSERT INTO temp.pending", columns: 1, rows: 64)
    }

    /// Whether so many records wait that they should be indexed now.
    var isFull: Bool { wishes.count >= Self.mostWishes }

    /// Asks for a place; the record has it, or the next free one, once it is indexed.
    func add(_ key: RecordKey, at place: Int64) {
        wishes.append(Wish(place: place, record: key.rowID))
    }

    /// Brings the text index up to the rows; in the order of places, as the index is slow in any other.
    func index() throws {
        try settle()
        // A large load is put in one piece at its end, so joining pieces before is work done twice.
        if indexedCount == 0, pending.count >= Self.mostWishes { try joinPieces(whenThereAre: 16) }
        try update("search (rowid, \(Self.columns)) SELECT s.id", of: pending.sorted())
        indexedCount += pending.count
        pending.removeAll(keepingCapacity: true)
    }

    /// Indexes what is left; nothing is added afterwards.
    func finish() throws {
        try index()
        guard indexedCount >= Self.manyRecords else { return }
        try database.execute(sql: "INSERT INTO search (search) VALUES ('optimize')")
        try joinPieces(whenThereAre: 4)
    }

    /// Takes a record out of search; its row stays in its own table.
    func remove(_ key: RecordKey) throws {
        try settle()
        let record: StatementArguments = [key.rowID]
        let places = try Int64.fetchAll(
            database, sql: "SELECT id FROM searchable WHERE record = ?", arguments: record)
        // A record that is not in the index yet must not be deleted from it.
        try update(
            "search (search, rowid, \(Self.columns)) SELECT 'delete', s.id",
            of: places.filter { pending.remove($0) == nil })
        try database.execute(
            sql: "DELETE FROM searchable WHERE record = ?", arguments: record)
    }

    /// Changes what search says of a record that may be in the index already.
    func change(_ key: RecordKey?, _ body: () throws -> Void) throws {
        try settle()
        guard let key, let place = try Int64.fetchOne(current, arguments: [key.rowID]),
            !pending.contains(place)
        else { return try body() }
        // The index forgets a text only when it is told the very text that it has.
        try update("search (search, rowid, \(Self.columns)) SELECT 'delete', s.id", of: [place])
        try body()
        pending.insert(place)
    }

    private func joinPieces(whenThereAre count: Int) throws {
        try database.execute(
            sql: "INSERT INTO search (search, rank) VALUES ('automerge', ?)", arguments: [count])
    }

    /// Changes the text index in one statement, as it writes itself to disk after each.
    private func update(_ insertion: String, of places: [Int64]) throws {
        guard !places.isEmpty else { return }
        for place in places { try waiting.add(place) }
        try waiting.flush()
        try database.cachedStatement(
            sql: """
                INSERT INTO \(insertion), \(Self.columns)
                FROM temp.pending p JOIN searchSource s ON s.id = p.id ORDER BY p.id
                """
        ).execute()
        try database.cachedStatement(sql: "DELETE FROM temp.pending").execute()
    }

    /// Gives every record that asked its place.
    private func settle() throws {
        let asked = wishes.sorted { ($0.place, $0.record) < ($1.place, $1.record) }
        wishes.removeAll(keepingCapacity: true)
        for first in stride(from: 0, to: asked.count, by: Self.batch) {
            try settle(asked[first..<min(first + Self.batch, asked.count)])
        }
    }

    private func settle(_ asked: ArraySlice<Wish>) throws {
        if asked.count == Self.batch {
            let values: [(any DatabaseValueConvertible)?] = asked.flatMap { [$0.place, $0.record] }
            try many.execute(arguments: StatementArguments(values))
            guard database.changesCount < asked.count else {
                return pending.formUnion(asked.lazy.map(\.place))
            }
        }
        for wish in asked {
            if let place = try Int64.fetchOne(current, arguments: [wish.record]) {
                pending.insert(place)
            } else {
                try takeNextFree(wish)
            }
        }
    }

    /// Two records want one place only by a chance of their hashes; the next free place is as good.
    private func takeNextFree(_ wish: Wish) throws {
        for step in 0..<Self.mostSteps {
            let (next, overflows) = wish.place.addingReportingOverflow(step)
            let place = overflows ? Int64.max - step : next
            try one.execute(arguments: [place, wish.record])
            guard database.changesCount == 0 else {
                pending.insert(place)
                return
            }
        }
        throw CatalogFailure(.contradiction)
    }
}
