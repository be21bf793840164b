import Testing
import XML

@Suite struct XMLLimitTests {
    /// A beginning, a hundred million times the same byte, and an end.
    final class LongDocument {
        private var parts: [[UInt8]]
        private let filling: UInt8
        private(set) var left: Int

        init(_ start: String, _ filling: UInt8, times: Int = 100_000_000, _ end: String) {
            parts = [Array(start.utf8), Array(end.utf8)]
            self.filling = filling
            left = times
        }

        /// Gives the next bytes; 0 at the end.
        func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
            if parts.count == 1, left > 0 {
                let count = min(left, buffer.count)
                UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]).initializeMemory(
                    as: UInt8.self, repeating: filling)
                left -= count
                return count
            }
            guard let part = parts.first?.prefix(buffer.count) else { return 0 }
            buffer.copyBytes(from: part)
            parts[0].removeFirst(part.count)
            if parts[0].isEmpty { parts.removeFirst() }
            return part.count
        }
    }

    /// Reads all of a document; gives how many bytes its texts have.
    private static func read(_ document: LongDocument) throws -> Int {
        let reader = try XMLReader { document.read($0) }
        var count = 0
        while let event = try reader.next() {
            if case .text(let text) = event { count += text.utf8.count }
        }
        return count
    }

    @Test(arguments: [
        ("<a>", "x", "</a>"), ("<a b=\"", "x", "\"/>"), ("<a", "x", "/>"),
        ("<a><!--", "x", "--></a>"),
        ("<a><![CDATA[", "x", "]]></a>"), ("<a><?p ", "x", "?></a>"), ("<a>", " ", "<b/></a>"),
        ("<a ", " ", "/>"), (" ", " ", "<a/>"), ("<a/>", " ", " "), ("<a/>", "\n", "<!-- -->"),
        ("<a>&", "x", ";</a>"), ("<a>&#", "0", "65;</a>"), ("<a>", "&", "</a>"),
    ])
    func `stops long before the end of a part without end`(
        _ start: String, _ filling: String, _ end: String
    ) throws {
        let document = LongDocument(start, Array(filling.utf8)[0], end)

        let failure = #expect(throws: XMLFailure.self) { try Self.read(document) }

        #expect(failure.map { $0.reason == .limit || $0.reason == .malformed } == true)
        // What was not asked for was not kept either, and cost no time.
        #expect(document.left > 98_000_000)
    }

    @Test func `reads a text that a large field has`() throws {
        let document = LongDocument("<a>", UInt8(ascii: "x"), times: 500_000, "</a>")

        #expect(try Self.read(document) == 500_000)
    }

    @Test func `calls a part without end a limit and says where it stands`() throws {
        let document = LongDocument("<a>\n<b>", UInt8(ascii: "x"), "</b></a>")

        let failure = #expect(throws: XMLFailure.self) { try Self.read(document) }

        #expect(failure?.reason == .limit)
        #expect(failure?.line == 2)
        #expect(failure.map { $0.column > 0 } == true)
    }

    @Test func `bounds a part without end while it validates`() throws {
        let schema = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="a" type="xs:string"/></xs:schema>
            """
        let validator = try SchemaValidator(schema)
        for (start, filling) in [("<a>", "x"), ("<a/>", " "), (" ", " ")] {
            let document = LongDocument(start, Array(filling.utf8)[0], "</a>")
            #expect(throws: XMLFailure.self) { try validator.validate { document.read($0) } }
            #expect(document.left > 98_000_000)
        }
    }
}
