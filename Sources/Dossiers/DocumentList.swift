import Files
import Policies
import Readers
import Records
import SystemPackage

/// `documents.csv` checked row by row against the files; what is kept of each row is small.
struct DocumentList {
    /// What is remembered of a row, so that its document can be read again later.
    struct Row {
        let offset: Int64
        let length: Int32
        let line: Int32
        let number: Int32
        let ordinal: Int32
        let file: Int32
        let format: Int32
    }

    private(set) var rows: [Row] = []
    private(set) var formats = FormatUse()
    private(set) var pages = 0
    private(set) var separator = UInt8(ascii: ",")
    private(set) var columns: DocumentColumns?
    /// Whether every row was read; only then do files and sums say anything.
    private(set) var isComplete = false
    /// Whether some text document states no number of pages that could be added.
    private var lacksPages = false
    private var ordinals: Set<Int32> = []
    private var codes: Set<String> = []
    private var missingColumns: Set<String> = []
    private var hints = 20
    private let context: Context
    private let check: FieldCheck

    /// What every row is checked against.
    struct Context {
        let folder: FilePath
        let volume: any Volume
        let files: DocumentFiles
        let limits: DossierLimits
        let findings: FindingList
        let span: DateSpan?
        let defaults: DocumentRow.Defaults
    }

    init(_ context: Context) {
        self.context = context
        check = FieldCheck(context.findings, FolderWalk.listName)
    }

    /// Sum of the pages that the list states; nil when it cannot be told.
    var pageSum: Int? { isComplete && !lacksPages ? pages : nil }

    mutating func read(_ walk: inout FolderWalk) throws {
        let file = try context.volume.open(context.folder.appending(FolderWalk.listName))
        let reader = CSVReader { try file.bytes(at: $0, count: $1) }
        do {
            guard let header = try reader.next() else {
                isComplete = true
                return
            }
            separator = reader.separator
            let columns = DocumentColumns(header, findings: context.findings)
            self.columns = columns
            if !columns.hold(FieldRules.file.element) {
                reportColumn(FieldRules.file.element, header)
            }
            while let row = try reader.next() {
                guard rows.count < context.limits.documents else {
                    return report(.limitDocuments, row, ["limit": String(context.limits.documents)])
                }
                try take(row, columns, header, &walk)
            }
            isComplete = true
        } catch let fault as TextFault {
            check.report(fault)
        }
        ordinals = []
        codes = []
    }

    private func report(_ code: FindingCode, _ row: CSVRow, _ facts: [String: String] = [:]) {
        context.findings.add(
            code, FolderWalk.listName, at: Place(line: row.line, column: 1), facts)
    }

    private mutating func take(
        _ row: CSVRow, _ columns: DocumentColumns, _ header: CSVRow, _ walk: inout FolderWalk
    ) throws {
        let cells = DocumentCells(row, columns)
        let stray = columns.stray(in: row)
        // A spreadsheet leaves rows of separators below the last document.
        if cells.cells.isEmpty, row.fields.allSatisfy({ $0.text.trimmedBlanks.isEmpty }) { return }
        if let stray {
            context.findings.add(
                .columnNameless, FolderWalk.listName, at: stray.place, ["value": stray.text.shown])
        }
        if row.fields.count != header.fields.count {
            report(
                .rowLength, row,
                ["expected": String(header.fields.count), "found": String(row.fields.count)])
        }
        let number = rows.count + 1
        let document = DocumentRow(cells, number: number, defaults: context.defaults, check: check)
        reportMissing(document, cells, row, columns, header)
        checkNumbers(document, cells, row)
        checkRow(document, cells)
        let index = match(cells, row, columns, &walk)
        let format = try index.map {
            try context.files.examine(walk.files[$0], document, cells, &formats)
        }
        let ordinal = document.fields[.docOrdinal].flatMap { Int32($0) } ?? Int32(number)
        rows.append(
            Row(
                offset: row.offset, length: Int32(row.length), line: Int32(row.line),
                number: Int32(number), ordinal: ordinal, file: index.map { Int32($0) } ?? -1,
                format: format ?? 0))
    }

    /// A column that is not there is one finding, not one for every row.
    private mutating func reportMissing(
        _ document: DocumentRow, _ cells: DocumentCells, _ row: CSVRow, _ columns: DocumentColumns,
        _ header: CSVRow
    ) {
        for element in document.missing(cells) {
            guard columns.hold(element) else {
                reportColumn(element, header)
                continue
            }
            check.reportMissing(
                element, FieldRules.document[element], at: Place(line: row.line, column: 1))
        }
    }

