import Testing
import XML

@Suite struct XMLWriterTests {
    private static func text(_ write: (inout XMLWriter) throws -> Void) throws -> String {
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try write(&writer)
        try writer.finish()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `writes elements in order and nothing else`() throws {
        let text = try Self.text { writer in
            try writer.declaration()
            try writer.start("mets", [("OBJID", "rep1")])
            try writer.empty("fptr", [("FILEID", "a")])
            try writer.element("name", [("TYPE", "b")], "Sở Nội vụ")
            try writer.element(field: "title", "Hồ sơ")
            try writer.end()
        }

        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <mets OBJID="rep1">
                <fptr FILEID="a"/>
                <name TYPE="b">Sở Nội vụ</name>
                <title>Hồ sơ</title>
                </mets>

                """)
    }

    @Test func `escapes what text and attributes reserve`() throws {
        let value = "a&<>\"'\t\n\r]]>đ"

        let text = try Self.text { try $0.element("a", [("b", value)], value) }

        let attribute = "a&amp;&lt;&gt;&quot;'&#x9;&#xA;&#xD;]]&gt;đ"
        let content = "a&amp;&lt;&gt;\"'\t\n&#xD;]]&gt;đ"
        #expect(text == "<a b=\"\(attribute)\">\(content)</a>\n")
    }

    @Test func `gives back through the reader every character that it accepted`() throws {
        let value =
            " \t\n\r&<>\"'\u{7F}\u{85}\u{D7FF}\u{E000}\u{FEFF}\u{FFFD}\u{10FFFF}] ]]> e\u{301}é "

        let text = try Self.text { try $0.element("a", [("b", value)], value) }

        let reader = try XMLReader(source: Sample.source(text, piece: 1))
        #expect(try reader.next() == .start("a"))
        #expect(reader.attribute("b").map { Array($0.utf8) } == Array(value.utf8))
        var content = ""
        while let event = try reader.next() {
            if case .text(let piece) = event { content += piece }
        }
        #expect(Array(content.utf8) == Array(value.utf8))
    }

    @Test(arguments: ["\0", "\u{1}", "a\u{8}", "\u{B}b", "\u{1F}", "\u{FFFE}", "é\u{FFFF}"])
    func `refuses a character that XML cannot hold`(value: String) throws {
        #expect { try Self.text { try $0.element("a", [], value) } } throws: {
            ($0 as? XMLFailure)?.reason == .character
        }
        #expect { try Self.text { try $0.empty("a", [("b", value)]) } } throws: {
            ($0 as? XMLFailure)?.reason == .character
        }
    }

    @Test func `refuses to finish with an element open or to close one too many`() throws {
        #expect { try Self.text { try $0.start("a") } } throws: {
            ($0 as? XMLFailure)?.reason == .unbalanced
        }
        #expect { try Self.text { try $0.end() } } throws: {
            ($0 as? XMLFailure)?.reason == .unbalanced
        }
    }

    @Test func `hands over pieces of bounded size while the document grows`() throws {
        var sizes: [Int] = []
        var writer = XMLWriter { sizes.append($0.count) }
        let value = String(repeating: "x", count: 1000)

        try writer.start("a")
        for _ in 0..<1000 { try writer.element("b", [], value) }
        try writer.end()
        try writer.finish()

        #expect(sizes.count > 10)
        #expect((sizes.max() ?? 0) < 80_000)
        #expect(sizes.reduce(0, +) == 1000 * 1008 + 9)
    }

    @Test func `lets an error of the sink out`() throws {
        var writer = XMLWriter { _ in throw SourceFailure(number: 28) }
        try writer.element("a", [], "b")

        #expect(throws: SourceFailure(number: 28)) { try writer.finish() }
    }
}
