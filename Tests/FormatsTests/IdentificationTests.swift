import Files
import Formats
import Records
import Testing

/// A made file, and what it must be called.
struct Expectation: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let puid: String?
    let version: String?
    let mimeType: String
    let basis: FormatIdentification.Basis

    init(
        _ name: String, _ bytes: [UInt8], _ puid: String?, _ mimeType: String,
        version: String? = nil, basis: FormatIdentification.Basis = .signature
    ) {
        self.name = name
        self.bytes = bytes
        self.puid = puid
        self.version = version
        self.mimeType = mimeType
        self.basis = basis
    }

    var testDescription: String { name + " " + (puid ?? "-") }
}

func identified(_ bytes: [UInt8], _ name: String) throws -> FormatIdentification {
    try FormatIdentifier(pages: { PDFPages.count(at: $0) }).identify(
        MemoryFile(bytes), name: name, size: Int64(bytes.count))
}

struct IdentificationTests {
    @Test(arguments: expectations)
    func `calls a made file what it is`(_ expected: Expectation) throws {
        let found = try identified(expected.bytes, expected.name)

        #expect(found.puid == expected.puid)
        #expect(found.mimeType == expected.mimeType)
        #expect(found.basis == expected.basis)
        if let version = expected.version { #expect(found.version == version) }
    }

    @Test func `names every PDF version by its own number`() throws {
        let numbers = [
            "1.0": "fmt/14", "1.1": "fmt/15", "1.2": "fmt/16", "1.3": "fmt/17", "1.4": "fmt/18",
            "1.5": "fmt/19", "1.6": "fmt/20", "1.7": "fmt/276", "2.0": "fmt/1129",
        ]

        for (version, puid) in numbers {
            let found = try identified(Samples.ascii("%PDF-\(version)\n"), "a.bin")
            #expect(found.puid == puid)
            #expect(found.version == version)
        }
    }

    @Test func `names every PDF-A level by its own number`() throws {
        let numbers = [
            "1A": "fmt/95", "1B": "fmt/354", "2A": "fmt/476", "2B": "fmt/477", "2U": "fmt/478",
            "3A": "fmt/479", "3B": "fmt/480", "3U": "fmt/481", "4": "fmt/1910", "4E": "fmt/1911",
            "4F": "fmt/1912",
        ]

        for (claim, puid) in numbers {
            let bytes = Samples.pdfA(
                claim.hasPrefix("4") ? "2.0" : "1.7", part: String(claim.prefix(1)),
                level: String(claim.dropFirst()))
            #expect(try identified(bytes, "a.pdf").puid == puid)
        }
    }

    @Test func `finds the PDF-A claim at the end of a large file`() throws {
        let claim = Samples.pdfA("1.7", part: "2", level: "B")
        let bytes = Samples.ascii("%PDF-1.7\n") + [UInt8](repeating: 0x20, count: 3 << 20) + claim

        #expect(try identified(bytes, "a.pdf").puid == "fmt/477")
    }

    @Test func `hears a PDF-A claim that is written in UTF-16`() throws {
        let claim = Samples.pdfA("1.4", part: "1", level: "B").dropFirst(8)
        let bytes = Samples.ascii("%PDF-1.4") + claim.flatMap { [0, $0] }

        #expect(try identified(bytes, "a.pdf").puid == "fmt/354")
    }

    @Test func `gives no number to a PDF whose metadata contradict themselves`() throws {
        let twice =
            Samples.pdfA("1.7", part: "2", level: "B") + Samples.pdfA("1.7", part: "3", level: "B")
        let older = Samples.pdfA("2.0", part: "1", level: "B")
        let unknown = Samples.pdfA("1.7", part: "9", level: "Z")

        for bytes in [twice, older, unknown] {
            let found = try identified(bytes, "a.pdf")
            #expect(found.puid == nil)
            #expect(found.version == nil)
            #expect(found.name.contains("PDF/A"))
        }
    }

    @Test func `does not take the word of a text that only mentions PDF-A`() throws {
        let bytes = Samples.ascii("%PDF-1.4\n(pdfaid:part>1< pdfaid:conformance>B<)")

        #expect(try identified(bytes, "a.pdf").puid == "fmt/18")
    }

    @Test func `passes on what the disk reports`() {
        let file = MemoryFile(Samples.ascii("%PDF-1.4"), failing: true)

        #expect(throws: FileFailure.self) {
            try FormatIdentifier(pages: { PDFPages.count(at: $0) }).identify(
                file, name: "a.pdf", size: 8)
        }
    }

