import Testing
import XML

@Suite struct XMLReaderTests {
    private static func events(_ text: String, piece: Int = .max) throws -> [XMLReader.Event] {
        let reader = try XMLReader(source: Sample.source(text, piece: piece))
        var events: [XMLReader.Event] = []
        while let event = try reader.next() {
            if case .text(let more) = event, case .text(let before)? = events.last {
                events[events.count - 1] = .text(before + more)
            } else {
                events.append(event)
            }
        }
        return events
    }

    @Test(arguments: [1, 7, Int.max])
    func `reads starts, texts and ends however the source cuts its bytes`(piece: Int) throws {
        let text =
            "<?xml version=\"1.0\"?><!-- c --><a><b>Hồ&#x20;sơ &amp; <![CDATA[<x>]]></b><c/></a>"

        let events = try Self.events(text, piece: piece)

        #expect(
            events == [
                .start("a"), .start("b"), .text("Hồ sơ & <x>"), .end("b"), .start("c"), .end("c"),
                .end("a"),
            ])
    }

    @Test func `gives the attributes of the element that has just started`() throws {
        let text = """
            <a xmlns:x="urn:x" b="1 &amp; 2" x:c="3"><d/></a>
            """
        let reader = try XMLReader(source: Sample.source(text))

        #expect(try reader.next() == .start("a"))
        #expect(reader.attribute("b") == "1 & 2")
        #expect(reader.attribute("x:c") == "3")
        #expect(reader.attribute("d") == nil)
        #expect(try reader.next() == .start("d"))
        #expect(reader.attribute("b") == nil)
    }

    @Test(arguments: [
        "", " ", "a", "<a>", "<a><b></a></b>", "<a/><b/>", "<a>&x;</a>", "<a b=1/>",
        "<a b='1' b='2'/>",
        "<a>\u{1}</a>", "<a>&#0;</a>", "<?xml version=\"1.0\"?><a", "<a></a>rest", "<a>]]></a>",
    ])
    func `refuses what is not well formed and says why`(text: String) throws {
        let failure = #expect(throws: XMLFailure.self, "\(text)") { try Self.events(text) }

        #expect(failure?.reason == .malformed)
    }

    @Test func `refuses bytes that are not UTF-8`() throws {
        let bytes: [UInt8] = Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8)
        var rest = bytes[...]
        let reader = try XMLReader { buffer in
            let piece = rest.prefix(buffer.count)
            rest = rest.dropFirst(piece.count)
            buffer.copyBytes(from: piece)
            return piece.count
        }

        #expect(throws: XMLFailure.self) { while try reader.next() != nil {} }
    }

    @Test func `says on which line a fault stands`() throws {
        let failure = #expect(throws: XMLFailure.self) { try Self.events("<a>\n<b>\n</c>\n</a>") }

        #expect(failure?.line == 3)
        #expect(failure?.message.isEmpty == false)
    }

    @Test func `lets an error of the source out, whenever it comes`() throws {
        for good in [0, 1, 3000, 40_000] {
            let text = "<a>" + String(repeating: "<b>x</b>", count: 10_000)
            let whole = Sample.source(text, piece: 1000)
            var given = 0

            #expect(throws: SourceFailure(number: 5)) {
                let reader = try XMLReader { buffer in
                    if given >= good { throw SourceFailure(number: 5) }
                    let count = try whole(buffer)
                    given += count
                    return count
                }
                while try reader.next() != nil {}
            }
        }
    }

    @Test func `reads to the sixty-fourth level and no deeper`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }

        #expect(try Self.events(nested(64)).count == 128)
        for depth in [66, 255, 300, 100_000] {
            let failure = #expect(throws: XMLFailure.self) { try Self.events(nested(depth)) }
            #expect(failure?.reason == .limit)
        }
    }

    @Test func `refuses a prefix that no namespace explains`() throws {
        #expect(throws: XMLFailure.self) { try Self.events("<a><x:b/></a>") }
    }
}
