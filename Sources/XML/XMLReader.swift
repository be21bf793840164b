import CXML

/// Reads XML as a stream of events: no network, no entities, no document type (`evidence.md` §3, rule 1).
package final class XMLReader {
    /// What stands next in the document; attributes are asked of the reader at a `start`.
    package enum Event: Hashable, Sendable {
        case start(String)
        case text(String)
        case end(String)
    }

    private let reader: xmlTextReaderPtr
    private let feed: Feed
    private var pendingEnd: String?
    /// The deepest nesting read.
    private static let largestDepth: Int32 = 64

    /// Reads from a source that fills a buffer and gives 0 at the end.
    package init(source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) throws {
        Library.prepare
        feed = Feed(source)
        reader = try feed.reader()
    }

    deinit { xmlFreeTextReader(reader) }

    /// The next event; nil at the end of the document.
    package func next() throws -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while try feed.advance(reader) {
            guard xmlTextReaderDepth(reader) <= Self.largestDepth else { throw failure(.limit) }
            switch xmlReaderTypes(UInt32(xmlTextReaderNodeType(reader))) {
            case XML_READER_TYPE_ELEMENT:
                let name = self.name
                if xmlTextReaderIsEmptyElement(reader) == 1 { pendingEnd = name }
                return .start(name)
            case XML_READER_TYPE_END_ELEMENT: return .end(name)
            case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA,
                XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
                return .text(Library.text(xmlTextReaderConstValue(reader)))
            case XML_READER_TYPE_DOCUMENT_TYPE, XML_READER_TYPE_ENTITY_REFERENCE:
                throw failure(.documentType)
            default: continue
            }
        }
        return nil
    }

    /// An attribute of the element that has just started; nil when it has none of this name.
    package func attribute(_ name: String) -> String? {
        guard let value = xmlTextReaderGetAttribute(reader, name) else { return nil }
        defer { luutru_xml_free(value) }
        return Library.text(value)
    }

    /// Every attribute of the element that has just started, in the document's order.
    package var attributes: [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        var step = xmlTextReaderMoveToFirstAttribute(reader)
        while step == 1 {
            found.append((name, Library.text(xmlTextReaderConstValue(reader))))
            step = xmlTextReaderMoveToNextAttribute(reader)
        }
        xmlTextReaderMoveToElement(reader)
        return found
    }

    private var name: String { Library.text(xmlTextReaderConstName(reader)) }

    private func failure(_ reason: XMLFailure.Reason) -> XMLFailure {
        XMLFailure(
            reason, line: Int(xmlTextReaderGetParserLineNumber(reader)),
            column: Int(xmlTextReaderGetParserColumnNumber(reader)))
    }
}
