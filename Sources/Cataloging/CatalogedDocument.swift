package import Records

/// A document of a dossier's version, and where its file's bytes lie in the tar.
package struct CatalogedDocument: Hashable, Sendable {
    /// Position in the dossier, counted from 1.
    package let ordinal: Int
    package let kind: DocumentKind
    package let fields: DocumentFields
    /// The kind of text in words, where `typeName` has only a code: `Quyết định`.
    package let typeWord: String?
    package let entryPath: RelativePath
    package let originalName: String
    /// The version whose tar holds the file.
    package let tarVersion: Int
    /// Where the file's first byte lies in that tar.
    package let offset: Int64
    package let size: Int64
    package let sha256: Digest
    package let format: FormatIdentification

    package init(
        ordinal: Int, kind: DocumentKind, fields: DocumentFields, typeWord: String?,
        entryPath: RelativePath, originalName: String, tarVersion: Int = 1, offset: Int64,
        size: Int64, sha256: Digest,
        format: FormatIdentification
    ) {
        self.ordinal = ordinal
        self.kind = kind
        self.fields = fields
        self.typeWord = typeWord
        self.entryPath = entryPath
        self.originalName = originalName
        self.tarVersion = tarVersion
        self.offset = offset
        self.size = size
        self.sha256 = sha256
        self.format = format
    }
}

extension CatalogedDocument {
    /// Number and sign as people write them: `1123/QĐ-UBND`; empty when it has neither.
    package var number: String { Self.number(fields[.codeNumber], fields[.codeNotation]) }

    /// What names the document in a list: its subject, or the picture's or film's title.
    package var title: String { Self.title(fields) }

    /// When it was issued or taken, as far as the record knows.
    package var date: CivilDate? { Self.dateText(fields).flatMap { CivilDate($0) } }

    static func title(_ fields: DocumentFields) -> String {
        fields[.subject] ?? fields[.imageTitle] ?? fields[.movieTitle] ?? fields[.eventName] ?? ""
    }

    static func dateText(_ fields: DocumentFields) -> String? {
        fields[.issuedDate] ?? fields[.photoTime] ?? fields[.recordDate]
    }

    static func number(_ number: String?, _ notation: String?) -> String {
        guard let number, !number.isEmpty else { return notation ?? "" }
        guard let notation, !notation.isEmpty else { return number }
        return number + "/" + notation
    }

    /// Every code that finds the document.
    var codes: [String] {
        Self.codes(docCode: fields[.docCode], docId: fields[.docId], number: number)
    }

    /// Every code that finds a document described so.
    package static func codes(of fields: DocumentFields) -> [String] {
        codes(
            docCode: fields[.docCode], docId: fields[.docId],
            number: number(fields[.codeNumber], fields[.codeNotation]))
    }

    static func codes(docCode: String?, docId: String?, number: String) -> [String] {
        [docCode, docId, number].compactMap { $0 }.filter { !$0.isEmpty }
    }
}

/// A file in a version's tar: its name, and where its bytes lie.
package struct CatalogedEntry: Hashable, Sendable {
    package let path: RelativePath
    package let offset: Int64
    package let size: Int64

    package init(path: RelativePath, offset: Int64, size: Int64) {
        self.path = path
        self.offset = offset
        self.size = size
    }
}
