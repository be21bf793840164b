import Policies
import Readers
import Records

/// What each column of `documents.csv` is, as its header says.
struct DocumentColumns {
    /// Element of each column, in order; nil for one that is not known.
    let elements: [String?]

    /// Reads the header; unknown, doubled and missing columns are findings.
    init(_ header: CSVRow, findings: FindingList) {
        var elements: [String?] = []
        for field in header.fields {
            let name = field.text.trimmedBlanks
            if name == "file" || FieldRules.document[name] != nil {
                if elements.contains(name) {
                    findings.add(.columnTwice, FolderWalk.listName, at: field.place, ["element": name])
                }
                elements.append(name)
                continue
            }
            elements.append(nil)
            if name.isEmpty { continue }
            let nearest = NearestWord.to(name, among: Array(FieldRules.document.keys) + ["file"])
            findings.add(
                .columnUnknown, FolderWalk.listName, at: field.place,
                ["element": name.shown, "nearest": nearest.map { " (≈ \($0))" } ?? ""])
        }
        self.elements = elements
        if !elements.contains("file") {
            findings.add(
                .columnMissing, FolderWalk.listName, at: Place(line: header.line, column: 1),
                ["element": "file"])
        }
    }

    /// Reads a header that has been examined before.
    init(examined header: CSVRow) {
        elements = header.fields.map { field in
            let name = field.text.trimmedBlanks
            return name == "file" || FieldRules.document[name] != nil ? name : nil
        }
    }

    /// The filled fields of a row by element.
    func fields(_ row: CSVRow) -> [String: CSVRow.Field] {
        var fields: [String: CSVRow.Field] = [:]
        for (index, field) in row.fields.enumerated() where index < elements.count {
            guard let element = elements[index], !field.text.isEmpty else { continue }
            let text = field.text.trimmedBlanks
            if !text.isEmpty { fields[element] = CSVRow.Field(text: text, place: field.place) }
        }
        return fields
    }
}
