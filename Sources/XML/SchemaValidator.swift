import CXML

/// A place where a document does not fit its schema.
package struct SchemaViolation: Hashable, Sendable {
    package let line: Int
    package let message: String
}

/// Validates documents against an XSD as a stream; schemas come from memory only, never from network or disk.
package final class SchemaValidator {
    private let schema: xmlSchemaPtr

    /// Compiles a schema; what it imports must be among the given texts, by the location that it names.
    package init(_ text: String, imports: [String: String] = [:]) throws {
        Library.prepare
        let feed = Feed { _ in 0 }
        schema = try withExtendedLifetime(feed) {
            guard let schema = Self.compile(text, imports, telling: feed) else {
                throw XMLFailure(.schema, message: feed.note.failure.text)
            }
            return schema
        }
    }

    deinit { xmlSchemaFree(schema) }

    /// Validates what a source gives; a document that is not well-formed is a failure.
    package func validate(
        _ source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> [SchemaViolation] {
        let feed = Feed(source)
        return try withExtendedLifetime(feed) { try validate(feed) }
    }

    private func validate(_ feed: Feed) throws -> [SchemaViolation] {
        guard let validation = xmlSchemaNewValidCtxt(schema) else { throw XMLFailure(.schema) }
        defer { xmlSchemaFreeValidCtxt(validation) }
        // The reader refers to the validation until it is freed, so it is made later and freed first.
        let reader = try feed.reader()
        defer { xmlFreeTextReader(reader) }
        guard xmlTextReaderSchemaValidateCtxt(reader, validation, 0) == 0 else {
            throw XMLFailure(.schema)
        }
        while try feed.advance(reader) {
            guard xmlTextReaderNodeType(reader) != Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue)
            else {
                throw XMLFailure(.documentType, line: Int(xmlTextReaderGetParserLineNumber(reader)))
            }
        }
        if feed.note.violations.isEmpty, xmlTextReaderIsValid(reader) != 1 {
            return [SchemaViolation(line: 0, message: "not valid")]
        }
        return feed.note.violations
    }

    private static func compile(_ text: String, _ imports: [String: String], telling feed: Feed)
        -> xmlSchemaPtr?
    {
        var text = text
        return text.withUTF8 { units in
            units.withMemoryRebound(to: CChar.self) { bytes in
                guard
                    let context = xmlSchemaNewMemParserCtxt(
                        bytes.baseAddress, Int32(clamping: bytes.count))
                else {
                    return nil
                }
                defer { xmlSchemaFreeParserCtxt(context) }
                xmlSchemaSetParserStructuredErrors(
                    context, { ErrorNote.take($0, $1) }, Unmanaged.passUnretained(feed).toOpaque())
                var schema: xmlSchemaPtr?
                SchemaImports.allow(imports) { schema = xmlSchemaParse(context) }
                return schema
            }
        }
    }
}
