import Testing

@testable import Formats

struct HostileFileTests {
    @Test(arguments: IdentificationTests.expectations)
    func `survives a file that was cut anywhere`(_ sample: Expectation) throws {
        for length in 0..<min(sample.bytes.count, 600) {
            _ = try identified(Array(sample.bytes.prefix(length)), sample.name)
        }
    }

    @Test(arguments: IdentificationTests.expectations)
    func `survives a file whose numbers were overwritten`(_ sample: Expectation) throws {
        guard sample.bytes.count >= 8 else { return }
        for start in 0..<min(sample.bytes.count - 4, 900) {
            for filling: UInt8 in [0xFF, 0x7F, 0x00] {
                var bytes = sample.bytes
                bytes.replaceSubrange(
                    start..<(start + 4), with: [UInt8](repeating: filling, count: 4))
                _ = try identified(bytes, sample.name)
            }
        }
    }

    @Test func `reads only pieces of a large file`() throws {
        let starts = IdentificationTests.expectations.map(\.bytes)

        for start in starts {
            let file = MemoryFile(start + [UInt8](repeating: 0xFF, count: 4 << 20))
            _ = try FormatIdentifier(pages: { PDFPages.count(at: $0) }).identify(
                file, name: "a.tif", size: Int64(file.bytes.count))
            #expect(file.bytesRead < 1 << 20)
        }
    }

    @Test func `survives a size that is not the file's`() throws {
        let bytes = ZIPSample.openDocument("text", version: "1.2")

        for size in [Int64.min, -1, 0, 1, .max] {
            _ = try FormatIdentifier(pages: { PDFPages.count(at: $0) }).identify(
                MemoryFile(bytes), name: "a.odt", size: size)
        }
    }

    @Test func `stops inflating at its limit`() {
        // Five thousand zero bytes.
        let bomb: [UInt8] = Samples.hex("edc13101000000c2a0f54f6d0a3fa00000000080b701")

        #expect(DeflatedPrefix.inflate(bomb, limit: 100).count <= 100)
        #expect(DeflatedPrefix.inflate(bomb, limit: 100).allSatisfy { $0 == 0 })
    }

    @Test func `inflates all three kinds of block`() {
        let stored: [UInt8] = [0x01, 0x03, 0x00, 0xFC, 0xFF, 0x61, 0x62, 0x63]
        let fixed: [UInt8] = [0x4B, 0x4C, 0x4A, 0x4E, 0x04, 0x23, 0x00]

        #expect(DeflatedPrefix.inflate(stored, limit: 64) == Array("abc".utf8))
        #expect(DeflatedPrefix.inflate(fixed, limit: 64) == Array("abcabcabc".utf8))
        #expect(DeflatedPrefix.inflate(Self.dynamic, limit: 8192) == Array(Self.dynamicText.utf8))
    }

    @Test func `inflating noise ends and never goes past the limit`() {
        var random = SystemRandomNumberGenerator()

        for _ in 0..<2000 {
            let noise = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            #expect(DeflatedPrefix.inflate(noise, limit: 512).count <= 512)
        }
    }

    private static var dynamicText: String {
        (0..<60).map { number in
            "<manifest:file-entry manifest:full-path=\"Pictures/\(number * 7919 % 1000).png\"/>"
        }.joined()
    }

    private static let dynamic = Samples.hex(
        ""
            + "a5d6316a03410c85e1ab04f78e471a6924192767c8154c58270b9bc5d8eb22b74f1552e7bd76e0c1"
            + "141fe23f7d9dd7f932ddb7e3655ea6fdb46eb7efa7bfb7c7b2ecafe7edf365f736bf6f8fdb743fb4"
            + "e7ebfab13bbc9efebd2c29789b3de16d78c0db1103de7a39be1583b7d63bbcedaef05643e0ad14ee"
            + "4a1aee4a71566538ab1c38ab489c55349cd5509c951bceca06ceaa27ce4a8b6025b82be9b82bc759"
            + "55e0acb270562938abe838abe1382b0f9c9525ceca1aceaa2bce4a0d7725837085b3c251952af161"
            + "1c558c46644a11999244a604912983c8142732c5884cc15d89e0ae3aceaabc11995244a610c5de88"
            + "6257a2d8cd894c218e5512c5de8862d75f573f")
}
