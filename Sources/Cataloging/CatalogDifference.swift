package import Records

/// One place where a catalog is not what the store and its ledger make.
package struct CatalogDifference: Hashable, Sendable {
    /// The kinds there are.
    package enum Kind: String, Sendable, CaseIterable {
        /// The store has it, the catalog does not.
        case missing
        /// The catalog has it, the store does not.
        case extra
        /// Both have it, and it says something else.
        case different
        /// The text index does not fit the rows it is made from.
        case index
    }

    /// The catalog's table.
    package let table: String
    /// Which row: a dossier's version, a document's ordinal, a page of a tar's contents, a ledger entry.
    package let key: String
    package let kind: Kind
    /// The columns that differ.
    package let columns: [String]

    package init(table: String, key: String, kind: Kind, columns: [String]) {
        self.table = table
        self.key = key
        self.kind = kind
        self.columns = columns
    }

    /// The same as a finding for a report.
    package var finding: Finding {
        let code: FindingCode =
            switch kind {
            case .missing: .catalogRowMissing
            case .extra: .catalogRowExtra
            case .different: .catalogRowDifferent
            case .index: .catalogIndexDifferent
            }
        return Finding(
            code, subject: key, ["table": table, "columns": columns.joined(separator: ", ")])
    }
}
