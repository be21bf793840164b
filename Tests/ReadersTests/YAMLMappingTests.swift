import Readers
import Records
import Testing

struct YAMLMappingTests {
    @Test func `gives texts as they are written with their places`() throws {
        let mapping = try read(
            """
            # ghi chú
            maintenance: 01
            riskRecovery: no
              
            title:   "Hồ sơ: số 1"
            startDate: 2024-01-02
            ratio: 1e3
            """)

        #expect(
            mapping.pairs.map(\.key) == [
                "maintenance", "riskRecovery", "title", "startDate", "ratio",
            ])
        #expect(mapping.pairs.map(\.value) == ["01", "no", "Hồ sơ: số 1", "2024-01-02", "1e3"])
        #expect(mapping.pairs.map(\.keyPlace.line) == [2, 3, 5, 6, 7])
        #expect(mapping.pairs[2].keyPlace == Place(line: 5, column: 1))
        #expect(mapping.pairs[2].valuePlace == Place(line: 5, column: 10))
    }

    @Test func `joins a list`() throws {
        let mapping = try read("keyword: [lễ hội, 'đua thuyền']\nlanguage:\n  - 01\n  - \"02\"\n")
        #expect(mapping.pairs.map(\.value) == ["lễ hội; đua thuyền", "01; 02"])
    }

    @Test func `reads long texts, CRLF and a byte order mark`() throws {
        let mapping = try read("\u{FEFF}a: >\r\n  một\r\n  hai\r\nb: |\r\n  ba\r\n  bốn\r\n")
        #expect(mapping.pairs.map(\.value) == ["một hai\n", "ba\nbốn\n"])
        #expect(mapping.pairs[1].keyPlace == Place(line: 4, column: 1))
    }

    @Test func `keeps the form of the characters`() throws {
        let mapping = try read("a: Quye\u{302}\u{301}t\n")
        #expect(Array(mapping.pairs[0].value.utf8) == Array("Quye\u{302}\u{301}t".utf8))
    }

    @Test(arguments: ["", "\n", "# chỉ có ghi chú\n"])
    func `finds nothing in an empty file`(text: String) throws {
        #expect(try read(text).pairs.isEmpty)
    }

    @Test(arguments: [
        ("a: 1\nb: &x 2\n", 2, 4), ("a: &x 1\nb: *x\n", 1, 4), ("&x a: 1\n", 1, 1),
        ("a: !!str 1\n", 1, 4),
        ("a: !mine 1\n", 1, 4), ("a:\n  b: 1\n", 2, 3), ("a: {b: 1}\n", 1, 4), ("a: [[1]]\n", 1, 5),
        ("a: [{b: 1}]\n", 1, 5), ("- a\n", 1, 1), ("chữ\n", 1, 1), ("? [a]\n: 1\n", 1, 3),
        ("a: &x [1]\n", 1, 4), ("!!map {a: 1}\n", 1, 1),
    ])
    func `refuses whatever is not flat`(text: String, line: Int, column: Int) {
        #expect(fault(text) == TextFault(.notFlat, at: Place(line: line, column: column)))
    }

    @Test func `takes a quoted text that looks like an alias`() throws {
        let mapping = try read("a: \"*x &y !z\"\nb: '*'\nc: |\n  * một\n  *hai\n")
        #expect(mapping.pairs.map(\.value) == ["*x &y !z", "*", "* một\n*hai\n"])
    }

    @Test func `takes any row of asterisks for text, and no more aliases than are cheap`() throws {
        let row = String(repeating: "*", count: 500)
        #expect(try read("a: \"\(row)\"\nb: |\n  \(row) * đ*đ\n").pairs[0].value == row)
        let aliases = (0..<33).map { "*x\($0)" }.joined(separator: ", ")
        #expect(fault("a: [\(aliases)]\n")?.reason == .notFlat)
    }

    @Test func `counts columns in characters`() {
        #expect(fault("đây là: &x 1\n") == TextFault(.notFlat, at: Place(line: 1, column: 9)))
    }

    @Test func `names the second place of a doubled key`() {
        let found = fault("titles: 1\ntitle: 2\ntitles2: 3\n\"title\" : 4\n")
        #expect(found == TextFault(.keyTwice, at: Place(line: 4, column: 1), "title"))
    }

    @Test(arguments: [
        ("a: 1\nb: \"mở\n", 3), ("a: 1\n\tb: 2\n", 2), ("a: [1\nb: 2\n", 2), ("a: 1: 2\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: *x\n", 1), ("a: @x\n", 1),
    ])
    func `names the line of broken syntax`(text: String, line: Int) throws {
        let found = try #require(fault(text))
        #expect(found.reason == .syntax)
        #expect(found.place.line == line)
    }

    @Test func `names the place of bytes that are not UTF-8`() {
        let found = fault(Array("a: 1\nđây: ".utf8) + [0xE9, 0x20, 0x0A])
        #expect(found == TextFault(.notUTF8, at: Place(line: 2, column: 6)))
        #expect(fault([0xFF, 0xFE, 0x61, 0x00])?.reason == .notUTF8)
    }

    @Test(arguments: ["\u{0}", "\u{1}", "\u{1B}", "\u{7F}", "\u{9F}", "\u{FFFE}", "\u{FEFF}"])
    func `names the place of a control character`(character: String) {
        #expect(
            fault("a: 1\nb: x\(character)\n") == TextFault(.control, at: Place(line: 2, column: 5)))
    }

    @Test func `refuses a file over the limit`() {
        #expect(fault([UInt8](repeating: 0x20, count: YAMLMapping.limit))?.reason != .tooLarge)
        #expect(fault([UInt8](repeating: 0x20, count: YAMLMapping.limit + 1))?.reason == .tooLarge)
    }

    @Test(arguments: [
        String(repeating: "[", count: 500_000), String(repeating: "{", count: 500_000),
        String(repeating: "- ", count: 400_000), String(repeating: "? ", count: 400_000),
        (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
    ])
    func `survives nesting of any depth`(text: String) {
        #expect(fault(text) != nil)
    }

    @Test func `survives aliases that double in keys`() {
        let doubling = (1..<40).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
        let found = fault("- &a0 [x]\n" + doubling + "- {*a39 : 1, *a38 : 2}\n")
        #expect(found?.reason == .notFlat)
    }

    @Test func `survives any bytes`() {
        var chance = Lottery(state: 7)
        let alphabet = Array("a:b \n-[]{}#&*!|>'\"%@`,?\t\\đ".utf8) + [0, 0x80, 0xFF]
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<60, using: &chance)
            let bytes = (0..<count).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &chance)]
            }
            if let mapping = try? YAMLMapping(bytes) {
                for pair in mapping.pairs {
                    #expect(pair.keyPlace.line >= 1 && pair.keyPlace.column >= 1)
                }
            }
        }
    }

    private func read(_ text: String) throws -> YAMLMapping { try YAMLMapping(Array(text.utf8)) }

    private func fault(_ text: String) -> TextFault? { fault(Array(text.utf8)) }

    private func fault(_ bytes: [UInt8]) -> TextFault? {
        do {
            _ = try YAMLMapping(bytes)
            return nil
        } catch {
            return error
        }
    }
}

/// Chance that is the same in every run.
struct Lottery: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