    static let expectations: [Expectation] = pictures + recordings + documents + names

    private static let pictures: [Expectation] = [
        .init("a", Samples.ascii("GIF87a"), "fmt/3", "image/gif", version: "87a"),
        .init("a", Samples.ascii("GIF89a"), "fmt/4", "image/gif", version: "89a"),
        .init("a.png", Samples.png(["tEXt", "IDAT"]), "fmt/11", "image/png", version: "1.0"),
        .init("a.png", Samples.png(["sRGB", "IDAT"]), "fmt/12", "image/png", version: "1.1"),
        .init(
            "a.png", Samples.png(["iCCP", "IDAT", "iTXt"]), "fmt/13", "image/png", version: "1.2"),
        .init("a.png", Samples.png(["acTL", "IDAT"]), nil, "image/png"),
        .init("a", Samples.hex("FFD8FFE000104A464946000100"), "fmt/42", "image/jpeg"),
        .init("a", Samples.hex("FFD8FFE000104A464946000101"), "fmt/43", "image/jpeg"),
        .init("a", Samples.hex("FFD8FFE000104A464946000102"), "fmt/44", "image/jpeg"),
        .init("a", Samples.hex("FFD8FFDB00"), nil, "image/jpeg"),
        .init(
            "a",
            Samples.hex("FFD8FFE10040457869660000 49492A0008000000 0090 0700 04000000 30323231"),
            "fmt/645", "image/jpeg", version: "2.21"),
        .init(
            "a",
            Samples.hex("FFD8FFE10040457869660000 4D4D002A00000008 9000 0007 00000004 30323230"),
            "x-fmt/391", "image/jpeg", version: "2.2"),
        .init("a.tif", Samples.tiff(tags: [256, 257]), "fmt/353", "image/tiff"),
        .init("a.tif", Samples.tiff(tags: [256, 34735]), nil, "image/tiff"),
        .init("a.nef", Samples.tiff(tags: [256, 257]), nil, "image/tiff"),
    ]

    private static let recordings: [Expectation] = [
        .init("a", Samples.hex("52494646 00000000 41564920"), "fmt/5", "video/x-msvideo"),
        .init("a", Samples.hex("52494646 00000000 57415645"), nil, "audio/x-wav"),
        .init(
            "a", Samples.asf(video: true, codec: Samples.ascii("WMV3")), "fmt/133", "video/x-ms-wmv"
        ),
        .init("a", Samples.asf(video: true, codec: Samples.ascii("WVC1")), nil, "video/x-ms-wmv"),
        .init("a", Samples.asf(video: false, codec: [0x61, 0x01]), "fmt/132", "audio/x-ms-wma"),
        .init(
            "a", Samples.asf(video: true, codec: Samples.ascii("XVID")), "fmt/131",
            "application/vnd.ms-asf"),
        .init(
            "a", Samples.hex("00000018") + Samples.ascii("ftypisom0000isom"), "fmt/199", "video/mp4"
        ),
        .init(
            "a", Samples.hex("00000018") + Samples.ascii("ftypM4A 0000mp42"), "fmt/199", "audio/mp4"
        ),
        .init(
            "a", Samples.hex("00000018") + Samples.ascii("ftypqt  0000qt  "), "x-fmt/384",
            "video/quicktime"),
        .init(
            "a", Samples.hex("00000018") + Samples.ascii("ftypheic0000mif1"), nil,
            "application/octet-stream", basis: .unknown),
        .init("a", Samples.hex("000001BA 21000100010000 00 00000000 000001BB"), nil, "video/mpeg"),
        .init("a", Samples.hex("000001BA 2100010001800001 000001BB"), "x-fmt/385", "video/mpeg"),
        .init(
            "a", Samples.hex("000001BA 44000400040101 89C3F8 000001BB"), "x-fmt/386", "video/mpeg"),
        .init("a", Samples.hex("000001B3 1400"), nil, "video/mpeg"),
        .init("a", Samples.mp3, "fmt/134", "audio/mpeg"),
        .init(
            "a", Samples.hex("49443303000000000005 0000000000") + Samples.mp3, "fmt/134",
            "audio/mpeg"),
        .init("a", Samples.aac, nil, "audio/aac"),
    ]

