import Testing
import XML

@Suite struct FlatDocumentTests {
    private static func read(_ text: String, limit: Int = 1 << 20) throws -> [String] {
        try FlatDocument.read(Array(text.utf8), limit: limit).map { "\($0.0)=\($0.1)" }
    }

    @Test func `gives names and texts in order`() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <simpledc>
            <title>Hồ sơ &amp; tài liệu</title>
            <description/>
            <title> hai </title>
            </simpledc>

            """

        #expect(try Self.read(text) == ["title=Hồ sơ & tài liệu", "description=", "title= hai "])
    }

    @Test func `gives nothing for an empty root`() throws {
        #expect(try Self.read("<simpledc/>") == [])
    }

    @Test func `refuses a document above the limit and takes one at it`() throws {
        let text = "<a><b>c</b></a>"

        #expect(try Self.read(text, limit: text.utf8.count) == ["b=c"])
        #expect(throws: XMLFailure.self) { try Self.read(text, limit: text.utf8.count - 1) }
    }

    @Test(arguments: [
        "<a><b><c/></b></a>", "<a><b>", "", "<!DOCTYPE a><a><b/></a>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a><b>&x;</b></a>",
    ])
    func `refuses what is not a flat document`(text: String) throws {
        #expect(throws: XMLFailure.self) { try Self.read(text) }
    }

    /// The same list as the event reader sees it; nil when it refuses.
    private static func slowly(_ bytes: [UInt8]) -> [String]? {
        var rest = bytes[...]
        var names: [String] = []
        var text = ""
        var pairs: [String] = []
        do {
            let reader = try XMLReader { buffer in
                let piece = rest.prefix(buffer.count)
                rest = rest.dropFirst(piece.count)
                buffer.copyBytes(from: piece)
                return piece.count
            }
            while let event = try reader.next() {
                switch event {
                case .start(let name):
                    guard names.count < 2 else { return nil }
                    names.append(name)
                    text = ""
                case .text(let piece): text += piece
                case .end(let name):
                    if names.count == 2 { pairs.append("\(name)=\(text)") }
                    names.removeLast()
                }
            }
            return pairs
        } catch {
            return nil
        }
    }

    @Test func `reads what the event reader reads, and refuses what it refuses`() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <simpledc>
            <a1>Hồ &amp; sơ &lt; ]] \u{FFFD}</a1>
            <b></b>
            </simpledc>

            """
        let bytes = Array(text.utf8)
        let structural: [UInt8] = Array("\0\t\n\r !\"&-/1:;<>?[]a".utf8)
        for index in bytes.indices {
            for byte in structural + [0x80, 0xBE, 0xBF, 0xC3, 0xED, 0xEF, 0xFF] {
                var changed = bytes
                changed[index] = byte

                let pairs = try? FlatDocument.read(changed, limit: 1000).map { "\($0.0)=\($0.1)" }

                let place = "byte \(index) = \(byte)"
                #expect(pairs == Self.slowly(changed), "\(place)")
            }
        }
    }
}
