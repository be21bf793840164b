import Policies
import Readers
import Records

/// One row of `documents.csv` turned into a document's description.
struct DocumentRow {
    let kind: DocumentKind
    var fields: [DocumentField: String]
    /// The file named, as written.
    let file: String?

    /// What a document takes from its dossier where its row says nothing.
    struct Defaults {
        let code: String
        let maintenance: String?
        let riskRecovery: String?
        let riskRecoveryStatus: String?
    }

    /// Reads a row; faults go to the list where there is one.
    init(_ row: [String: CSVRow.Field], number: Int, defaults: Defaults, check: FieldCheck?) {
        kind = row["typePic"] != nil ? .picture : row["typeMedia"] != nil ? .recording : .text
        file = row["file"]?.text
        var fields: [DocumentField: String] = [:]
        for (element, field) in row {
            guard let rule = FieldRules.document[element], let name = DocumentField(rawValue: element) else { continue }
            if let check {
                fields[name] = check.canonical(field.text, rule, at: field.place)
            } else {
                fields[name] = try? rule.canonical(field.text)
            }
        }
        let ordinal = fields[.docOrdinal] ?? String(number)
        fields[.docOrdinal] = ordinal
        fields[.arcFileCode] = fields[.arcFileCode] ?? defaults.code
        let code = fields[.arcFileCode] ?? defaults.code
        fields[.docCode] = fields[.docCode] ?? code + "." + CivilTime.padded(Int(ordinal) ?? number, 7)
        fields[.docId] = fields[.docId] ?? fields[.docCode]
        fields[.maintenance] = fields[.maintenance] ?? defaults.maintenance
        fields[.riskRecovery] = fields[.riskRecovery] ?? defaults.riskRecovery
        if fields[.riskRecovery] == "1" {
            fields[.riskRecoveryStatus] = fields[.riskRecoveryStatus] ?? defaults.riskRecoveryStatus
        }
        self.fields = fields
    }

    /// Elements that this document must have and its row does not fill.
    func missing(_ row: [String: CSVRow.Field]) -> [String] {
        var missing = FieldRules.required(of: kind).filter { row[$0] == nil }
        if kind == .text, row["process"] == nil, ["01", "03"].contains(fields[.confidenceLevel]) {
            missing.append("process")
        }
        return missing
    }
}
