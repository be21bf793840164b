import GRDB

/// Rows of one table on their way into it, many to a statement: SQLite's price is by the statement.
final class RowBuffer {
    private let columnCount: Int
    private let rowCount: Int
    private let many: Statement
    private let one: Statement
    private var values: [DatabaseValue] = []

    /// Rows go in by the words of an insertion up to its `VALUES`.
    init(_ database: Database, _ insertion: String, columns: Int, rows: Int) throws {
        let row = "(" + repeatElement("?", count: columns).joined(separator: ", ") + ")"
        columnCount = columns
        rowCount = rows
        one = try database.cachedStatement(sql: "\(insertion) VALUES \(row)")
        many = try database.cachedStatement(
            sql: "\(insertion) VALUES " + repeatElement(row, count: rows).joined(separator: ", "))
        values.reserveCapacity(columns * rows)
    }

    /// Takes a row, which stands in the table at the latest after `flush`.
    func add<each Value: DatabaseValueConvertible>(_ value: repeat each Value) throws {
        repeat values.append((each value).databaseValue)
        try flushIfFull()
    }

    /// Takes a row of as many columns as the table's insertion names.
    func add(row: [DatabaseValue]) throws {
        values += row
        try flushIfFull()
    }

    /// Brings the rows still held into the table.
    func flush() throws {
        for first in stride(from: 0, to: values.count, by: columnCount) {
            try Self.execute(one, values[first..<(first + columnCount)])
        }
        values.removeAll(keepingCapacity: true)
    }

    private func flushIfFull() throws {
        guard values.count == columnCount * rowCount else { return }
        try Self.execute(many, values[...])
        values.removeAll(keepingCapacity: true)
    }

    /// Binds values straight to a statement: GRDB's own ways copy them twice, which is half the cost of a row.
    private static func execute(
        _ statement: Statement, _ values: ArraySlice<DatabaseValue>
    ) throws {
        statement.setUncheckedArguments([])
        for (index, value) in values.enumerated() {
            let code = value.bind(to: statement.sqliteStatement, at: CInt(index + 1))
            guard code == ResultCode.SQLITE_OK.rawValue else {
                throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
        try statement.execute()
    }
}
