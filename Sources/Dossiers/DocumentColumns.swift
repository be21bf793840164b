import Policies
import Readers
import Records

/// What each column of `documents.csv` is, as its header says.
struct DocumentColumns {
    /// A column that is known: an element of a description, or the one that names the file.
    struct Column {
        /// Nil for the column `file`.
        let element: DocumentField?
        let rule: FieldRule

        init?(named name: String) {
            if name == FieldRules.file.element {
                element = nil
                rule = FieldRules.file
                return
            }
            guard let rule = FieldRules.document[name], let field = DocumentField(rawValue: name)
            else {
                return nil
            }
            element = field
            self.rule = rule
        }
    }

    /// The columns in order; nil for one that is not known.
    let columns: [Column?]
    /// Columns without a name; what stands below them would be lost.
    private let nameless: [Int]

    /// Reads the header; unknown and doubled columns are findings.
    init(_ header: CSVRow, findings: FindingList) {
        columns = header.fields.map { Column(named: $0.text.trimmedBlanks) }
        nameless = header.fields.indices.filter { header.fields[$0].text.trimmedBlanks.isEmpty }
        var seen: Set<String> = []
        for (field, column) in zip(header.fields, columns) {
            let name = field.text.trimmedBlanks
            if name.isEmpty { continue }
            if !seen.insert(name).inserted {
                findings.add(
                    .columnTwice, FolderWalk.listName, at: field.place, ["element": name.shown])
            }
            guard column == nil else { continue }
            let known = Array(FieldRules.document.keys) + [FieldRules.file.element]
            findings.add(
                .columnUnknown, FolderWalk.listName, at: field.place,
                ["element": name.shown, "nearest": NearestWord.to(name, among: known).asHint])
        }
    }

    /// Whether the list has a column for an element.
    func hold(_ element: String) -> Bool { columns.contains { $0?.rule.element == element } }

    /// The first filled cell that no column names.
    func stray(in row: CSVRow) -> CSVRow.Field? {
        nameless.lazy.filter { $0 < row.fields.count }.map { row.fields[$0] }
            .first { !$0.text.trimmedBlanks.isEmpty }
    }
}

/// The filled cells of one row of `documents.csv`.
struct DocumentCells {
    /// A cell with what it says.
    struct Cell {
        let column: DocumentColumns.Column
        let text: String
        /// The same with the blanks at its ends.
        let written: String
        let place: Place
    }

    let cells: [Cell]

    init(_ row: CSVRow, _ columns: DocumentColumns) {
        var cells: [Cell] = []
        cells.reserveCapacity(columns.columns.count)
        for (column, field) in zip(columns.columns, row.fields) {
            guard let column, !field.text.isEmpty else { continue }
            let text = field.text.trimmedBlanks
            guard !text.isEmpty else { continue }
            cells.append(
                Cell(column: column, text: text, written: field.text, place: field.place))
        }
        self.cells = cells
    }

    /// The cell of an element; of the file, where none is given.
    subscript(_ element: DocumentField?) -> Cell? { cells.first { $0.column.element == element } }
}

extension String? {
    /// ` (≈ word)`, or nothing, for a finding's text.
    var asHint: String { map { " (≈ \($0.shown))" } ?? "" }
}
