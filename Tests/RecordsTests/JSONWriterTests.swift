import Records
import Testing

@Suite struct JSONWriterTests {
    @Test func `sorts keys by UTF-16 units as RFC 8785 shows`() {
        // The example of RFC 8785 §3.2.3: U+1F600 stands before U+FB33 by its surrogates.
        let value: JSONValue = [
            "\u{20AC}": 1, "\r": 2, "\u{FB33}": 3, "1": 4, "\u{1F600}": 5, "\u{80}": 6, "\u{F6}": 7,
        ]

        #expect(
            value.canonicalText
                == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{F6}\":7,"
                + "\"\u{20AC}\":1,\"\u{1F600}\":5,\"\u{FB33}\":3}"
        )
    }

    @Test func `escapes what RFC 8785 escapes and nothing else`() {
        // The string of RFC 8785 §3.2.2.2.
        let value: JSONValue = "\u{20AC}$\u{F}\nA'B\"\\\\\"/"

        #expect(value.canonicalText == "\"\u{20AC}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")
        #expect(
            JSONValue.string("\u{0}\u{1F}\u{7F}\u{2028}").canonicalText
                == "\"\\u0000\\u001f\u{7F}\u{2028}\"")
        #expect(JSONValue.string("\u{8}\t\u{C}\r").canonicalText == #""\b\t\f\r""#)
    }

    @Test func `keeps composed and decomposed letters apart`() {
        let composed = JSONValue.string("\u{1EBF}").canonicalText
        let decomposed = JSONValue.string("e\u{302}\u{301}").canonicalText

        #expect(Array(composed.utf8) != Array(decomposed.utf8))
    }

    @Test func `writes numbers and words in their one form`() {
        let value: JSONValue = [.number(.min), .number(.max), 0, true, false, nil, [], [:]]

        #expect(
            value.canonicalText
                == "[-9223372036854775808,9223372036854775807,0,true,false,null,[],{}]")
    }

    @Test func `indents for people and means the same`() throws {
        let value: JSONValue = ["b": [1, ["x": "y"]], "a": [:], "c": []]

        let text = value.readableText

        #expect(
            text == """
                {
                  "a": {},
                  "b": [
                    1,
                    {
                      "x": "y"
                    }
                  ],
                  "c": []
                }

                """)
        #expect(try JSONValue(parsing: text.utf8) == value)
    }

    @Test(arguments: 0..<20)
    func `is read back as it was written, and written the same again`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed)

        for _ in 0..<100 {
            let value = Self.value(depth: 0, using: &random)
            let text = value.canonicalText
            #expect(try JSONValue(parsing: text.utf8) == value)
            #expect(Array(try JSONValue(parsing: text.utf8).canonicalText.utf8) == Array(text.utf8))
            #expect(try JSONValue(parsing: value.readableText.utf8) == value)
        }
    }

    /// Any value, at most five levels deep.
    private static func value(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: depth < 5 ? 0...7 : 0...4, using: &random) {
        case 0: return nil
        case 1: return .boolean(Bool.random(using: &random))
        case 2: return .number(Int64.random(in: .min ... .max, using: &random))
        case 3: return .number(Int64.random(in: -9...9, using: &random))
        case 4: return .string(text(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    value(depth: depth + 1, using: &random)
                })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members[text(using: &random)] = value(depth: depth + 1, using: &random)
            }
            return .object(members)
        }
    }

    /// A text of any scalars, controls and those beyond the basic plane among them.
    private static func text(using random: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let ranges: [ClosedRange<UInt32>] = [
                0...0x7F, 0...0x7F, 0x80...0xD7FF, 0xE000...0x10FFFF,
            ]
            let range = ranges[Int.random(in: ranges.indices, using: &random)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
