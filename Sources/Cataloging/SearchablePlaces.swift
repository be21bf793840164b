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
    private static let manyRecords = 50_000
    private static let columns = "title, kind, code, organ, other, keys"

    private let database: Database
    private let many: Statement
    private let one: Statement
    private let current: Statement
    private let insertion: Statement
    private let deletion: Statement
    private var wishes: [Wish] = []
    private var pending: Set<Int64> = []
    private var indexedCount = 0

    init(_ database: Database) throws {
        self.database = database
        let places = "INSERT OR IGNORE INTO searchable VALUES (?, ?)"
        one = try database.makeStatement(sql: places)
        many = try database.makeStatement(sql: places + String(repeating: ", (?, ?)", count: Self.batch - 1))
        current = try database.makeStatement(sql: "SELECT id FROM searchable WHERE record = ?")
        insertion = try database.makeStatement(
            sql: """
                INSERT INTO search (rowid, \(Self.columns))
                SELECT id, \(Self.columns) FROM searchSource WHERE id = ?
                """)
        deletion = try database.makeStatement(
            sql: """
                INSERT INTO search (search, rowid, \(Self.columns))
                SELECT 'delete', id, \(Self.columns) FROM searchSource WHERE id = ?
                """)
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
        for place in pending.sorted() { try insertion.execute(arguments: [place]) }
        indexedCount += pending.count
        pending.removeAll(keepingCapacity: true)
    }

    /// Indexes what is left; nothing is added afterwards.
    func finish() throws {
        try index()
        guard indexedCount >= Self.manyRecords else { return }
        try database.execute(sql: "INSERT INTO search (search) VALUES ('optimize')")
    }

    /// Takes a version's records out of search; their rows stay in the other tables.
    func remove(versionRow: Int64) throws {
        try settle()
        let range = RecordKey.range(ofVersionRow: versionRow)
        let bounds: StatementArguments = [range.lowerBound, range.upperBound]
        let places = try Int64.fetchAll(
            database, sql: "SELECT id FROM searchable WHERE record BETWEEN ? AND ? ORDER BY id", arguments: bounds)
        // A record that is not in the index yet must not be deleted from it.
        for place in places where pending.remove(place) == nil { try deletion.execute(arguments: [place]) }
        try database.execute(sql: "DELETE FROM searchable WHERE record BETWEEN ? AND ?", arguments: bounds)
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
            guard database.changesCount < asked.count else { return pending.formUnion(asked.lazy.map(\.place)) }
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
