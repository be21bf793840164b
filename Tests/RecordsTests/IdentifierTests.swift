import Records
import Testing

@Suite struct IdentifierTests {
    private static let text = "urn:uuid:0F9619FF-8B86-D011-B42D-00CF4FC964FF"

    @Test(arguments: [
        text, "urn:uuid:0f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "0f9619ff-8b86-d011-b42d-00CF4FC964FF",
        "URN:UUID:0F9619FF-8B86-D011-B42D-00CF4FC964FF",
        "urn_uuid_0F9619FF-8B86-D011-B42D-00CF4FC964FF",
    ])
    func `reads an identifier in each of its forms`(_ given: String) throws {
        let object = try #require(ObjectIdentifier(given))

        #expect(object.text == Self.text)
        #expect(object.uuidText == "0F9619FF-8B86-D011-B42D-00CF4FC964FF")
        #expect(object.fileName == "urn_uuid_0F9619FF-8B86-D011-B42D-00CF4FC964FF")
        #expect(ObjectIdentifier(object.fileName) == object)
        #expect(ObjectIdentifier(Substring(given)) == object)
    }

    @Test(arguments: [
        "", "urn:uuid:", "urn:uuid:urn:uuid:0F9619FF-8B86-D011-B42D-00CF4FC964FF",
        "0F9619FF8B86D011B42D00CF4FC964FF", "{0F9619FF-8B86-D011-B42D-00CF4FC964FF}",
        "0F9619FG-8B86-D011-B42D-00CF4FC964FF", "0F9619FF-8B86-D011-B42D-00CF4FC964F",
        "0F9619FF-8B86-D011-B42D-00CF4FC964FF0", "0F9619FF-8B86-D011-B42D-00CF4FC964FF ",
        " 0F9619FF-8B86-D011-B42D-00CF4FC964FF", "0F9619FF-8B86-D011-B42D-00CF4FC964FF\n",
        "0F9619F-F8B86-D011-B42D-00CF4FC964FF", "-0F9619FF-8B86-D011-B42D-00CF4FC964FF",
        "0F9619FF-8B86-D011-B42D-00CF4FC964\u{E9}", "../../../../../../etc/passwd",
        "urn:uuid:\u{301}0F9619FF-8B86-D011-B42D-00CF4FC964FF",
        "urn:uuid:0F9619FF-8B86-D011-B42D-00CF4FC964FG",
        "urn:uuid:0F9619FF-8B86-D011-B42D-00CF4FC964F:",
        "urn:uuid:0F9619FF-8B86-D011-B42D-00CF4FC964F@",
        "urn:uuid:0F9619FF-8B86-D011-B42D-00CF4FC964F/",
        "urn:uuid:0F9619FF0-8B86-D01-B42D-00CF4FC964FF",
        "urn:uuie:0F9619FF-8B86-D011-B42D-00CF4FC964FF",
    ])
    func `refuses what is no identifier`(_ given: String) {
        #expect(ObjectIdentifier(given) == nil)
        #expect(ObjectIdentifier(Substring(given)) == nil)
    }

    @Test func `makes random identifiers of version 4`() throws {
        var random = SeededGenerator(3)
        var seen: Set<ObjectIdentifier> = []

        for _ in 0..<1000 {
            let object = ObjectIdentifier(using: &random)
            let digits = Array(object.uuidText)
            #expect(digits[14] == "4")
            #expect("89AB".contains(digits[19]))
            #expect(ObjectIdentifier(object.text) == object)
            seen.insert(object)
        }
        #expect(seen.count == 1000)
    }

    @Test func `stands in the order of its text`() throws {
        let low = try #require(ObjectIdentifier("0F9619FF-8B86-D011-B42D-00CF4FC964FF"))
        let high = try #require(ObjectIdentifier("a09619ff-8b86-d011-b42d-00cf4fc964ff"))

        #expect(low < high)
        #expect(!(high < low) && !(low < low))
    }

    @Test(arguments: ["0", "0g", " 0", "0x", "+1", "é", "\u{FF10}\u{FF10}", "0\u{0}"])
    func `reads as hexadecimal nothing but pairs of digits`(_ given: String) {
        #expect(Hexadecimal.bytes(of: given) == nil)
    }

    @Test func `writes every byte as two small letters and reads it in either case`() {
        let bytes = (0...255).map { UInt8($0) }

        let text = Hexadecimal.text(of: bytes)

        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
        #expect(Hexadecimal.bytes(of: text) == bytes)
        #expect(Hexadecimal.bytes(of: text.uppercased()) == bytes)
        #expect(Hexadecimal.bytes(of: "") == [])
    }

    @Test(arguments: Digest.Algorithm.allCases)
    func `takes only as many bytes as a digest of the algorithm has`(_ algorithm: Digest.Algorithm)
    {
        let bytes = [UInt8](repeating: 0xAB, count: algorithm.byteCount)

        #expect(Digest(algorithm, bytes: bytes)?.hex == String(repeating: "ab", count: bytes.count))
        #expect(Digest(algorithm, hex: String(repeating: "AB", count: bytes.count))?.bytes == bytes)
        #expect(Digest(algorithm, bytes: bytes.dropLast()) == nil)
        #expect(Digest(algorithm, bytes: bytes + [0]) == nil)
        #expect(Digest(algorithm, hex: "") == nil)
        #expect(
            Digest(algorithm, hex: String(repeating: "ab", count: bytes.count - 1) + "a") == nil)
    }

    @Test func `tells what stands in a path at a place, byte for byte`() {
        let bytes = (0..<40).map { UInt8(0x41 + $0) }
        let path = RelativePath(bytes: bytes)
        for start in 0...40 {
            for count in 0...(40 - start) {
                var part = Array(bytes[start..<(start + count)])
                #expect(path.begins(with: part, at: start))
                for place in Set([0, count / 2, count - 1]) where part.indices.contains(place) {
                    part[place] ^= 0x80
                    #expect(!path.begins(with: part, at: start))
                    part[place] ^= 0x80
                }
                #expect(!path.begins(with: part + [0], at: start))
            }
        }
        #expect(!path.begins(with: [], at: 41))
        #expect(!path.begins(with: [], at: -1))
    }

    @Test func `orders paths by their bytes and names their last part`() {
        let composed = RelativePath("hồ sơ/\u{1EBF}.txt")
        let decomposed = RelativePath("hồ sơ/e\u{302}\u{301}.txt")

        #expect(composed != decomposed)
        #expect(decomposed < composed)
        #expect(composed.name == "\u{1EBF}.txt")
        #expect(RelativePath("a").name == "a")
        #expect(RelativePath(bytes: [0x61, 0x2F, 0xFF]).name == "\u{FFFD}")
    }
}
