import CXML

/// A place where a document does not fit its schema.
package struct SchemaViolation: Hashable, Sendable {
    package let line: Int
    package let message: String
}

/// Validates documents against an XSD as a stream; schemas come from memory only, never from network or disk.
package final class SchemaValidator {
    private let schema: xmlSchemaPtr
    /// More violations than this say nothing new.
    private static let limit = 50

    /// Compiles a schema that imports nothing.
    package init(_ text: String) throws {
        Library.prepare
        let note = Feed { _ in 0 }
        var text = text
        let compiled = text.withUTF8 { units -> xmlSchemaPtr? in
            units.withMemoryRebound(to: CChar.self) { bytes in
                guard let context = xmlSchemaNewMemParserCtxt(bytes.baseAddress, Int32(bytes.count)) else {
                    return nil
                }
                defer { xmlSchemaFreeParserCtxt(context) }
                xmlSchemaSetParserStructuredErrors(
                    context, { ErrorNote.take($0, $1) }, Unmanaged.passUnretained(note).toOpaque())
                return xmlSchemaParse(context)
            }
        }
        guard let compiled else {
            throw XMLFailure(.schema, message: note.note.failure.text)
        }
        schema = compiled
    }

    deinit { xmlSchemaFree(schema) }

    /// Validates what a source gives; a document that is not well-formed is a failure.
    package func validate(
        _ source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> [SchemaViolation] {
        let feed = Feed(source)
        let violations = Violations(Self.limit)
        let context = Unmanaged.passUnretained(feed).toOpaque()
        guard let validation = xmlSchemaNewValidCtxt(schema) else { throw XMLFailure(.schema) }
        defer { xmlSchemaFreeValidCtxt(validation) }
        // The reader refers to the validation until it is freed, so it is made later and freed first.
        guard let reader = xmlReaderForIO({ Feed.read($0, $1, $2) }, nil, context, nil, "UTF-8", Library.options) else {
            throw XMLFailure(.malformed)
        }
        defer { xmlFreeTextReader(reader) }
        xmlTextReaderSetStructuredErrorHandler(reader, { ErrorNote.take($0, $1) }, context)
        xmlSchemaSetValidStructuredErrors(
            validation, { Violations.take($0, $1) }, Unmanaged.passUnretained(violations).toOpaque())
        guard xmlTextReaderSchemaValidateCtxt(reader, validation, 0) == 0 else { throw XMLFailure(.schema) }
        var result = xmlTextReaderRead(reader)
        while result == 1 {
            if xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue) {
                throw XMLFailure(.documentType)
            }
            result = xmlTextReaderRead(reader)
        }
        try feed.rethrow()
        guard result == 0 else { throw feed.note.failure }
        if violations.list.isEmpty, xmlTextReaderIsValid(reader) != 1 {
            return [SchemaViolation(line: 0, message: "not valid")]
        }
        return violations.list
    }
}

/// Collects what libxml2 says of a document while it validates.
private final class Violations {
    private(set) var list: [SchemaViolation] = []
    private let limit: Int

    init(_ limit: Int) { self.limit = limit }

    /// What libxml2 calls with each violation.
    static func take(_ context: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
        guard let context, let error else { return }
        Unmanaged<Violations>.fromOpaque(context).takeUnretainedValue().keep(error.pointee)
    }

    private func keep(_ error: xmlError) {
        guard list.count < limit else { return }
        let message = error.message.map { String(cString: $0) } ?? ""
        list.append(
            SchemaViolation(
                line: Int(error.line),
                message: String(message.prefix(500).prefix { $0 != "\n" })))
    }
}
