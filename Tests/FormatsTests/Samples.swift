import Records

/// Files of every known format, made of as few bytes as show it.
enum Samples {
    static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func hex(_ text: String) -> [UInt8] {
        Hexadecimal.bytes(of: text.filter { $0 != " " }) ?? []
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func pdfA(_ version: String, part: String, level: String) -> [UInt8] {
        ascii(
            "%PDF-\(version)\n1 0 obj\n<x xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
                + "<pdfaid:part>\(part)</pdfaid:part>"
                + (level.isEmpty ? "" : "<pdfaid:conformance>\(level)</pdfaid:conformance>"))
    }

    static func png(_ chunks: [String]) -> [UInt8] {
        hex("89504E470D0A1A0A 0000000D49484452") + [UInt8](repeating: 0, count: 17)
            + (chunks + ["IEND"]).flatMap { hex("00000000") + ascii($0) + hex("00000000") }
    }

    /// Three frames of MPEG-1 layer III at 128 kbit/s and 44.1 kHz.
    static var mp3: [UInt8] {
        [0, 1, 2].flatMap { _ in hex("FFFB9000") + [UInt8](repeating: 0, count: 413) }
    }

    /// Three ADTS frames of 16 bytes.
    static var aac: [UInt8] {
        [0, 1, 2].flatMap { _ in hex("FFF15080021FFC") + [UInt8](repeating: 0, count: 9) }
    }

    /// An ASF header with one stream: `audio` or `video` with the codec's bytes.
    static func asf(video: Bool, codec: [UInt8]) -> [UInt8] {
        let kind = video ? "C0EF19BC4D5BCF11A8FD00805F5C442B" : "409E69F84D5BCF11A8FD00805F5C442B"
        var stream =
            hex("9107DCB7B7A9CF118EE600C00C205365") + little(160, 8) + hex(kind)
            + [UInt8](repeating: 0, count: 120)
        let place = video ? 105 : 78
        stream.replaceSubrange(place..<(place + codec.count), with: codec)
        return hex("3026B2758E66CF11A6D900AA0062CE6C") + little(30 + 160, 8) + little(1, 4)
            + [1, 2] + stream
    }

    static func tiff(tags: [Int]) -> [UInt8] {
        hex("49492A00 08000000") + little(tags.count, 2)
            + tags.flatMap { little($0, 2) + [UInt8](repeating: 0, count: 10) } + little(0, 4)
    }
}

/// A ZIP file made entry by entry; deflated data are given as they are.
struct ZIPSample {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    func adding(_ name: String, _ data: [UInt8], method: Int = 0) -> ZIPSample {
        var copy = self
        let little = Samples.little
        let sizes = little(data.count, 4) + little(data.count, 4)
        let facts = little(20, 2) + little(0, 2) + little(method, 2) + little(0, 8) + sizes
        copy.directory +=
            little(0x0201_4B50, 4) + little(20, 2) + facts + little(name.utf8.count, 2)
            + little(0, 12) + little(body.count, 4) + Array(name.utf8)
        copy.body +=
            little(0x0403_4B50, 4) + facts + little(name.utf8.count, 2) + little(0, 2)
            + Array(name.utf8) + data
        copy.count += 1
        return copy
    }

    var bytes: [UInt8] {
        let little = Samples.little
        return body + directory + little(0x0605_4B50, 4) + little(0, 4) + little(count, 2)
            + little(count, 2) + little(directory.count, 4) + little(body.count, 4) + little(0, 2)
    }

    static func openDocument(_ kind: String, version: String) -> [UInt8] {
        ZIPSample()
            .adding("mimetype", Samples.ascii("application/vnd.oasis.opendocument." + kind))
            .adding(
                "META-INF/manifest.xml",
                Samples.ascii("<manifest:manifest manifest:version=\"\(version)\">")
            ).bytes
    }

    static func openXML(_ type: String, relations: String = "schemas.openxmlformats.org") -> [UInt8]
    {
        ZIPSample()
            .adding("word/document.xml", [])
            .adding("_rels/.rels", Samples.ascii(relations))
            .adding(
                "[Content_Types].xml",
                Samples.ascii("application/vnd.openxmlformats-officedocument.\(type).main+xml")
            ).bytes
    }
}

/// A compound file of 512-byte sectors: header, one directory sector, one allocation sector, data.
enum CompoundSample {
    static func bytes(_ streams: [String], data: [UInt8] = [], nested: Bool = false) -> [UInt8] {
        let little = Samples.little
        var header = Samples.hex("D0CF11E0A1B11AE1") + [UInt8](repeating: 0, count: 504)
        header.replaceSubrange(30..<32, with: little(9, 2))
        header.replaceSubrange(48..<52, with: little(0, 4))
        header.replaceSubrange(76..<80, with: little(1, 4))
        var directory = entry("Root Entry", right: 0xFFFF_FFFF, child: nested ? 0xFFFF_FFFF : 1)
        for (index, name) in streams.enumerated() {
            let next = index + 1 < streams.count ? index + 2 : 0xFFFF_FFFF
            directory += entry(name, right: next, child: 0xFFFF_FFFF)
        }
        directory += [UInt8](repeating: 0, count: max(0, 512 - directory.count))
        let allocation = (0..<128).flatMap { _ in little(0xFFFF_FFFE, 4) }
        return header + directory + allocation + data + [UInt8](repeating: 0, count: 512)
    }

    private static func entry(_ name: String, right: Int, child: Int) -> [UInt8] {
        let little = Samples.little
        let units = name.utf16.flatMap { little(Int($0), 2) }
        return units + [UInt8](repeating: 0, count: 64 - units.count) + little(units.count + 2, 2)
            + [2, 1] + little(0xFFFF_FFFF, 4) + little(right, 4) + little(child, 4)
            + [UInt8](repeating: 0, count: 36) + little(2, 4) + little(4096, 4) + little(0, 4)
    }
}
