package import Files
package import Records
package import SystemPackage

/// Says what format a file is: by its bytes where they show it, else by its name.
package struct FormatIdentifier: Sendable {
    private let table = FormatTable.current

    private let counted: @Sendable (FilePath) -> PDFPages

    /// An identifier with the signature table that is built in, and what counts pages for it.
    package init(pages: @escaping @Sendable (FilePath) -> PDFPages) { counted = pages }

    /// How many pages the PDF at a path has.
    package func pages(at path: FilePath) -> PDFPages { counted(path) }

    /// The format of a file of the given size; only a few bounded pieces of it are read.
    package func identify(
        _ file: any OpenFile, name: String, size: Int64
    ) throws(FileFailure) -> FormatIdentification {
        let peek = try FilePeek(file, name: name, size: size)
        if let row = try signedRow(peek) { return row.identification(.signature) }
        guard let row = table.row(extension: peek.suffix) else { return .unknown }
        if row.key == "txt", PlainText.isText(peek) {
            return FormatIdentification(
                name: row.name, version: nil, puid: row.puid, mimeType: row.mimeType, basis: .name)
        }
        return row.identification(.name)
    }

    /// The row whose bytes the file carries, refined by what lies inside it.
    private func signedRow(_ peek: FilePeek) throws(FileFailure) -> FormatRow? {
        for row in table.signed where row.signature?.matches(peek.head.all) ?? false {
            if let key = try refined(row.key, peek), let found = table.row(key) { return found }
        }
        if let key = PlainText.markupKey(peek) ?? PDFClaim.lateKey(peek) { return table.row(key) }
        guard let key = try AudioFrames.key(peek) else { return nil }
        return table.row(key)
    }

    private func refined(_ key: String, _ peek: FilePeek) throws(FileFailure) -> String? {
        switch key {
        case "pdf": try PDFClaim.key(peek, knows: { table.row($0) != nil })
        case "zip": try PackagedOffice.key(peek, knows: { table.row($0) != nil })
        case "ole2": try CompoundFile.key(peek)
        case "png": try StillImage.pngKey(peek)
        case "exif": StillImage.exifKey(peek.head)
        case "tiff": try StillImage.tiffKey(peek)
        case "asf": try MovingImage.asfKey(peek)
        case "isom": MovingImage.baseMediaKey(peek.head)
        case "mpeg": MovingImage.programStreamKey(peek)
        case "xml": PlainText.xmlKey(peek.head)
        default: key
        }
    }
}
