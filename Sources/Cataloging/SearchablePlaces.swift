import GRDB
import Records

/// Gives records their places in search, and remembers those that the text index does not have yet.
final class SearchablePlaces {
    private struct Wish {
        let place: Int64
        let record: Int64
        /// The number of its texts among those held; nil where the view says them.
        let texts: Int?
    }

    /// Rows to a statement.
    private static let batch = 32
    private static let mostSteps: Int64 = 4096
    /// Records that go into the index together, so that few pieces have to be joined.
    static let mostWishes = 1 << 16
    /// After so many new records the whole index is put in one piece, as it is asked more often than written.
    private static let manyRecords = 1 << 15
    private static let columns = "title, kind, code, organ, other, keys"

    /// Made once with the connection: a change of the schema makes it forget its prepared statements.
    static let table = """
        CREATE TEMP TABLE IF NOT EXISTS pending (
            id INTEGER PRIMARY KEY, title TEXT, kind TEXT, code TEXT, organ TEXT, other TEXT, keys TEXT
        ) STRICT
        """

    private let database: Database
    private let mostWishes: Int
    private let many: RowBuffer
    private let one: Statement
    private let current: Statement
    private let waiting: RowBuffer
    private let fromView: Statement
    private var wishes: [Wish] = []
    /// Places that the index does not have yet, with the number of their texts where those are held.
    private var pending: [Int64: Int?] = [:]
    private var texts = SearchableTexts()
    private var isLoading = false
    private var indexedCount = 0

    init(_ database: Database, mostWishes: Int = mostWishes) throws {
        self.database = database
        self.mostWishes = mostWishes
        let places = "INSERT OR IGNORE INTO searchable"
        one = try database.cachedStatement(sql: places + " VALUES (?, ?)")
        many = try RowBuffer(database, places, columns: 2, rows: Self.batch)
        current = try database.cachedStatement(sql: "SELECT id FROM searchable WHERE record = ?")
        waiting = try RowBuffer(database, "INSERT INTO temp.pending", columns: 7, rows: 16)
        fromView = try database.cachedStatement(
            sql:
                "INSERT INTO temp.pending SELECT id, \(Self.columns) FROM searchSource WHERE id = ?"
        )
    }

    /// Whether so many records wait that they should be indexed now.
    var isFull: Bool { wishes.count + pending.count >= mostWishes || texts.isFull }

    /// Asks for a dossier's place; it has it, or the next free one, once it is indexed.
    func add(_ key: RecordKey, at place: Int64) {
        wishes.append(Wish(place: place, record: key.rowID, texts: nil))
    }

    /// Asks for the place of a document of a fonds.
    func add(_ key: RecordKey, at place: Int64, _ document: CatalogedDocument, fonds: String?) {
        let number = texts.add(document, fonds: fonds)
        wishes.append(Wish(place: place, record: key.rowID, texts: number))
    }

    /// Brings the text index up to the rows; in the order of places, as the index is slow in any other.
    func index() throws {
        try settle()
        if pending.count >= mostWishes { try beginLoading() }
        try update("search (rowid, \(Self.columns)) SELECT id", of: pending)
        indexedCount += pending.count
        pending.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// Indexes what is left; nothing is added afterwards.
    func finish() throws {
        try index()
        if indexedCount >= Self.manyRecords {
            try database.execute(sql: "INSERT INTO search (search) VALUES ('optimize')")
        }
        guard isLoading else { return }
        // The index's own defaults, which it keeps in the file.
        try set("hashsize", 1 << 20)
        try set("crisismerge", 16)
        try set("automerge", 4)
        isLoading = false
    }

    /// A large load is put in one piece at its end: pieces are made large, and joining them before is work done twice.
    private func beginLoading() throws {
        guard !isLoading else { return }
        isLoading = true
        try set("hashsize", Self.hashBytes)
        try set("crisismerge", Self.mostPieces)
        try set("automerge", 0)
    }

    /// What the index collects before it makes a piece of it: somewhat more than the words of a full batch.
    private static let hashBytes = 32 << 20
    /// As many pieces as the index has at most, so that it never joins them in between.
    private static let mostPieces = 1999

    /// Takes a record out of search; its row stays in its own table.
    func remove(_ key: RecordKey) throws {
        try settle()
        let record: StatementArguments = [key.rowID]
        let places = try Int64.fetchAll(
            database, sql: "SELECT id FROM searchable WHERE record = ?", arguments: record)
        // A record that is not in the index yet must not be deleted from it.
        try update(
            "search (search, rowid, \(Self.columns)) SELECT 'delete', id",
            of: viewed(places.filter { pending.removeValue(forKey: $0) == nil }))
        try database.execute(
            sql: "DELETE FROM searchable WHERE record = ?", arguments: record)
    }

    /// Changes what search says of a record that may be in the index already.
    func change(_ key: RecordKey?, _ body: () throws -> Void) throws {
        try settle()
        guard let key, let place = try Int64.fetchOne(current, arguments: [key.rowID]),
            pending[place] == nil
        else { return try body() }
        // The index forgets a text only when it is told the very text that it has.
        try update(
            "search (search, rowid, \(Self.columns)) SELECT 'delete', id", of: viewed([place]))
        try body()
        pending.updateValue(nil, forKey: place)
    }

    private func set(_ option: String, _ value: Int) throws {
        try database.execute(
            sql: "INSERT INTO search (search, rank) VALUES (?, ?)", arguments: [option, value])
    }

    /// Places whose texts the view says.
    private func viewed(_ places: [Int64]) -> [Int64: Int?] {
        Dictionary(places.map { ($0, Int?.none) }) { first, _ in first }
    }

    /// Changes the text index in one statement, as it writes itself to disk after each.
    private func update(_ insertion: String, of places: [Int64: Int?]) throws {
        guard !places.isEmpty else { return }
        for place in places.keys.sorted() {
            guard let number = places[place] ?? nil else {
                try fromView.execute(arguments: [place])
                continue
            }
            try waiting.add { row in
                row.put(place)
                texts.put(number, into: &row)
            }
        }
        try waiting.flush()
        try database.cachedStatement(
            sql: "INSERT INTO \(insertion), \(Self.columns) FROM temp.pending ORDER BY id"
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
            for wish in asked {
                try many.add {
                    $0.put(wish.place)
                    $0.put(wish.record)
                }
            }
            guard database.changesCount < asked.count else {
                for wish in asked { pending.updateValue(wish.texts, forKey: wish.place) }
                return
            }
        }
        for wish in asked {
            if let place = try Int64.fetchOne(current, arguments: [wish.record]) {
                pending.updateValue(wish.texts, forKey: place)
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
                pending.updateValue(wish.texts, forKey: place)
                return
            }
        }
        throw CatalogFailure(.contradiction)
    }
}