    private static let documents: [Expectation] = [
        .init("a", Samples.ascii("{\\rtf1\\ansi}"), nil, "application/rtf"),
        .init("a", Samples.ascii("<?xml version=\"1.0\"?><a/>"), "fmt/101", "application/xml"),
        .init("a", Samples.ascii("<?xml version=\"1.0\"?><svg/>"), nil, "application/xml"),
        .init("a", Samples.ascii("<!DOCTYPE html><p>"), "fmt/471", "text/html", version: "5"),
        .init("a", Samples.ascii("\n <HTML><p>"), nil, "text/html"),
        .init("a", ZIPSample().adding("a.txt", [1]).bytes, "x-fmt/263", "application/zip"),
        .init(
            "a.zip", Array(ZIPSample().adding("a.txt", [1]).bytes.dropLast(12)), nil,
            "application/zip"),
        .init(
            "a", ZIPSample.openXML("wordprocessingml.document"), "fmt/412",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        .init(
            "a", ZIPSample.openXML("spreadsheetml.sheet"), "fmt/214",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        .init(
            "a", ZIPSample.openXML("presentationml.presentation"), "fmt/215",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        .init(
            "a", ZIPSample.openXML("wordprocessingml.document", relations: "purl.oclc.org/ooxml"),
            nil, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        .init("a.docx", ZIPSample.openXML("ms-word.template"), nil, "application/zip"),
        .init(
            "a", ZIPSample.openDocument("text", version: "1.2"), "fmt/291",
            "application/vnd.oasis.opendocument.text", version: "1.2"),
        .init(
            "a", ZIPSample.openDocument("spreadsheet", version: "1.1"), "fmt/294",
            "application/vnd.oasis.opendocument.spreadsheet"),
        .init(
            "a", ZIPSample.openDocument("presentation", version: "9.9"), nil,
            "application/vnd.oasis.opendocument.presentation"),
        .init("a", CompoundSample.bytes(["Other"]), "fmt/111", "application/x-ole-storage"),
        .init(
            "a",
            CompoundSample.bytes(
                ["WordDocument"], data: Samples.hex("ECA5C100 00000000 0000 0000")),
            "fmt/40", "application/msword"),
        .init(
            "a",
            CompoundSample.bytes(
                ["WordDocument"], data: Samples.hex("ECA5C100 00000000 0000 0001")),
            nil, "application/msword"),
        .init(
            "a",
            CompoundSample.bytes(
                ["WordDocument"], data: Samples.hex("DCA56800 00000000 0000 0000")),
            "fmt/39", "application/msword"),
        .init("a", CompoundSample.bytes(["Workbook"]), nil, "application/vnd.ms-excel"),
        .init(
            "a", CompoundSample.bytes(["Current User", "PowerPoint Document"]), "fmt/126",
            "application/vnd.ms-powerpoint"),
        .init(
            "a", CompoundSample.bytes(["EncryptedPackage"]), "fmt/494",
            "application/x-ole-storage"),
        .init(
            "a", CompoundSample.bytes(["WordDocument"], nested: true), "fmt/111",
            "application/x-ole-storage"),
    ]

    private static let names: [Expectation] = [
        .init("a.TXT", Samples.ascii("Điều 1"), "x-fmt/111", "text/plain", basis: .name),
        .init("a.txt", [0, 1, 2, 3], nil, "text/plain", basis: .name),
        .init("a.csv", Samples.ascii("a,b"), nil, "text/csv", basis: .name),
        .init("a.pdf", Samples.ascii("hello"), nil, "application/pdf", basis: .name),
        .init("a.pdf", Samples.ascii("\n%PDF-1.4"), nil, "application/pdf"),
        .init("a.txt", Samples.ascii("on %PDF-1.4"), "x-fmt/111", "text/plain", basis: .name),
        .init(
            "a.docx", [], nil,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            basis: .name),
        .init("a.xyz", Samples.ascii("hello"), nil, "application/octet-stream", basis: .unknown),
        .init(".txt", Samples.ascii("hello"), nil, "application/octet-stream", basis: .unknown),
        .init("a.tài", [], nil, "application/octet-stream", basis: .unknown),
    ]
}
