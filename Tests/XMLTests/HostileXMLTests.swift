import Foundation
import Testing
import XML

@Suite struct HostileXMLTests {
    private static let anything = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>
        """

    /// Reads to the end in each of the ways there are; gives the reason of each refusal.
    private static func reasons(_ text: String) throws -> [XMLFailure.Reason?] {
        let read: [() throws -> Void] = [
            {
                let reader = try XMLReader(source: Sample.source(text))
                while try reader.next() != nil {}
            },
            { _ = try FlatDocument.read(Array(text.utf8), limit: 1 << 24) },
            { _ = try SchemaValidator(anything).validate(Sample.source(text)) },
        ]
        return try read.map { way in
            do {
                try way()
                return nil
            } catch let failure as XMLFailure {
                return failure.reason
            }
        }
    }

    @Test func `refuses every hostile document of the fixtures`() throws {
        guard let folder = Sample.fixtures("hostile/xml") else { return }
        let harmless = ["simple.xml", "simple-ns.xml"]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count > 5)
        for name in names where !harmless.contains(name) {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)

            let reasons = try Self.reasons(text)

            #expect(reasons.allSatisfy { $0 == .documentType }, "\(name): \(reasons)")
        }
    }

    @Test(arguments: [
        "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]><a/>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'/>", "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>",
    ])
    func `refuses a document type whatever it says`(text: String) throws {
        #expect(try Self.reasons(text) == [.documentType, .documentType, .documentType])
    }

    @Test func `spends no time on entities that grow`() throws {
        var text = "<!DOCTYPE a [<!ENTITY e0 'xxxxxxxxxx'>"
        for index in 1...30 {
            text += "<!ENTITY e\(index) '" + String(repeating: "&e\(index - 1);", count: 10) + "'>"
        }
        text += "]><a b='&e30;'>&e30;</a>"
        let start = ContinuousClock.now

        let reasons = try Self.reasons(text)

        #expect(reasons.allSatisfy { $0 != nil })
        #expect(start.duration(to: .now) < .seconds(2))
    }

    @Test func `ends at once on deep nesting`() throws {
        let reasons = try Self.reasons(String(repeating: "<a>", count: 1_000_000))

        #expect(reasons == [.limit, .limit, .limit])
    }

    @Test func `survives every truncation and every changed byte of a document`() throws {
        let text =
            "<?xml version=\"1.0\"?><a b=\"&#x9;\" xmlns:c='d'><e>Hồ &amp; <![CDATA[x]]></e><!-- y --><?z z?></a>"
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            for byte: UInt8 in [0x00, 0x26, 0x3C, 0x3E, 0x22, 0x5B, 0xC3, 0xFF] {
                var changed = bytes
                changed[index] = byte
                _ = try? FlatDocument.read(changed, limit: 1000)
            }
            #expect(throws: XMLFailure.self) {
                try FlatDocument.read(Array(bytes[..<index]), limit: 1000)
            }
        }
    }

    @Test func `bounds what it says of a fault`() throws {
        let name = String(repeating: "a", count: 40_000)
        let mark = "e" + String(repeating: "\u{301}", count: 20_000)

        for text in ["<a></\(name)>", "<a></b\(mark)>"] {
            let failure = #expect(throws: XMLFailure.self) {
                let reader = try XMLReader(source: Sample.source(text))
                while try reader.next() != nil {}
            }
            #expect((failure?.text.unicodeScalars.count ?? 0) < 600)
        }
    }
}
