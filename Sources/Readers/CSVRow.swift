package import Records

/// A row of a list of documents, with where each field begins.
package struct CSVRow: Sendable {
    /// A field's text and place.
    package struct Field: Sendable {
        package let text: String
        package let place: Place

        package init(text: String, place: Place) {
            self.text = text
            self.place = place
        }
    }

    /// Where the row's bytes begin in the file.
    package let offset: Int64
    /// How many bytes it has, its line break not counted.
    package let length: Int
    /// Line of its first character.
    package let line: Int
    package let fields: [Field]

    /// Reads the bytes of one row (RFC 4180), its line break not among them.
    package init(
        parsing bytes: ArraySlice<UInt8>, offset: Int64, line: Int, separator: UInt8
    ) throws(TextFault) {
        self.offset = offset
        self.line = line
        length = bytes.count
        var parser = FieldParser(bytes, line: line, separator: separator)
        fields = try parser.fields()
    }
}

/// Splits a row into its fields, counting lines and characters.
private struct FieldParser {
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var index: Int
    private var line: Int
    private var column = 1

    init(_ bytes: ArraySlice<UInt8>, line: Int, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        self.line = line
        index = bytes.startIndex
    }

    mutating func fields() throws(TextFault) -> [CSVRow.Field] {
        var fields: [CSVRow.Field] = []
        while true {
            let place = Place(line: line, column: column)
            fields.append(CSVRow.Field(text: try field(place), place: place))
            guard index < bytes.endIndex else { return fields }
            advance()
        }
    }

    private mutating func field(_ place: Place) throws(TextFault) -> String {
        guard index < bytes.endIndex, bytes[index] == 0x22 else { return try plain(place) }
        advance()
        var content: [UInt8] = []
        while index < bytes.endIndex {
            let byte = bytes[index]
            advance()
            guard byte == 0x22 else {
                content.append(byte)
                continue
            }
            if index < bytes.endIndex, bytes[index] == 0x22 {
                content.append(0x22)
                advance()
                continue
            }
            guard index == bytes.endIndex || bytes[index] == separator else {
                throw TextFault(.syntax, at: Place(line: line, column: column))
            }
            return try text(content[...], place)
        }
        throw TextFault(.unclosedQuote, at: place)
    }

    private mutating func plain(_ place: Place) throws(TextFault) -> String {
        let start = index
        while index < bytes.endIndex, bytes[index] != separator { advance() }
        return try text(bytes[start..<index], place)
    }

    private func text(_ content: ArraySlice<UInt8>, _ place: Place) throws(TextFault) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw TextFault(.notUTF8, at: place)
        }
        guard !content.contains(0) else { throw TextFault(.control, at: place) }
        guard !CombiningMarks.areTooMany(in: text) else {
            throw TextFault(.syntax, at: place, CombiningMarks.detail)
        }
        return text
    }

    private mutating func advance() {
        if bytes[index] == 0x0A {
            line += 1
            column = 1
        } else if bytes[index] & 0xC0 != 0x80 {
            column += 1
        }
        index += 1
    }
}
