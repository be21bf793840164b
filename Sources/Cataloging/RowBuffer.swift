import GRDB
import GRDBSQLite

/// Columns of rows as they are put; texts and bytes lie one after another in memory of their own.
struct RowCells {
    fileprivate enum Cell {
        case null
        case integer(Int64)
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    fileprivate var cells: [Cell] = []
    fileprivate var bytes: [UInt8] = []

    fileprivate init(minimumCapacity: Int) { cells.reserveCapacity(minimumCapacity) }

    /// Takes the next column of a row.
    mutating func put(_ value: Int64?) { cells.append(value.map { .integer($0) } ?? .null) }

    /// Takes the next column of a row.
    mutating func put(_ text: String?) {
        guard var text else { return cells.append(.null) }
        let start = bytes.count
        text.withUTF8 { bytes.append(contentsOf: $0) }
        cells.append(.text(start..<bytes.count))
    }

    /// Takes the next column of a row from the bytes of a text; none is no value.
    mutating func put(text units: ArraySlice<UInt8>) {
        guard !units.isEmpty else { return cells.append(.null) }
        let start = bytes.count
        bytes.append(contentsOf: units)
        cells.append(.text(start..<bytes.count))
    }

    /// Takes the next column of a row.
    mutating func put(_ blob: [UInt8]?) {
        guard let blob else { return cells.append(.null) }
        let start = bytes.count
        bytes.append(contentsOf: blob)
        cells.append(.blob(start..<bytes.count))
    }

    fileprivate mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Rows of one table on their way into it, many to a statement: SQLite's price is by the statement.
///
/// SQLite takes texts and bytes from where they lie without a copy.
final class RowBuffer {
    private let columnCount: Int
    private let rowCount: Int
    private let many: Statement
    private let one: Statement
    private var held: RowCells

    /// Rows go in by the words of an insertion up to its `VALUES`.
    init(_ database: Database, _ insertion: String, columns: Int, rows: Int) throws {
        let row = "(" + repeatElement("?", count: columns).joined(separator: ", ") + ")"
        columnCount = columns
        rowCount = rows
        one = try database.cachedStatement(sql: "\(insertion) VALUES \(row)")
        many = try database.cachedStatement(
            sql: "\(insertion) VALUES " + repeatElement(row, count: rows).joined(separator: ", "))
        held = RowCells(minimumCapacity: columns * rows)
    }

    /// Takes a row of all columns, which stands in the table at the latest after `flush`.
    ///
    /// All its columns are put in one access to this object, as Swift watches over each.
    func add(_ row: (inout RowCells) -> Void) throws {
        row(&held)
        precondition(held.cells.count % columnCount == 0, "a row has all its columns")
        guard held.cells.count == columnCount * rowCount else { return }
        defer { held.removeAll() }
        try execute(many, held.cells[...])
    }

    /// Brings the rows still held into the table.
    func flush() throws {
        defer { held.removeAll() }
        for first in stride(from: 0, to: held.cells.count, by: columnCount) {
            try execute(one, held.cells[first..<(first + columnCount)])
        }
    }

    /// Binds values straight to a statement: GRDB's own ways copy them twice, which is half the cost of a row.
    private func execute(_ statement: Statement, _ cells: ArraySlice<RowCells.Cell>) throws {
        statement.setUncheckedArguments([])
        // Nothing but this statement sees the memory, and it forgets it before the memory changes.
        defer {
            sqlite3_reset(statement.sqliteStatement)
            sqlite3_clear_bindings(statement.sqliteStatement)
        }
        try held.bytes.withUnsafeBytes { bytes in
            for (index, cell) in cells.enumerated() {
                let code = Self.bind(
                    cell, of: bytes, to: statement.sqliteStatement, CInt(index + 1))
                guard code == SQLITE_OK else {
                    throw DatabaseError(resultCode: ResultCode(rawValue: code))
                }
            }
            try statement.execute()
        }
    }

    private static func bind(
        _ cell: RowCells.Cell, of bytes: UnsafeRawBufferPointer, to statement: SQLiteStatement,
        _ index: CInt
    ) -> CInt {
        switch cell {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        case .text(let range) where range.isEmpty:
            return "".databaseValue.bind(to: statement, at: index)
        case .text(let range):
            let text = UnsafeRawBufferPointer(rebasing: bytes[range])
            return sqlite3_bind_text(
                statement, index, text.bindMemory(to: CChar.self).baseAddress, CInt(text.count),
                nil)
        case .blob(let range) where range.isEmpty: return sqlite3_bind_zeroblob(statement, index, 0)
        case .blob(let range):
            let blob = UnsafeRawBufferPointer(rebasing: bytes[range])
            return sqlite3_bind_blob(statement, index, blob.baseAddress, CInt(blob.count), nil)
        }
    }
}
