import Policies
import Readers
import Records

/// One row of `documents.csv` turned into a document's description.
struct DocumentRow {
    let kind: DocumentKind
    private(set) var fields = DocumentFields(minimumCapacity: 24)

    /// What a document takes from its dossier where its row says nothing.
    struct Defaults {
        let code: String
        let maintenance: String?
        let riskRecovery: String?
        let riskRecoveryStatus: String?
        /// The ordinal of the last document that is there already.
        var lastOrdinal = 0
    }

    /// Reads a row; faults go to the list where there is one.
    init(_ cells: DocumentCells, number: Int, defaults: Defaults, check: FieldCheck?) {
        kind = cells[.typePic] != nil ? .picture : cells[.typeMedia] != nil ? .recording : .text
        for cell in cells.cells {
            guard let element = cell.column.element else { continue }
            if let check {
                fields[element] = check.canonical(cell.text, cell.column.rule, at: cell.place)
            } else {
                fields[element] = try? cell.column.rule.canonical(cell.text)
            }
        }
        let ordinal = take(.docOrdinal, or: String(defaults.lastOrdinal + number))
        let code = take(.arcFileCode, or: defaults.code)
        let written = take(.docCode, or: Self.code(of: ordinal, in: code))
        _ = take(.docId, or: written)
        if let maintenance = defaults.maintenance { _ = take(.maintenance, or: maintenance) }
        if let recovery = defaults.riskRecovery, take(.riskRecovery, or: recovery) == "1",
            let status = defaults.riskRecoveryStatus
        {
            _ = take(.riskRecoveryStatus, or: status)
        }
    }

    /// `docCode`: the file's code and an ordinal of seven digits (TT 05/2025 Annex I).
    static func code(of ordinal: String, in file: String) -> String {
        file + "." + String(repeating: "0", count: max(0, 7 - ordinal.utf8.count)) + ordinal
    }

    private mutating func take(_ element: DocumentField, or value: String) -> String {
        if let given = fields[element] { return given }
        fields[element] = value
        return value
    }

    /// Elements that this document must have and its row does not fill.
    func missing(_ cells: DocumentCells) -> [String] {
        var missing = FieldRules.required(of: kind).filter {
            cells[DocumentField(rawValue: $0)] == nil
        }
        if kind == .text, cells[.process] == nil, let level = fields[.confidenceLevel],
            level != "02"
        {
            missing.append(DocumentField.process.rawValue)
        }
        if cells[.riskRecovery] != nil, fields[.riskRecovery] == "1",
            fields[.riskRecoveryStatus] == nil
        {
            missing.append(DocumentField.riskRecoveryStatus.rawValue)
        }
        return missing
    }
}
