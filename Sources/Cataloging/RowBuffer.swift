import GRDB

/// Rows of one table on their way into it, many to a statement: SQLite's price is by the statement.
final class RowBuffer {
    private let columnCount: Int
    private let rowCount: Int
    private let many: Statement
    private let one: Statement
    private var values: [(any DatabaseValueConvertible)?] = []

    /// Rows go in by the words of an insertion up to its `VALUES`.
    init(_ database: Database, _ insertion: String, columns: Int, rows: Int) throws {
        let row = "(" + repeatElement("?", count: columns).joined(separator: ", ") + ")"
        columnCount = columns
        rowCount = rows
        one = try database.makeStatement(sql: "\(insertion) VALUES \(row)")
        many = try database.makeStatement(
            sql: "\(insertion) VALUES " + repeatElement(row, count: rows).joined(separator: ", "))
        values.reserveCapacity(columns * rows)
    }

    /// Takes a row, which stands in the table at the latest after `flush`.
    func add(_ row: [(any DatabaseValueConvertible)?]) throws {
        values.append(contentsOf: row)
        guard values.count == columnCount * rowCount else { return }
        let full = StatementArguments(values)
        values.removeAll(keepingCapacity: true)
        try many.execute(arguments: full)
    }

    /// Brings the rows still held into the table.
    func flush() throws {
        let rest = values
        values.removeAll(keepingCapacity: true)
        for first in stride(from: 0, to: rest.count, by: columnCount) {
            try one.execute(arguments: StatementArguments(rest[first..<(first + columnCount)]))
        }
    }
}
