import Records
import Testing

/// Links as people write them.
@Suite struct LinkTextTests {
    private let uuid = "urn:uuid:5D0F5A0C-9F6B-4B0E-8C0E-0D8C6E3B2A11"

    @Test func `a target is told apart by its form`() throws {
        let object = try #require(ObjectIdentifier(uuid))
        #expect(LinkTarget(uuid) == .record(object, document: nil))
        #expect(LinkTarget(" \(uuid.lowercased())#12 ") == .record(object, document: 12))
        #expect(
            LinkTarget("5d0f5a0c-9f6b-4b0e-8c0e-0d8c6e3b2a11") == .record(object, document: nil))
        for text in ["outside:P4.88", "https://a.vn/x", "doi:10.1/2", "urn:isbn:1"] {
            #expect(LinkTarget(text) == .outside(text))
        }
        for text in ["H61.12.2024.1.CĐS", "12/QĐ-UBND", ":x", "H61:x", uuid + "#0", "đ:x"] {
            #expect(LinkTarget(text)?.text == text)
        }
        for text in ["", "  ", "a\u{1}", "a\nb", "a\u{85}", String(repeating: "x", count: 501)] {
            #expect(LinkTarget(text) == nil)
        }
    }

    @Test func `text and link are each other's`() throws {
        for text in ["part-of \(uuid)#3", "answers 12/QĐ UBND", "replaces outside:a b"] {
            #expect(try Link(text).text == text)
        }
        #expect(throws: Link.Fault.kind("parts")) { try Link("parts x") }
        #expect(throws: Link.Fault.kind("")) { try Link("") }
        #expect(throws: Link.Fault.target) { try Link("answers") }
    }

    @Test func `lines hold each link once, and what is none is left out`() {
        let links = Link.list("answers a\nnonsense\nanswers a\npart-of b")
        #expect(links.map(\.text) == ["answers a", "answers a", "part-of b"])
        #expect(Link.lines(links) == "answers a\npart-of b")
        #expect(Link.list(nil).isEmpty)
    }
}
