/// Elements of XML in the form that the archive itself writes, read without libxml2; every other form is left to it.
package enum PlainElements {
    /// An element begins or ends; it is known by its place among the names asked for.
    package enum Event {
        /// Whether an attribute stands in the tag just so, as in `xsi:type="file"`, can be asked.
        case start(Int?, Tag)
        /// With the text since the last tag.
        case end(Int?, Text)
    }

    /// The attributes of a start tag.
    package struct Tag {
        fileprivate let units: UnsafeBufferPointer<UInt8>

        /// Whether the attribute stands in the tag with this value.
        package func has(_ attribute: StaticString) -> Bool {
            let wanted = UnsafeBufferPointer(
                start: attribute.utf8Start, count: attribute.utf8CodeUnitCount)
            guard wanted.count <= units.count else { return false }
            return (0...(units.count - wanted.count)).contains { units.holds(wanted, at: $0) }
        }
    }

    /// A text, decoded only when it is asked for.
    package struct Text {
        /// The bytes as they stand, which only the event's own time keeps.
        package let units: UnsafeBufferPointer<UInt8>
        fileprivate let hasReferences: Bool
        /// The text where it is not of ASCII alone, which had to be decoded to be proved.
        fileprivate let decoded: String?

        package var string: String {
            let text = decoded ?? String(decoding: units, as: UTF8.self)
            guard hasReferences else { return text }
            return text.replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        }

        /// The text; where a known one has the same bytes, that one, which needs no memory of its own.
        package func string(like known: String) -> String {
            var known = known
            let isSame = known.withUTF8 { $0.count == units.count && units.holds($0, at: 0) }
            return isSame && !hasReferences ? known : string
        }
    }

    /// Gives the elements in order; false where the form is another, and what was given counts for nothing then.
    package static func scan(
        _ bytes: [UInt8], names: [StaticString], _ body: (Event) -> Void
    ) -> Bool {
        bytes.withUnsafeBytes { scan($0, names: names, body) }
    }

    /// The same for bytes that lie in memory.
    package static func scan(
        _ bytes: UnsafeRawBufferPointer, names: [StaticString], _ body: (Event) -> Void
    ) -> Bool {
        bytes.withMemoryRebound(to: UInt8.self) { units in
            var scanner = PlainScanner(
                units,
                names: names.map {
                    UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount)
                })
            return scanner.scan(body)
        }
    }
}

/// One pass over a text; a step that does not know the form answers nil or false.
private struct PlainScanner {
    private let units: UnsafeBufferPointer<UInt8>
    private let names: [UnsafeBufferPointer<UInt8>]
    private var index = 0
    /// A bit for each length that a name has, as most elements differ in that alone already.
    private let lengths: UInt64
    private var open: [(name: Range<Int>, known: Int?)] = []
    private static let deepest = 32
    private static let prolog: StaticString = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    init(_ units: UnsafeBufferPointer<UInt8>, names: [UnsafeBufferPointer<UInt8>]) {
        self.units = units
        self.names = names
        lengths = names.reduce(0) { $0 | 1 << UInt64($1.count & 63) }
    }

    mutating func scan(_ body: (PlainElements.Event) -> Void) -> Bool {
        let prolog = UnsafeBufferPointer(
            start: Self.prolog.utf8Start, count: Self.prolog.utf8CodeUnitCount)
        guard units.holds(prolog, at: 0) else { return false }
        index = prolog.count
        repeat {
            guard let text = text(), index + 1 < units.count, !open.isEmpty || text.units.isEmpty
            else { return false }
            index += 1
            if units[index] == UInt8(ascii: "/") {
                index += 1
                guard let last = open.popLast(), closes(last.name) else { return false }
                body(.end(last.known, text))
            } else {
                guard let (known, tag) = startTag() else { return false }
                body(.start(known, tag))
            }
        } while !open.isEmpty
        return units[index...].allSatisfy { $0 == 0x0A }
    }

    /// The text up to the next tag.
    private mutating func text() -> PlainElements.Text? {
        let start = index
        var hasReferences = false
        var seen: UInt64 = 0
        while true {
            index = units.endOfPlainText(from: index, &seen)
            guard index < units.count, units[index] != UInt8(ascii: "<") else { break }
            let unit = units[index]
            guard isText(unit) else { return nil }
            hasReferences = hasReferences || unit == UInt8(ascii: "&")
            seen |= UInt64(unit)
            index &+= 1
        }
        let text = UnsafeBufferPointer(rebasing: units[start..<index])
        guard seen & 0x8080_8080_8080_8080 != 0 else {
            return PlainElements.Text(units: text, hasReferences: hasReferences, decoded: nil)
        }
        guard let decoded = String(wellFormed: text, seen: seen) else { return nil }
        return PlainElements.Text(units: text, hasReferences: hasReferences, decoded: decoded)
    }

    /// Whether a byte that may be none of a text is one here.
    private func isText(_ unit: UInt8) -> Bool {
        switch unit {
        case UInt8(ascii: "&"): isReference()
        case 0x09, 0x0A: true
        // U+FFFE and U+FFFF, which XML does not hold, begin so.
        case 0xEF: !(index + 1 < units.count && units[index + 1] == 0xBF)
        default: false
        }
    }

    private func isReference() -> Bool { holds("&amp;") || holds("&lt;") || holds("&gt;") }

    private func holds(_ word: StaticString) -> Bool {
        units.holds(
            UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount), at: index)
    }

    /// A start tag after its `<`.
    private mutating func startTag() -> (Int?, PlainElements.Tag)? {
        let start = index
        while index < units.count, units[index].isASCIILetter { index &+= 1 }
        let name = start..<index
        guard !name.isEmpty, open.count < Self.deepest else { return nil }
        while index < units.count, units[index] != UInt8(ascii: ">") {
            guard attribute() else { return nil }
        }
        guard index < units.count else { return nil }
        let known = place(of: name)
        let tag = PlainElements.Tag(
            units: UnsafeBufferPointer(rebasing: units[name.upperBound..<index]))
        index += 1
        open.append((name, known))
        return (known, tag)
    }

    /// The place of an element's name among those asked for.
    private func place(of name: Range<Int>) -> Int? {
        guard lengths >> UInt64(name.count & 63) & 1 == 1 else { return nil }
        return names.firstIndex {
            $0.count == name.count && units.holds($0, at: name.lowerBound)
        }
    }

    /// An attribute with the blank before it, its value plain ASCII in double quotes.
    private mutating func attribute() -> Bool {
        guard units[index] == 0x20 else { return false }
        index += 1
        let start = index
        while index < units.count, units[index].isASCIILetter || units[index] == 0x3A {
            index += 1
        }
        guard index > start, holds("=\"") else { return false }
        index += 2
        while index < units.count, units[index] != 0x22 {
            guard (0x20..<0x7F).contains(units[index]), units[index] != UInt8(ascii: "<"),
                units[index] != UInt8(ascii: "&")
            else { return false }
            index += 1
        }
        index += 1
        return index < units.count
    }

    /// An end tag after its `</`.
    private mutating func closes(_ name: Range<Int>) -> Bool {
        guard index + name.count < units.count,
            units.holds(UnsafeBufferPointer(rebasing: units[name]), at: index),
            units[index + name.count] == UInt8(ascii: ">")
        else { return false }
        index += name.count + 1
        return true
    }
}
