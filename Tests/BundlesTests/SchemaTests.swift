import Testing
import XML

@testable import Bundles

@Suite struct SchemaTests {
    typealias Kind = BundleSchemas.Kind

    private static let good: [Kind: String] = [
        .mets: Instance.mets, .premis: Instance.premis, .dossier: Instance.dossier,
        .document: Instance.document,
        .picture: Instance.picture, .recording: Instance.recording,
        .arrangement: Instance.arrangement,
    ]

    private static func violations(_ text: String, _ kind: Kind) throws -> [SchemaViolation] {
        let bytes = Array(text.utf8)
        var offset = 0
        return try kind.validator().validate { buffer in
            let count = min(buffer.count, bytes.count - offset)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
    }

    @Test(arguments: Kind.allCases)
    func `accepts a file as the profile wants it`(kind: Kind) throws {
        let text = try #require(Self.good[kind])

        #expect(try Self.violations(text, kind) == [])
    }

    @Test(arguments: Kind.allCases)
    func `refuses a file of every other kind`(kind: Kind) throws {
        for (other, text) in Self.good where other != kind {
            #expect(try !Self.violations(text, kind).isEmpty, "\(other)")
        }
    }

    @Test(arguments: [Kind.dossier, .document, .picture, .recording, .arrangement])
    func `refuses an element that is unknown, repeated, empty or has children`(kind: Kind) throws {
        let text = try #require(Self.good[kind])
        let close = text.contains("</simpledc>") ? "</simpledc>" : "</arrangement>"
        let first = try #require(text.split(separator: "\n").dropFirst().first)
        let name = try #require(first.split(separator: ">").first) + ">"

        for wrong in ["<other>1</other>", String(first)] {
            #expect(
                try !Self.violations(text.replacing(close, with: wrong + close), kind).isEmpty,
                "\(wrong)")
        }
        let end = "</" + name.dropFirst()
        for wrong in ["\(name)\(end)", "\(name)<b/>\(end)"] {
            #expect(
                try !Self.violations(text.replacing(first, with: wrong), kind).isEmpty, "\(wrong)")
        }
    }

    /// Elements that must be there, by kind (TT 05/2025 Annex I).
    private static let required: [Kind: [String]] = [
        .dossier: [
            "arcFileCode", "title", "maintenance", "mode", "language", "startDate", "endDate",
            "totalDoc",
            "numberOfPage", "riskRecovery",
        ],
        .document: [
            "arcFileCode", "mode", "language", "numberOfPage", "docCode", "docOrdinal", "typeName",
            "issuedDate",
            "organName", "subject",
        ],
        .picture: ["docCode", "maintenance", "typePic"],
        .recording: ["docCode", "maintenance", "typeMedia"],
        .arrangement: [],
    ]

    @Test(arguments: [Kind.dossier, .document, .picture, .recording, .arrangement])
    func `misses exactly the elements that the circular requires`(kind: Kind) throws {
        let text = try #require(Self.good[kind])
        let lines = text.split(separator: "\n")
        for line in lines.dropFirst().dropLast() {
            let name = String(line.dropFirst().prefix { $0 != ">" })

            let violations = try Self.violations(text.replacing(line, with: ""), kind)

            #expect(!violations.isEmpty == Self.required[kind]?.contains(name), "\(name)")
        }
    }

    @Test func `takes the elements of a description in any order`() throws {
        let lines = Instance.dossier.split(separator: "\n")
        let turned = [lines[0]] + lines.dropFirst().dropLast().reversed() + [lines[lines.count - 1]]

        #expect(try Self.violations(turned.joined(separator: "\n"), .dossier) == [])
    }

    @Test(
        arguments: [
            (Kind.dossier, "maintenance>01", "maintenance>08"), (.dossier, "mode>01", "mode>1"),
            (.dossier, "language>01;11", "language>12"),
            (.dossier, "language>01;11", "language>01;"),
            (.dossier, "startDate>01/02/2020", "startDate>1/2/2020"),
            (.dossier, "endDate>2020", "endDate>2020-01-01"),
            (.dossier, "totalDoc>2", "totalDoc>-2"),
            (.dossier, "totalDoc>2", "totalDoc>12345678901"),
            (.dossier, "riskRecovery>1", "riskRecovery>true"),
            (.dossier, "<simpledc>", "<simpledc a=\"b\">"),
            (.document, "typeName>32", "typeName>33"), (.document, "typeName>32", "typeName>00"),
            (.document, "issuedDate>01/02/2020", "issuedDate>2020"),
            (.document, "numberOfPage>4", "numberOfPage>12345"),
            (.document, "codeNumber>12", "codeNumber>123456789012"),
            (.document, "process>0", "process>2"),
            (.picture, "typePic>02", "typePic>03"), (.picture, "colour>01", "colour>đỏ"),
            (.recording, "typeMedia>01", "typeMedia>0"),
            (.recording, "playTime>00:10:00", "playTime>000:10:00"),
        ] as [(Kind, String, String)])
    func `refuses a value that the circular does not list`(kind: Kind, from: String, to: String)
        throws
    {
        let text = try #require(Self.good[kind])
        try #require(text.contains(from))

        #expect(try Self.violations(text.replacing(from, with: to), kind).count > 0, "\(to)")
    }

    @Test func `counts characters and not bytes where the circular limits length`() throws {
        func titled(_ length: Int) -> String {
            Instance.dossier.replacing("Hồ sơ", with: String(repeating: "ồ", count: length))
        }

        #expect(try Self.violations(titled(1000), .dossier) == [])
        #expect(try !Self.violations(titled(1001), .dossier).isEmpty)
    }

    @Test(
        arguments: [
            (Kind.mets, "SIZE=\"0\"", "SIZE=\"-1\""), (.mets, "SIZE=\"0\" ", ""),
            (.mets, "SHA-256", "MD5"),
            (.mets, "CHECKSUM=\"0", "CHECKSUM=\""), (.mets, "CHECKSUM=\"0", "CHECKSUM=\"g"),
            (.mets, "CREATEDATE=\"2026", "CREATEDATE=\"26"),
            (.mets, "STATUS=\"CURRENT\"", "STATUS=\"OLD\""),
            (.mets, "OBJID=\"rep1\"", ""), (.mets, "ID=\"v0\"", "ID=\"0v\""),
            (.mets, "ID=\"v0\"", "ID=\"v 0\""),
            (.mets, "FILEID=\"g1\"", "FILEID=\"g1 g2\""), (.mets, "FILEID=\"g1\"", ""),
            (.mets, "<fptr FILEID", "<area FILEID"),
            (.mets, "<altRecordID", "<agent ROLE=\"a\"/><altRecordID"),
            (.mets, "http://www.loc.gov/METS/", "http://www.loc.gov/METS"),
            (.mets, "USE=\"Data\"", "USES=\"Data\""),
            (.premis, "version=\"3.0\"", "version=\"2.2\""), (.premis, "version=\"3.0\"", ""),
            (.premis, "xsi:type=\"file\"", "xsi:type=\"bitstream\""),
            (.premis, " xsi:type=\"file\"", ""),
            (.premis, "<size>12", "<size>-12"), (.premis, "<messageDigest>0", "<messageDigest>"),
            (.premis, "<eventDateTime>2026", "<eventDateTime>"),
            (.premis, "<agentName>luutru</agentName>", ""),
            (.premis, "<size>12</size>", "<size>12</size><size>12</size>"),
        ] as [(Kind, String, String)])
    func `refuses METS and PREMIS that the profile does not know`(
        kind: Kind, from: String, to: String
    ) throws {
        let text = try #require(Self.good[kind])
        try #require(text.contains(from))

        #expect(
            try Self.violations(text.replacing(from, with: to), kind).count > 0, "\(from) → \(to)")
    }

    @Test func `gives every schema a name, and each once`() {
        let names = BundleSchemas.all.map(\.name)

        #expect(Set(names).count == Kind.allCases.count)
        #expect(names == names.sorted())
        #expect(BundleSchemas.all.allSatisfy { $0.text.hasSuffix("</xs:schema>\n") })
    }
}
