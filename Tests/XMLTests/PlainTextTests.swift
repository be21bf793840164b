import Testing

@testable import XML

/// Eight bytes at a time find what one after the other finds.
struct PlainTextTests {
    private func check(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { units in
            for start in 0...units.count {
                var seen: UInt64 = 0
                let end = units.endOfPlainText(from: start, &seen)
                let expected = units[start...].firstIndex { !$0.isPlainText } ?? units.count
                let isASCII = units[start..<expected].allSatisfy { $0 < 0x80 }
                let seemsASCII = seen & 0x8080_8080_8080_8080 == 0
                // Asked a million times, which `#expect` is too slow for.
                guard end == expected, seemsASCII == isASCII else {
                    Issue.record("\(bytes) from \(start)")
                    return
                }
            }
        }
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `every byte among plain ones and after others ends a text or does not`(byte: UInt8) {
        check([byte])
        for place in 0..<18 {
            for filling: UInt8 in [0x20, 0x3D, 0x61, 0x80, 0xFF] {
                var bytes = [UInt8](repeating: filling, count: 18)
                bytes[place] = byte
                check(bytes)
                // What follows a byte that ends a text must not be taken for one that does so before.
                if place > 0 {
                    bytes[place - 1] = byte &+ 1
                    check(bytes)
                }
            }
        }
    }

    @Test func `a word stands where all its bytes do`() {
        let text = Array("<objectIdentifierValue>urn:uuid</objectIdentifierValue>".utf8)
        text.withUnsafeBufferPointer { units in
            for start in 0..<text.count {
                for length in 0...(text.count - start) {
                    var word = Array(text[start..<(start + length)])
                    let stands = word.withUnsafeBufferPointer { units.holds($0, at: start) }
                    #expect(stands)
                    guard length > 0 else { continue }
                    for place in Set([0, length / 2, length - 1]) {
                        word[place] ^= 1
                        let differs = word.withUnsafeBufferPointer { !units.holds($0, at: start) }
                        #expect(differs, "\(start) \(length) \(place)")
                        word[place] ^= 1
                    }
                    let isBeyond = word.withUnsafeBufferPointer {
                        !units.holds($0, at: text.count - length + 1)
                    }
                    #expect(isBeyond)
                }
            }
        }
    }

    @Test(arguments: [
        "a", "abcdefgh", "abcdefghi", "Về việc giao đất", "đ", "chữ cuối đ", "ﬁabcdefgh １２",
        "tab\tand\nbreak within a longer text", "x & y < z > đ", "",
    ])
    func `texts of a description come as they were written`(text: String) throws {
        let written = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
        let bytes = Array(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n<b>\(written)</b>\n</a>\n".utf8)

        var texts: [String] = []
        let isPlain = bytes.withUnsafeBytes { FlatDocument.scan($0) { texts.append($1) } }
        var ends: [String] = []
        var known: [String] = []
        let isPlainToo = PlainElements.scan(bytes, names: ["b"]) { event in
            guard case .end(0, let end) = event else { return }
            ends.append(end.string)
            known = [text, text + "x", "x" + text, "", written].map { end.string(like: $0) }
        }

        #expect(isPlain)
        #expect(texts == [text])
        #expect(isPlainToo)
        #expect(ends == [text])
        #expect(known == Array(repeating: text, count: 5))
    }

    @Test func `malformed UTF-8 is left to libxml2 wherever it stands`() {
        let head = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n<b>".utf8)
        for place in 0..<20 {
            for wrong: [UInt8] in [[0xC3], [0x80], [0xF0, 0x90, 0x80], [0xFF]] {
                var text = [UInt8](repeating: 0x61, count: 20)
                text.insert(contentsOf: wrong, at: place)
                let bytes = head + text + Array("</b>\n</a>\n".utf8)
                let isFlat = bytes.withUnsafeBytes { FlatDocument.scan($0) { _, _ in } }
                let isPlain = PlainElements.scan(bytes, names: []) { _ in }
                #expect(!isFlat)
                #expect(!isPlain)
            }
        }
    }
}
