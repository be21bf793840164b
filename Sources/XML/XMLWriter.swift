/// Writes XML as a stream: memory does not grow with the document (`design.md` §4.3).
package struct XMLWriter {
    /// A name with its text in UTF-8 at a fixed address, so that writing it copies bytes and nothing else.
    package typealias Name = StaticString

    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var buffer: [UInt8] = []
    private var open: [Opened] = []

    /// The name of an element that still waits for its end.
    private enum Opened {
        case own(StaticString)
        case copied(String)
    }

    /// Bytes collected before they go to the sink.
    private static let capacity = 64 * 1024

    /// Writes to a sink, which gets the bytes in pieces and in order.
    package init(sink: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.sink = sink }

    /// The XML declaration of a document.
    package mutating func declaration() throws {
        put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// Opens an element.
    package mutating func start(_ name: Name, _ attributes: [(Name, String)] = []) throws {
        try tag(name, attributes)
        buffer.append(UInt8(ascii: ">"))
        buffer.append(0x0A)
        open.append(.own(name))
    }

    /// Closes the element opened last.
    package mutating func end() throws {
        switch open.popLast() {
        case .own(let name): close(name)
        case .copied(let name): close(copied: name)
        case nil: throw XMLFailure(.unbalanced)
        }
        try drainIfFull()
    }

    /// An element without content.
    package mutating func empty(_ name: Name, _ attributes: [(Name, String)]) throws {
        try tag(name, attributes)
        put("/>\n")
        try drainIfFull()
    }

    /// An element with text.
    package mutating func element(_ name: Name, _ attributes: [(Name, String)] = [], _ text: String)
        throws
    {
        try tag(name, attributes)
        buffer.append(UInt8(ascii: ">"))
        try escape(text, isAttribute: false)
        close(name)
        try drainIfFull()
    }

    /// An element whose name is one of a record's fields.
    package mutating func element(field name: String, _ text: String) throws {
        buffer.append(UInt8(ascii: "<"))
        buffer.append(contentsOf: name.utf8)
        buffer.append(UInt8(ascii: ">"))
        try escape(text, isAttribute: false)
        put("</")
        buffer.append(contentsOf: name.utf8)
        put(">\n")
        try drainIfFull()
    }

    /// Opens an element whose name and attributes were read elsewhere.
    package mutating func start(
        copied name: String, _ attributes: [(name: String, value: String)]
    ) throws {
        try tag(copied: name, attributes)
        put(">\n")
        open.append(.copied(name))
    }

    /// An element without content whose name and attributes were read elsewhere.
    package mutating func empty(
        copied name: String, _ attributes: [(name: String, value: String)]
    ) throws {
        try tag(copied: name, attributes)
        put("/>\n")
        try drainIfFull()
    }

    /// An element with text whose name and attributes were read elsewhere.
    package mutating func element(
        copied name: String, _ attributes: [(name: String, value: String)], _ text: String
    ) throws {
        try tag(copied: name, attributes)
        put(">")
        try escape(text, isAttribute: false)
        close(copied: name)
        try drainIfFull()
    }

    /// Hands everything written so far to the sink.
    package mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        try buffer.withUnsafeBytes(sink)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Ends the writing; every element must be closed.
    package mutating func finish() throws {
        guard open.isEmpty else { throw XMLFailure(.unbalanced) }
        try flush()
    }

    private mutating func drainIfFull() throws {
        if buffer.count >= Self.capacity { try flush() }
    }

    private mutating func put(_ text: StaticString) {
        buffer.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func tag(_ name: Name, _ attributes: [(Name, String)]) throws {
        buffer.append(UInt8(ascii: "<"))
        put(name)
        for (key, value) in attributes {
            buffer.append(0x20)
            put(key)
            put("=\"")
            try escape(value, isAttribute: true)
            buffer.append(UInt8(ascii: "\""))
        }
    }

    private mutating func tag(
        copied name: String, _ attributes: [(name: String, value: String)]
    ) throws {
        put("<")
        buffer.append(contentsOf: name.utf8)
        for (key, value) in attributes {
            put(" ")
            buffer.append(contentsOf: key.utf8)
            put("=\"")
            try escape(value, isAttribute: true)
            put("\"")
        }
    }

    private mutating func close(copied name: String) {
        put("</")
        buffer.append(contentsOf: name.utf8)
        put(">\n")
    }

    private mutating func close(_ name: Name) {
        put("</")
        put(name)
        put(">\n")
    }

    /// Appends text with what XML reserves replaced; runs of other bytes are copied whole.
    private mutating func escape(_ text: String, isAttribute: Bool) throws {
        var text = text
        let isLegal = text.withUTF8 { units -> Bool in
            // Nearly every text is clean: this pass has no branch, so it costs next to nothing.
            var careful: UInt8 = 0
            for unit in units { careful |= Self.care(unit) }
            guard careful != 0 else {
                buffer.append(contentsOf: units)
                return true
            }
            var start = 0
            var index = 0
            while index < units.count {
                if Self.care(units[index]) != 0 {
                    guard let substitute = Self.substitute(units, index, isAttribute) else {
                        return false
                    }
                    if !substitute.isEmpty {
                        buffer.append(
                            contentsOf: UnsafeBufferPointer(rebasing: units[start..<index]))
                        buffer.append(contentsOf: substitute.utf8)
                        start = index + 1
                    }
                }
                index += 1
            }
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: units[start...]))
            return true
        }
        guard isLegal else { throw XMLFailure(.character) }
    }

    /// 0 for a byte that stands for itself everywhere.
    private static func care(_ unit: UInt8) -> UInt8 {
        (unit < 0x20 ? 1 : 0) | (unit == 0x22 ? 1 : 0) | (unit == 0x26 ? 1 : 0)
            | (unit == 0x3C ? 1 : 0)
            | (unit == 0x3E ? 1 : 0) | (unit == 0xEF ? 1 : 0)
    }

    /// What stands for a byte: empty when it may stay, nil when XML 1.0 cannot hold it.
    private static func substitute(
        _ units: UnsafeBufferPointer<UInt8>, _ index: Int, _ isAttribute: Bool
    ) -> String? {
        switch units[index] {
        case 0x26: return "&amp;"
        case 0x3C: return "&lt;"
        case 0x3E: return "&gt;"
        case 0x22: return isAttribute ? "&quot;" : ""
        case 0x09: return isAttribute ? "&#x9;" : ""
        case 0x0A: return isAttribute ? "&#xA;" : ""
        case 0x0D: return "&#xD;"
        case 0xEF:
            // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
            let isNonCharacter =
                index + 2 < units.count && units[index + 1] == 0xBF && units[index + 2] >= 0xBE
            return isNonCharacter ? nil : ""
        default: return nil
        }
    }
}
