/// Reads flat documents of the form that the archive itself writes; every other is left for libxml2 to judge.
struct PlainDocument {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Gives the elements' names and texts in order; false when there is anything but plain elements with text.
    mutating func scan(_ body: (UnsafeBufferPointer<UInt8>, String) -> Void) -> Bool {
        guard take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), let root = tag() else {
            return false
        }
        while true {
            skipSpace()
            if take("</") {
                guard take(root), take(">") else { return false }
                skipSpace()
                return index == bytes.count
            }
            guard let name = tag(), let text = text(), take("</"), take(name), take(">") else {
                return false
            }
            body(UnsafeBufferPointer(rebasing: bytes[name]), text)
        }
    }

    /// A start tag without attributes; gives the place of its name, which is of ASCII letters and digits only.
    private mutating func tag() -> Range<Int>? {
        guard take("<") else { return nil }
        let start = index
        while index < bytes.count,
            Self.isLetter(bytes[index]) || (index > start && Self.isDigit(bytes[index]))
        {
            index += 1
        }
        let name = start..<index
        return !name.isEmpty && take(">") ? name : nil
    }

    /// The text up to the next tag; nil when it has a character that XML does not hold or that needs thought.
    private mutating func text() -> String? {
        var start = index
        var collected: [UInt8] = []
        var seen: UInt64 = 0
        while true {
            index = bytes.endOfPlainText(from: index, &seen)
            guard index < bytes.count else { return nil }
            switch bytes[index] {
            case UInt8(ascii: "<"):
                let rest = UnsafeBufferPointer(rebasing: bytes[start..<index])
                guard !collected.isEmpty else { return String(wellFormed: rest, seen: seen) }
                collected += rest
                return collected.withUnsafeBufferPointer { String(wellFormed: $0, seen: seen) }
            case UInt8(ascii: "&"):
                collected += bytes[start..<index]
                guard let character = reference() else { return nil }
                collected.append(character)
                start = index
            case let unit:
                guard isText(unit) else { return nil }
                seen |= UInt64(unit)
                index += 1
            }
        }
    }

    /// Whether a byte that may be none of a text is one here.
    private func isText(_ unit: UInt8) -> Bool {
        switch unit {
        case 0x09, 0x0A: true
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        case 0xEF: index + 2 < bytes.count && (bytes[index + 1] != 0xBF || bytes[index + 2] < 0xBE)
        default: false
        }
    }

    private mutating func reference() -> UInt8? {
        if take("&amp;") { return UInt8(ascii: "&") }
        if take("&lt;") { return UInt8(ascii: "<") }
        return take("&gt;") ? UInt8(ascii: ">") : nil
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x20 { index += 1 }
    }

    private mutating func take(_ word: StaticString) -> Bool {
        take(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func take(_ name: Range<Int>) -> Bool {
        take(UnsafeBufferPointer(rebasing: bytes[name]))
    }

    private mutating func take(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.holds(word, at: index) else { return false }
        index += word.count
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter }
    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension UInt8 {
    /// Whether the byte is of a text wherever it stands: no control character, no `<`, `&` or `>`, no U+FFFE's first.
    var isPlainText: Bool {
        self >= 0x20 && self != 0x3C && self != 0x26 && self != 0x3E && self != 0xEF
    }

    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these bytes stand at a place; compared eight at a time.
    func holds(_ word: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard word.count <= count - index else { return false }
        var place = 0
        while word.count &- place >= 8 {
            if eight(at: index &+ place) != word.eight(at: place) { return false }
            place &+= 8
        }
        while place < word.count {
            if self[index &+ place] != word[place] { return false }
            place &+= 1
        }
        return true
    }

    /// Where the first byte from a place on stands that is not of a text wherever it stands; the end where there is none.
    ///
    /// The bytes passed over are added to those seen, so that its high bits tell of any that is not ASCII.
    func endOfPlainText(from start: Int, _ seen: inout UInt64) -> Int {
        var place = start
        while count &- place >= 8 {
            let word = eight(at: place)
            let others = Self.others(in: word)
            guard others == 0 else {
                // The lowest mark is exact; those above it may stem from a borrow, and are not looked at.
                let plain = others.trailingZeroBitCount & ~7
                seen |= word & ((1 << UInt64(plain)) &- 1)
                return place &+ plain / 8
            }
            seen |= word
            place &+= 8
        }
        while place < count, self[place].isPlainText {
            seen |= UInt64(self[place])
            place &+= 1
        }
        return place
    }

    /// The eight bytes from a place on, the first in the lowest bits.
    private func eight(at place: Int) -> UInt64 {
        UInt64(
            littleEndian: UnsafeRawBufferPointer(self).loadUnaligned(
                fromByteOffset: place, as: UInt64.self))
    }

    /// A mark in the highest bit of the first byte of eight that is not plain text; nothing where all are.
    private static func others(in word: UInt64) -> UInt64 {
        let controls = (word &- 0x2020_2020_2020_2020) & ~word
        // `<` and `>` differ in one bit.
        let brackets = zeros(in: word & 0xFDFD_FDFD_FDFD_FDFD ^ 0x3C3C_3C3C_3C3C_3C3C)
        let ampersands = zeros(in: word ^ 0x2626_2626_2626_2626)
        let lasts = zeros(in: word ^ 0xEFEF_EFEF_EFEF_EFEF)
        return (controls | brackets | ampersands | lasts) & 0x8080_8080_8080_8080
    }

    private static func zeros(in word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word
    }
}

extension String {
    /// Decodes UTF-8 of which all bytes were seen; nil where it is malformed.
    ///
    /// Decoding and comparing is faster than Swift's own validation.
    init?(wellFormed units: UnsafeBufferPointer<UInt8>, seen: UInt64) {
        self.init(decoding: units, as: UTF8.self)
        guard seen & 0x8080_8080_8080_8080 != 0 else { return }
        guard withUTF8({ $0.count == units.count && $0.holds(units, at: 0) }) else { return nil }
    }
}