    private mutating func reportColumn(_ element: String, _ header: CSVRow) {
        guard missingColumns.insert(element).inserted else { return }
        let rule = FieldRules.document[element] ?? FieldRules.file
        report(
            .columnMissing, header,
            ["element": element, "vietnamese": rule.vietnamese, "rule": rule.citation])
    }

    private mutating func checkNumbers(
        _ document: DocumentRow, _ cells: DocumentCells, _ row: CSVRow
    ) {
        let ordinal = document.fields[.docOrdinal, default: ""]
        let code = document.fields[.docCode, default: ""]
        let isNew = codes.insert(code).inserted
        if let number = Int32(ordinal), !ordinals.insert(number).inserted {
            report(.ordinalTwice, row, ["value": ordinal])
        } else if !isNew {
            report(.codeTwice, row, ["value": code.shown])
        }
        let file = document.fields[.arcFileCode, default: ""]
        // A code that the row does not write itself may still come out too long.
        if cells[.docCode] == nil, let rule = FieldRules.document["docCode"] {
            _ = check.canonical(code, rule, at: Place(line: row.line, column: 1))
        }
        let expected: [(DocumentField, String)] = [
            (.arcFileCode, context.defaults.code),
            (.docCode, DocumentRow.code(of: ordinal, in: file)),
        ]
        for (element, value) in expected {
            guard let cell = cells[element], cell.text != value, !context.defaults.code.isEmpty
            else {
                continue
            }
            var facts = check.facts(cell.column.rule)
            facts["value"] = cell.text.shown
            facts["expected"] = value.shown
            context.findings.add(.codeForm, .warning, FolderWalk.listName, at: cell.place, facts)
        }
    }

    /// What the elements of one row say about each other and about the dossier.
    private mutating func checkRow(_ document: DocumentRow, _ cells: DocumentCells) {
        if let recording = cells[.typeMedia], cells[.typePic] != nil {
            context.findings.add(.kindUnclear, FolderWalk.listName, at: recording.place)
        }
        if document.kind == .text {
            if let stated = document.fields[.numberOfPage].flatMap({ Int($0) }) {
                pages += stated
            } else {
                lacksPages = true
            }
        }
        if let period = cells[.maintenance], RetentionPeriod(period.text)?.isUnspecified == true,
            context.defaults.maintenance != document.fields[.maintenance]
        {
            context.findings.add(
                .periodUnspecified, FolderWalk.listName, at: period.place,
                check.facts(period.column.rule))
        }
        let name: DocumentField =
            switch document.kind {
            case .text: .issuedDate
            case .picture: .photoTime
            case .recording: .recordDate
            }
        guard let span = context.span, let date = document.fields[name], span.excludes(date) else {
            return
        }
        context.findings.add(
            .dateOutside, .warning, FolderWalk.listName, at: cells[name]?.place,
            ["value": date, "start": span.start.slashedText, "end": span.end.slashedText])
    }

    /// The file that the row names, when there is exactly one and no other row names it.
    private mutating func match(
        _ cells: DocumentCells, _ row: CSVRow, _ columns: DocumentColumns, _ walk: inout FolderWalk
    ) -> Int? {
        guard let cell = cells[nil] else {
            if columns.hold(FieldRules.file.element) {
                check.reportMissing(
                    FieldRules.file.element, FieldRules.file, at: Place(line: row.line, column: 1))
            }
            return nil
        }
        let facts = ["value": cell.text.shown]
        let turned = ListedName.turned(cell.text)
        let other = turned.flatMap(ListedName.path)
        guard let path = ListedName.path(cell.text), turned == nil || other != nil else {
            context.findings.add(.pathOutside, FolderWalk.listName, at: cell.place, facts)
            return nil
        }
        guard
            let index = matchAsWritten(cell, &walk) ?? walk.match(path)
                ?? other.flatMap({ walk.match($0) })
        else {
            context.findings.add(
                .fileMissing, FolderWalk.listName, at: cell.place,
                facts.merging(["nearest": hint(path, walk)]) { one, _ in one })
            return nil
        }
        guard walk.list(index) else {
            context.findings.add(.fileTwice, FolderWalk.listName, at: cell.place, facts)
            return nil
        }
        return index
    }

    /// The file whose name begins or ends with a blank just as the row writes it.
    private func matchAsWritten(_ cell: DocumentCells.Cell, _ walk: inout FolderWalk) -> Int? {
        guard cell.written != cell.text, let path = ListedName.path(cell.written) else {
            return nil
        }
        return walk.match(path)
    }

    /// The name that was probably meant; not for every row of a list that is wrong throughout.
    private mutating func hint(_ path: String, _ walk: FolderWalk) -> String {
        guard hints > 0 else { return "" }
        hints -= 1
        return NearestWord.to(path, among: walk.files.prefix(200).map(\.path.text)).asHint
    }
}
