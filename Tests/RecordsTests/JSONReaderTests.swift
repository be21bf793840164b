import Records
import Testing

@Suite struct JSONReaderTests {
    @Test(
        arguments: [
            (" { } ", JSONValue.object([:])), ("[]", .array([])), ("\t[ 1 ,\r\n-2 ]\n", [1, -2]),
            ("true", true), ("false", false), ("null", nil), ("0", 0), ("-0", 0),
            ("9223372036854775807", .number(.max)), ("-9223372036854775808", .number(.min)),
            (#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{C}\n\r\tz")), (#""\u0000""#, "\u{0}"),
            (#""\u1ebF\ud83d\uDE00""#, "\u{1EBF}\u{1F600}"), ("\"Hồ sơ\"", "Hồ sơ"),
            (#"{"a":{"b":[null]}}"#, .object(["a": .object(["b": .array([.null])])])),
        ] as [(String, JSONValue)])
    func `reads every kind of value`(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text.utf8) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{a:1}", "{1:1}", "{,}", "nul", "nulls", "tru", "True", "NaN", "Infinity", "01", "-", "-01",
        "+1", "1.0", "1.", ".5", "1e3", "1E3", "0x10", "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999", "1 2", "[1 2]", "{\"a\" 1}", "'a'", "\"a", "\"\n\"", "\"\t\"",
        "\"\u{0}\"", #""\x""#, #""\u12""#, #""\u12G4""#, #""\ud800""#, #""\udc00""#, #""\ud800x""#,
        #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00\ud800""#, #""\U0041""#, "/**/1", "1//",
        "\u{FEFF}1",
        "[]]", "{}{}", "\u{A0}1", "\u{B}1",
    ])
    func `refuses what is not strict JSON of whole numbers`(_ text: String) {
        #expect(throws: JSONFailure.self) { try JSONValue(parsing: text.utf8) }
    }

    @Test(arguments: [
        #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"\u0061":3}"#, #"[{"x":{"":1,"":2}}]"#,
        "{\"\u{1EBF}\":1,\"e\u{302}\u{301}\":2}",
    ])
    func `refuses a doubled key however it is written`(_ text: String) {
        #expect(throws: JSONFailure.self) { try JSONValue(parsing: text.utf8) }
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xE1, 0xBA, 0x22], [0xFF], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0x5C, 0x75, 0xFF, 0xFF, 0xFF, 0xFF, 0x22],
        ] as [[UInt8]])
    func `refuses bytes that are not UTF-8`(_ bytes: [UInt8]) {
        #expect(throws: JSONFailure.self) { try JSONValue(parsing: bytes) }
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"\":"])
    func `reads sixty-four levels and never more`(_ opening: String) throws {
        let levels = opening.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
        let closing = String(
            opening.reversed().compactMap { $0 == "[" ? "]" : $0 == "{" ? "}" : nil })

        let fits = (63 / levels)
        let text =
            String(repeating: opening, count: fits) + "1" + String(repeating: closing, count: fits)
        #expect(throws: Never.self) { try JSONValue(parsing: text.utf8) }
        for count in [64 / levels + 1, 200_000] {
            let deep = String(repeating: opening, count: count) + "1"
            #expect(throws: JSONFailure.self) {
                try JSONValue(parsing: (deep + String(repeating: closing, count: count)).utf8)
            }
        }
    }

    @Test func `says at which byte the text stops being JSON`() {
        let failure = #expect(throws: JSONFailure.self) {
            try JSONValue(parsing: "{\"ế\": 1, x}".utf8)
        }
        #expect(failure?.offset == 11)
    }

    @Test func `never crashes on a damaged text`() {
        let good = Array(#"{"v":1,"s":"\u1ebf\ud83d\ude00\n","l":[true,null,-12,{"x":{}}]}"#.utf8)
        var random = SeededGenerator(2)
        var accepted = 0

        for count in good.indices {
            #expect(throws: JSONFailure.self) { try JSONValue(parsing: good[..<count]) }
        }
        for _ in 0..<20_000 {
            var damaged = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: damaged.indices, using: &random)
                damaged[place] = UInt8.random(in: .min ... .max, using: &random)
            }
            guard let value = try? JSONValue(parsing: damaged) else { continue }
            accepted += 1
            #expect((try? JSONValue(parsing: value.canonicalText.utf8)) == value)
        }
        #expect(accepted > 0)
    }
}
