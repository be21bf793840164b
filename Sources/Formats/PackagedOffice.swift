import Files

/// Office documents and books that are ZIP files: told by the entries their standards require.
enum PackagedOffice {
    /// The row's key for a file that begins as a ZIP file does.
    static func key(_ peek: FilePeek, knows: (String) -> Bool) throws(FileFailure) -> String {
        guard let directory = try ZIPDirectory(peek) else { return "zip-unread" }
        if directory.holds("mimetype") {
            return try declaredKey(directory, peek, knows: knows)
        }
        if directory.holds("[Content_Types].xml") { return try openXMLKey(directory, peek) }
        return directory.holds("META-INF/MANIFEST.MF") ? "zip-unread" : "zip"
    }

    /// OpenDocument 1.2 part 3 §3.3 and EPUB: the entry `mimetype` says what the file is.
    private static func declaredKey(
        _ directory: ZIPDirectory, _ peek: FilePeek, knows: (String) -> Bool
    ) throws(FileFailure) -> String {
        let type = try directory.prefix(of: "mimetype", in: peek, limit: 128)
        let key: String
        switch String(decoding: type.all.prefix { $0 > 0x20 }, as: UTF8.self) {
        case "application/vnd.oasis.opendocument.text": key = "odt"
        case "application/vnd.oasis.opendocument.spreadsheet": key = "ods"
        case "application/vnd.oasis.opendocument.presentation": key = "odp"
        case "application/epub+zip": return "epub"
        default: return "zip-unread"
        }
        let manifest = try directory.prefix(of: "META-INF/manifest.xml", in: peek)
        guard let place = manifest.find("manifest:version=") else { return key }
        let version = String(decoding: manifest.slice(place + 18, 3) ?? [], as: UTF8.self)
        let versioned = key + "-" + version
        return knows(versioned) ? versioned : key
    }

    /// ISO/IEC 29500-2 §10.1.2: the content types name the kind of the main part.
    private static func openXMLKey(
        _ directory: ZIPDirectory, _ peek: FilePeek
    ) throws(FileFailure) -> String {
        let types = try directory.prefix(of: "[Content_Types].xml", in: peek)
        let kinds: [(StaticString, String)] = [
            ("officedocument.wordprocessingml.document.main+xml", "docx"),
            ("officedocument.spreadsheetml.sheet.main+xml", "xlsx"),
            ("officedocument.presentationml.presentation.main+xml", "pptx"),
        ]
        guard let key = kinds.first(where: { types.contains($0.0) })?.1 else { return "zip-unread" }
        let relations = try directory.prefix(of: "_rels/.rels", in: peek)
        return relations.contains("purl.oclc.org/ooxml") ? key + "-strict" : key
    }
}
