/// How rows of one table are matched between two catalogs, whose row numbers mean nothing outside them.
struct ComparedTable {
    enum Matching {
        /// A record's row number holds its version's row and its ordinal.
        case record(column: String)
        /// The version's row and another column.
        case version(column: String, key: String)
        /// A number that the ledger gave.
        case sequence(column: String)
        /// Names that mean the same in every catalog.
        case names([String])
    }

    let name: String
    let matching: Matching
    /// Columns beside the key that both must have alike, as SQL of a row `r`; nil means every column.
    let compared: [String]?

    /// Every table but `version`, by which the others are matched.
    static let all = [
        ComparedTable(name: "document", matching: .record(column: "id"), compared: nil),
        ComparedTable(
            name: "contents", matching: .version(column: "version", key: "page"), compared: nil),
        ComparedTable(
            name: "rendition", matching: .version(column: "version", key: "path"), compared: nil),
        ComparedTable(name: "alias", matching: .record(column: "record"), compared: []),
        // Only the day counts in a place: what follows it may give way to another record.
        ComparedTable(
            name: "searchable", matching: .record(column: "record"), compared: ["r.id >> 41"]),
        ComparedTable(name: "event", matching: .sequence(column: "sequence"), compared: nil),
        ComparedTable(name: "auditRun", matching: .sequence(column: "sequence"), compared: nil),
        ComparedTable(name: "auditFinding", matching: .sequence(column: "sequence"), compared: nil),
        ComparedTable(name: "batch", matching: .sequence(column: "number"), compared: nil),
        ComparedTable(name: "renewal", matching: .sequence(column: "number"), compared: nil),
        ComparedTable(name: "ledgerHead", matching: .sequence(column: "id"), compared: nil),
        ComparedTable(name: "policy", matching: .names(["file"]), compared: nil),
        ComparedTable(name: "registerState", matching: .names(["file"]), compared: nil),
        ComparedTable(
            name: "registerCode",
            matching: .names(["register", "codeKey", "above", "unit", "code"]), compared: []),
        ComparedTable(
            name: "tally", matching: .names(["fonds", "inventory", "series"]), compared: nil),
        ComparedTable(name: "place", matching: .names(["uuid"]), compared: nil),
        ComparedTable(
            name: "link", matching: .names(["uuid", "ordinal", "kind", "target", "sequence"]),
            compared: nil),
        ComparedTable(name: "copy", matching: .names(["uuid", "store"]), compared: nil),
        ComparedTable(name: "reading", matching: .names(["uuid", "store"]), compared: nil),
        ComparedTable(name: "incident", matching: .sequence(column: "number"), compared: nil),
        ComparedTable(
            name: "incidentAct", matching: .names(["number", "sequence"]), compared: nil),
        ComparedTable(name: "primaryStore", matching: .sequence(column: "id"), compared: nil),
    ]

    /// The columns that only match rows.
    var keyColumns: [String] {
        switch matching {
        case .record(let column), .sequence(let column): [column]
        case .version(let column, let key): [column, key]
        case .names(let columns): columns
        }
    }

    /// The version's row of a row, as SQL; nil for tables that have none.
    func version(of row: String) -> String? {
        switch matching {
        case .record(let column): "(\(row).\(column) >> 24)"
        case .version(let column, _): "\(row).\(column)"
        case .sequence, .names: nil
        }
    }

    /// The dossier's identifier in a row that has one of its own; nil for other tables.
    func object(of row: String) -> String? {
        guard case .names(let columns) = matching, columns.contains("uuid") else { return nil }
        return "\(row).uuid"
    }

    /// What names a row beside its version, as SQL.
    func detail(of row: String) -> String {
        switch matching {
        case .record(let column): "(\(row).\(column) & 16777215)"
        case .version(_, let key): "\(row).\(key)"
        case .sequence(let column): "\(row).\(column)"
        case .names(["uuid"]): "NULL"
        case .names(let columns):
            columns.filter { $0 != "above" && $0 != "uuid" }.map { "\(row).\($0)" }
                .joined(separator: " || ' ' || ")
        }
    }

    /// Rows of one catalog, each with its match in the other or none, as the FROM clause of SQL.
    func joined(_ one: Side, _ other: Side) -> String {
        let to = "LEFT JOIN \(other.schema).\(name) \(other.row) ON "
        let from = "FROM \(one.schema).\(name) \(one.row) "
        guard let version = version(of: one.row) else {
            return from + to
                + keyColumns.map { "\(other.row).\($0) = \(one.row).\($0)" }.joined(
                    separator: " AND ")
        }
        let paired = "CROSS JOIN temp.pair p ON p.\(one.pair) = \(version) "
        switch matching {
        case .record(let column):
            let extra = name == "alias" ? " AND \(other.row).code = \(one.row).code" : ""
            return from + paired + to
                + "\(other.row).\(column) = ((p.\(other.pair) << 24) | \(detail(of: one.row)))"
                + extra
        case .version(let column, let key):
            return from + paired + to
                + "\(other.row).\(column) = p.\(other.pair) AND \(other.row).\(key) = \(one.row).\(key)"
        case .sequence, .names: return from
        }
    }

    /// One of the two catalogs in SQL: its schema, the name of its rows, its column in the table of pairs.
    struct Side {
        let schema: String
        let row: String
        let pair: String

        static let catalog = Side(schema: "main", row: "m", pair: "mine")
        static let truth = Side(schema: "truth", row: "t", pair: "theirs")
    }
}
