import Testing

@testable import XML

struct PlainElementsTests {
    private static let prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let names: [StaticString] = ["object", "size", "originalName"]

    /// What the elements say, as lines; nil where the form is another.
    private func lines(_ bytes: [UInt8]) -> [String]? {
        var lines: [String] = []
        let isPlain = PlainElements.scan(bytes, names: Self.names) { event in
            switch event {
            case .start(let name, let tag):
                lines.append("<\(name ?? -1) \(tag.has("type=\"file\""))")
            case .end(let name, let text): lines.append(">\(name ?? -1) \(text.string)")
            }
        }
        return isPlain ? lines : nil
    }

    private func lines(_ text: String) -> [String]? { lines(Array((Self.prolog + text).utf8)) }

    @Test func `reads elements, attributes and texts of the archive's own form`() {
        let text =
            "<list xmlns=\"http://x\"><object type=\"file\"><size>12</size>\n"
            + "<originalName>Tờ trình &amp; &lt;1&gt;</originalName></object></list>\n"

        #expect(
            lines(text) == [
                "<-1 false", "<0 true", "<1 false", ">1 12", "<2 false", ">2 Tờ trình & <1>",
                ">0 ", ">-1 ",
            ])
    }

    @Test(arguments: [
        "<list><!-- x --></list>\n", "<list><![CDATA[x]]></list>\n", "<list><?x y?></list>\n",
        "<!DOCTYPE list><list></list>\n", "<list>&x;</list>\n", "<list>&#65;</list>\n",
        "<list>a > b</list>\n", "<list/>\n", "<list a='b'></list>\n", "<list a=\"&lt;\"></list>\n",
        "<list></lists>\n", "<list></list", "<list><size></list></size>\n", "<list>", "", "<",
        "<list></list>x", "x<list></list>\n", "<list></list><list></list>\n",
        "<list>\u{FFFF}</list>\n", "<list>\u{1}</list>\n", "<list>\r\n</list>\n",
        "<list a=\"b></list>\n", "<list a></list>\n", "<list a=\"b\"", "<list a=\"",
        String(repeating: "<size>", count: 40) + String(repeating: "</size>", count: 40),
    ])
    func `leaves every other form to libxml2`(_ text: String) {
        #expect(lines(text) == nil)
    }

    @Test func `leaves malformed UTF-8 and other prologs to libxml2`() {
        let start = Array((Self.prolog + "<size>").utf8)

        #expect(lines(start + [0xC3] + Array("</size>".utf8)) == nil)
        #expect(lines(Array("<size></size>".utf8)) == nil)
    }
}
