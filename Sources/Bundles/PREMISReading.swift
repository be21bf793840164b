import Files
import Records
import XML

/// Reads the file objects of `PREMIS_rep1.xml` in their order.
struct PREMISReading {
    /// What PREMIS says of a document's file.
    struct File {
        /// Path below the package's folder.
        var path = ""
        var docId: String?
        /// Archival code of the document.
        var code = ""
        var sha256: Digest?
        var size: Int64 = -1
        var formatName = ""
        var formatVersion: String?
        var puid: String?
        var note = ""
        var originalName = ""

        /// What packaging wrote down in a note, as `MIME …; basis: …`.
        struct Note {
            let text: String
            let mimeType: String
            let basis: FormatIdentification.Basis

            init(_ text: String) {
                self.text = text
                // By bytes, as letters cost ten times as much.
                let units = text.utf8
                let mark = UInt8(ascii: ";")
                let mime = units[..<(units.firstIndex(of: mark) ?? units.endIndex)]
                let last = units.lastIndex(of: mark).map { units.index(after: $0) }
                let named = units[(last ?? units.startIndex)...].drop { $0 == UInt8(ascii: " ") }
                mimeType = String(mime.dropFirst(5)) ?? ""
                basis =
                    String(named.dropFirst(7)).flatMap { FormatIdentification.Basis(rawValue: $0) }
                    ?? .unknown
            }
        }

        /// The identification that packaging wrote down.
        var format: FormatIdentification { format(by: Note(note)) }

        /// The same, with the note of the file before read again only where this one's is another.
        func format(after known: inout Note?) -> FormatIdentification {
            if let known, known.text.utf8.elementsEqual(note.utf8) { return format(by: known) }
            let read = Note(note)
            known = read
            return format(by: read)
        }

        private func format(by note: Note) -> FormatIdentification {
            FormatIdentification(
                name: formatName, version: formatVersion, puid: puid, mimeType: note.mimeType,
                basis: note.basis)
        }
    }

    private let tar: any ReadableFile
    private let place: BundleScan.Place

    init(_ tar: any ReadableFile, at place: BundleScan.Place) {
        self.tar = tar
        self.place = place
    }

    func forEachFile(_ body: (File) throws -> Void) throws {
        // Most are of the archive's own writing: they are read much faster without libxml2.
        if let files = try plainFiles() { return try files.forEach(body) }
        var source = EntrySource(tar, at: place)
        let reader = try XMLReader { try source.read(into: $0) }
        var file: File?
        var text = ""
        var identifierType = ""
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                text = ""
                if name == "object", reader.attribute("xsi:type") == "file" { file = File() }
            case .text(let piece): text += piece
            case .end(let name):
                guard file != nil else { continue }
                if name == "objectIdentifierType" { identifierType = text }
                if name == "object", let done = file {
                    try body(done)
                    file = nil
                } else {
                    if let element = Element(rawValue: name) {
                        file?.take(element, text, identifierType)
                    }
                }
                text = ""
            }
        }
    }
}

extension PREMISReading {
    /// The largest text that is read whole: that of some two thousand documents.
    private static let largestPlain: Int64 = 4 << 20
    /// The elements that are looked for.
    fileprivate enum Element: String, CaseIterable {
        case object, objectIdentifierType, objectIdentifierValue, messageDigest, size, formatName,
            formatVersion, formatRegistryKey, formatNote, originalName
    }

    /// The names as `PlainElements` asks for them, in the order of the cases.
    private static let names: [StaticString] = [
        "object", "objectIdentifierType", "objectIdentifierValue", "messageDigest", "size",
        "formatName", "formatVersion", "formatRegistryKey", "formatNote", "originalName",
    ]

    /// The files of a text in the form that packaging writes; nil for another form or a large one.
    private func plainFiles() throws -> [File]? {
        guard place.size <= Self.largestPlain else { return nil }
        return try tar.withBytes(at: place.offset, count: Int(place.size)) { files(in: $0) }
    }

    private func files(in bytes: UnsafeRawBufferPointer) -> [File]? {
        var files: [File] = []
        var file: File?
        var identifierType = ""
        var last = (formatName: "", note: "")
        let elements = Element.allCases
        let isPlain = PlainElements.scan(bytes, names: Self.names) { event in
            switch event {
            case .start(0, let tag) where tag.has("xsi:type=\"file\""): file = File()
            case .end(0, _):
                if let file {
                    files.append(file)
                    last = (file.formatName, file.note)
                }
                file = nil
            case .end(1, let text) where file != nil: identifierType = text.string
            case .end(3, let text) where file != nil:
                file?.sha256 = Digest(.sha256, hex: text.units)
            case .end(let name?, let text) where file != nil:
                let known =
                    switch elements[name] {
                    case .formatName: last.formatName
                    case .formatNote: last.note
                    default: ""
                    }
                file?.take(elements[name], text.string(like: known), identifierType)
            default: break
            }
        }
        return isPlain ? files : nil
    }
}

extension PREMISReading.File {
    /// Takes over the text of an element inside the object.
    fileprivate mutating func take(
        _ element: PREMISReading.Element, _ text: String, _ identifierType: String
    ) {
        switch element {
        case .objectIdentifierValue: identify(as: text, identifierType)
        case .messageDigest: sha256 = Digest(.sha256, hex: text)
        case .size: size = Int64(text) ?? -1
        case .formatName: formatName = text
        case .formatVersion: formatVersion = text
        case .formatRegistryKey: puid = text
        case .formatNote: note = text
        case .originalName: originalName = text
        case .object, .objectIdentifierType: break
        }
    }

    private mutating func identify(as value: String, _ type: String) {
        switch type {
        case "File": path = String(value.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst()) ?? ""
        case "docId": docId = value
        case "Doc", "Pic", "Media": code = value
        default: break
        }
    }
}
