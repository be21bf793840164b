import Testing

@testable import XML

struct XMLTreeTests {
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `an element is put into canonical form with what is in scope`() throws {
        let tree = try XMLTree(
            Array("<a xmlns='u:a' xmlns:b='u:b'>\n<c z='1' y='2'/><!--d--></a>".utf8))
        let child = try #require(tree.root.children.first)

        #expect(child.name == "c" && child.namespace == "u:a" && child.attribute("y") == "2")
        #expect(
            try Self.text(child.canonical(.exclusive)) == "<c xmlns=\"u:a\" y=\"2\" z=\"1\"></c>")
        #expect(
            try Self.text(child.canonical(.inclusive))
                == "<c xmlns=\"u:a\" xmlns:b=\"u:b\" y=\"2\" z=\"1\"></c>")
        #expect(
            try Self.text(tree.root.canonical(.exclusiveWithComments))
                == "<a xmlns=\"u:a\">\n<c y=\"2\" z=\"1\"></c><!--d--></a>")
    }

    @Test func `elements are left out with the space before them or without it`() throws {
        let tree = try XMLTree(Array("<a>\n <b/>\n <c/>\n</a>".utf8))
        let last = tree.root.children.suffix(1)

        let bare = try tree.root.canonical(.second, without: Array(last))
        let trimmed = try tree.root.canonical(.second, without: Array(last), withSpace: true)

        #expect(Self.text(bare) == "<a>\n <b></b>\n \n</a>")
        #expect(Self.text(trimmed) == "<a>\n <b></b>\n</a>")
    }

    @Test(arguments: [
        "", "<a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a b='&#0;'/>",
        String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200),
        "<a>" + String(repeating: "<b/>", count: 400_001) + "</a>",
    ])
    func `what a stream refuses, and too many parts, are refused`(_ text: String) {
        #expect(throws: XMLFailure.self) { try XMLTree(Array(text.utf8)) }
    }
}
