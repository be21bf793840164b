import CXML

/// libxml2 as every reader here uses it.
enum Library {
    /// Prepares libxml2 once, before threads can meet in it; from then on it opens nothing by itself.
    static let prepare: Void = {
        xmlInitParser()
        luutru_xml_silence()
        SchemaImports.install()
    }()

    /// No network, no entity substitution, no DTD; nothing is ever printed.
    static let options = Int32(
        XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NOCDATA.rawValue)

    static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
        guard let pointer else { return "" }
        return String(decodingCString: pointer, as: UTF8.self)
    }
}

/// What libxml2 told of a document, kept instead of printed.
final class ErrorNote {
    /// The first reason for which the document cannot be read.
    private(set) var first: XMLFailure?
    /// Where it does not fit its schema.
    private(set) var violations: [SchemaViolation] = []
    /// More violations than this say nothing new.
    private static let limit = 50

    /// Keeps an error by what it is about: the document itself or its schema.
    func keep(_ error: xmlError) {
        let message = XMLFailure.bounded(error.message.map { String(cString: $0) } ?? "")
        if error.domain == Int32(XML_FROM_SCHEMASV.rawValue) {
            guard violations.count < Self.limit else { return }
            violations.append(SchemaViolation(line: Int(error.line), message: message))
            return
        }
        guard first == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        first = XMLFailure(
            Self.reason(error, message), line: Int(error.line), column: Int(error.int2),
            message: message)
    }

    private static func reason(_ error: xmlError, _ message: String) -> XMLFailure.Reason {
        switch xmlParserErrors(UInt32(clamping: error.code)) {
        // Only a document type can declare entities that refer to themselves or grow.
        case XML_ERR_ENTITY_LOOP: return .documentType
        case XML_ERR_NAME_TOO_LONG: return .limit
        default:
            let signs = [
                "Excessive depth", "XML_PARSE_HUGE", "huge text node", "xmlSAX2",
                "Huge input lookup",
                "AttValue length too long",
            ]
            return signs.contains { message.contains($0) } ? .limit : .malformed
        }
    }

    /// What to throw when a call failed.
    var failure: XMLFailure { first ?? XMLFailure(.malformed) }

    /// What libxml2 calls with each error of a feed.
    static func take(_ context: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?)
    {
        guard let context, let error else { return }
        Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().note.keep(error.pointee)
    }
}

/// Brings bytes from a source to libxml2 and errors of the source back.
final class Feed {
    let note = ErrorNote()
    private let source: (UnsafeMutableRawBufferPointer) throws -> Int
    private var failure: (any Error)?
    /// Bytes given since the last node.
    private var pending = 0
    /// More bytes than any node of a package needs. libxml2 collects blanks around the root
    /// without end, and its time for a reference that never ends grows with the square of its length.
    private static let largestNode = 1 << 20

    init(_ source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.source = source }

    /// A reader of this feed, which must outlive it; every error of the source comes out again.
    func reader() throws -> xmlTextReaderPtr {
        xmlResetLastError()
        let context = Unmanaged.passUnretained(self).toOpaque()
        let reader = xmlReaderForIO(
            { Feed.read($0, $1, $2) }, nil, context, nil, "UTF-8", Library.options)
        do { try rethrow() } catch {
            xmlFreeTextReader(reader)
            throw error
        }
        guard let reader else { throw note.failure }
        xmlTextReaderSetStructuredErrorHandler(reader, { ErrorNote.take($0, $1) }, context)
        return reader
    }

    /// Moves a reader to its next node; false at the end of the document.
    func advance(_ reader: xmlTextReaderPtr) throws -> Bool {
        pending = 0
        let result = xmlTextReaderRead(reader)
        try rethrow()
        guard pending < Self.largestNode || result >= 0 else {
            throw XMLFailure(
                .limit, line: Int(xmlTextReaderGetParserLineNumber(reader)),
                column: Int(xmlTextReaderGetParserColumnNumber(reader)))
        }
        guard result >= 0 else {
            // While it validates, libxml2 tells of what is malformed only here.
            if note.first == nil, let error = xmlGetLastError() { note.keep(error.pointee) }
            throw note.failure
        }
        // libxml2 reads on after a prefix without a namespace; a document type has its own refusal.
        let isDocumentType =
            xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue)
        if let failure = note.first, !isDocumentType { throw failure }
        return result == 1
    }

    private func rethrow() throws {
        guard let failure else { return }
        self.failure = nil
        throw failure
    }

    /// What libxml2 calls for more bytes.
    static func read(
        _ context: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ length: Int32
    ) -> Int32 {
        guard let context, let buffer, length > 0 else { return 0 }
        let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
        do {
            guard feed.pending < largestNode else { return -1 }
            let count = try feed.source(
                UnsafeMutableRawBufferPointer(start: buffer, count: Int(length)))
            feed.pending += count
            return Int32(count)
        } catch {
            feed.failure = error
            return -1
        }
    }
}
