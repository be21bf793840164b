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
}
