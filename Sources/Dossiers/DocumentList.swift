import Files
import Formats
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
    private(set) var formats: [FormatIdentification] = []
    private(set) var pages = 0
    private(set) var separator = UInt8(ascii: ",")
    private(set) var columns: DocumentColumns?
    /// The first file of each format, and how many have it.
    private var examples: [(path: String, count: Int)] = []
    private var formatIndices: [FormatIdentification: Int32] = [:]
    private var ordinals: Set<Int32> = []
    private var codes: Set<String> = []
    private let context: Context

    /// What every row is checked against.
    struct Context {
        let folder: FilePath
        let volume: any Volume
        let identifier: FormatIdentifier
        let limits: DossierLimits
        let findings: FindingList
        let dossier: DossierFile
        let defaults: DocumentRow.Defaults
    }

    init(_ context: Context) { self.context = context }

    mutating func read(_ walk: inout FolderWalk) throws {
        let file = try context.volume.open(context.folder.appending(FolderWalk.listName))
        let reader = CSVReader { try file.bytes(at: $0, count: $1) }
        do {
            guard let header = try reader.next() else { return }
            separator = reader.separator
            let columns = DocumentColumns(header, findings: context.findings)
            self.columns = columns
            while let row = try reader.next() {
                guard rows.count < context.limits.documents else {
                    return report(.limitDocuments, row, ["limit": String(context.limits.documents)])
                }
                try take(row, columns, header.fields.count, &walk)
            }
        } catch let fault as TextFault {
            context.findings.add(
                .textUnreadable, FolderWalk.listName, at: fault.place,
                ["reason": fault.reason.rawValue, "detail": fault.detail])
        }
    }

    private func report(_ code: FindingCode, _ row: CSVRow, _ facts: [String: String] = [:]) {
        context.findings.add(code, FolderWalk.listName, at: Place(line: row.line, column: 1), facts)
    }

    private mutating func take(
        _ row: CSVRow, _ columns: DocumentColumns, _ width: Int, _ walk: inout FolderWalk
    ) throws {
        let fields = columns.fields(row)
        // A spreadsheet leaves rows of separators below the last document.
        if fields.isEmpty { return }
        if row.fields.count != width {
            report(.rowLength, row, ["expected": String(width), "found": String(row.fields.count)])
        }
        let check = FieldCheck(context.findings, FolderWalk.listName)
        let number = rows.count + 1
        let document = DocumentRow(fields, number: number, defaults: context.defaults, check: check)
        for element in document.missing(fields) {
            check.reportMissing(element, FieldRules.document[element], at: Place(line: row.line, column: 1))
        }
        checkNumbers(document, row)
        checkDate(document, fields)
        let ordinal = document.fields[.docOrdinal].flatMap { Int32($0) } ?? Int32(number)
        guard let index = match(document, row, fields, &walk) else {
            rows.append(
                Row(
                    offset: row.offset, length: Int32(row.length), line: Int32(row.line), number: Int32(number),
                    ordinal: ordinal, file: -1, format: 0))
            return
        }
        let format = try examine(walk.files[index], document, fields)
        rows.append(
            Row(
                offset: row.offset, length: Int32(row.length), line: Int32(row.line), number: Int32(number),
                ordinal: ordinal, file: Int32(index), format: format))
    }

    private mutating func checkNumbers(_ document: DocumentRow, _ row: CSVRow) {
        if let ordinal = document.fields[.docOrdinal].flatMap({ Int32($0) }), !ordinals.insert(ordinal).inserted {
            report(.ordinalTwice, row, ["value": String(ordinal)])
        }
        if let code = document.fields[.docCode], !codes.insert(code).inserted {
            report(.codeTwice, row, ["value": code.shown])
        }
    }

    private func checkDate(_ document: DocumentRow, _ fields: [String: CSVRow.Field]) {
        let name: DocumentField =
            switch document.kind {
            case .text: .issuedDate
            case .picture: .photoTime
            case .recording: .recordDate
            }
        guard let date = document.fields[name].flatMap({ CivilDate($0) }),
            let start = context.dossier.date("startDate"), let end = context.dossier.date("endDate"),
            date.latestText < start.earliestText || date.earliestText > end.latestText
        else { return }
        context.findings.add(
            .dateOutside, .warning, FolderWalk.listName, at: fields[name.rawValue]?.place,
            ["value": date.slashedText, "start": start.slashedText, "end": end.slashedText])
    }

    /// The file that the row names, when there is exactly one and no other row names it.
    private func match(
        _ document: DocumentRow, _ row: CSVRow, _ fields: [String: CSVRow.Field], _ walk: inout FolderWalk
    ) -> Int? {
        guard let name = document.file else {
            FieldCheck(context.findings, FolderWalk.listName).reportMissing(
                "file", nil, at: Place(line: row.line, column: 1))
            return nil
        }
        let place = fields["file"]?.place
        let path = name.replacing("\\", with: "/").droppingDotSlash
        if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
            context.findings.add(.pathOutside, FolderWalk.listName, at: place, ["value": name.shown])
            return nil
        }
        guard let index = walk.match(path) else {
            let nearest = NearestWord.to(path, among: walk.files.prefix(2000).map(\.path.text))
            context.findings.add(
                .fileMissing, FolderWalk.listName, at: place,
                ["value": name.shown, "nearest": nearest.map { " (≈ \($0.shown))" } ?? ""])
            return nil
        }
        guard walk.list(index) else {
            context.findings.add(.fileTwice, FolderWalk.listName, at: place, ["value": name.shown])
            return nil
        }
        return index
    }

    /// Looks into the file: empty, unreadable, format, pages.
    private mutating func examine(
        _ found: FolderWalk.Found, _ document: DocumentRow, _ fields: [String: CSVRow.Field]
    ) throws -> Int32 {
        let stated = document.fields[.numberOfPage].flatMap { Int($0) }
        if document.kind == .text { pages += stated ?? 0 }
        if found.size == 0 { context.findings.add(.fileEmpty, found.path.text) }
        let format: FormatIdentification
        do {
            let file = try context.volume.open(context.folder.appending(bytes: found.path.bytes))
            format = try context.identifier.identify(file, name: found.path.name, size: found.size)
        } catch {
            // A full disk or too many open files is no fault of the dossier.
            guard [.permissionDenied, .ioError, .noSuchFileOrDirectory, .tooManySymbolicLinkLevels]
                .contains(error.errno)
            else { throw error }
            context.findings.add(
                .sourceUnreadable, found.path.text, ["reason": error.errno.description])
            return 0
        }
        if format.mimeType == "application/pdf", document.kind == .text {
            comparePages(found, stated, at: fields["numberOfPage"]?.place)
        }
        return intern(format, of: found)
    }

    /// One warning a format, however many files have it.
    func reportFormats() {
        for (index, format) in formats.enumerated() where !AcceptedFormats.accepts(format) {
            context.findings.add(
                .formatNotAccepted, .warning, examples[index].path,
                [
                    "format": [format.name, format.version].compactMap { $0 }.joined(separator: " "),
                    "count": String(examples[index].count),
                ])
        }
    }

    private func comparePages(_ found: FolderWalk.Found, _ stated: Int?, at place: Place?) {
        switch PDFPages.count(at: context.folder.appending(bytes: found.path.bytes)) {
        case .pages(let count):
            guard let stated, stated != count else { return }
            context.findings.add(
                .pagesDiffer, FolderWalk.listName, at: place,
                [
                    "file": found.path.text, "expected": String(stated), "found": String(count),
                    "rule": "TT 05/2025 Annex I",
                ])
        case .encrypted:
            context.findings.add(.pagesUnknown, .warning, found.path.text, ["reason": "encrypted"])
        case .unreadable(let reason):
            context.findings.add(.pagesUnknown, .warning, found.path.text, ["reason": reason.shown])
        }
    }

    private mutating func intern(_ format: FormatIdentification, of found: FolderWalk.Found) -> Int32 {
        if let index = formatIndices[format] {
            examples[Int(index)].count += 1
            return index
        }
        let index = Int32(formats.count)
        formats.append(format)
        examples.append((found.path.text, 1))
        formatIndices[format] = index
        return index
    }
}

extension String {
    /// The text with one text replaced by another.
    fileprivate func replacing(_ character: Character, with other: Character) -> String {
        contains(character) ? String(map { $0 == character ? other : $0 }) : self
    }

    /// A path without the `./` that some lists begin with.
    fileprivate var droppingDotSlash: String { hasPrefix("./") ? String(dropFirst(2)) : self }
}
