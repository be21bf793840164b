/// A JSON text as a value; numbers are integers, as nothing the archive writes needs more.
package enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Int64)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The canonical form of RFC 8785: no blanks, keys sorted by UTF-16 units, shortest escapes.
    package var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }

    /// The canonical form in UTF-8.
    package var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        write(to: &bytes)
        return bytes
    }

    /// A form for people: two blanks an indent, keys sorted as in the canonical form, a line break at the end.
    package var readableText: String {
        var bytes: [UInt8] = []
        writeReadable(to: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .number(let value): bytes += String(value).utf8
        case .string(let value): Self.quote(value, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, key) in Self.sorted(members.keys).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.quote(key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                members[key, default: .null].write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private func writeReadable(to bytes: inout [UInt8], indent: Int) {
        let inner = String(repeating: "  ", count: indent + 1).utf8
        let outer = String(repeating: "  ", count: indent).utf8
        switch self {
        case .array(let values) where !values.isEmpty:
            bytes += "[\n".utf8
            for (index, value) in values.enumerated() {
                bytes += inner
                value.writeReadable(to: &bytes, indent: indent + 1)
                bytes += (index + 1 < values.count ? ",\n" : "\n").utf8
            }
            bytes += outer
            bytes.append(UInt8(ascii: "]"))
        case .object(let members) where !members.isEmpty:
            bytes += "{\n".utf8
            let keys = Self.sorted(members.keys)
            for (index, key) in keys.enumerated() {
                bytes += inner
                Self.quote(key, to: &bytes)
                bytes += ": ".utf8
                members[key, default: .null].writeReadable(to: &bytes, indent: indent + 1)
                bytes += (index + 1 < keys.count ? ",\n" : "\n").utf8
            }
            bytes += outer
            bytes.append(UInt8(ascii: "}"))
        default: write(to: &bytes)
        }
    }

    private static func sorted(_ keys: some Collection<String>) -> [String] {
        // Nearly every key is ASCII, where Swift's own order is that of UTF-16 units, and much faster.
        if keys.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) { return keys.sorted() }
        return keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
    }

    private static func quote(_ value: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { units in
            if units.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
                bytes.append(contentsOf: units)
            } else {
                for unit in units { escape(unit, to: &bytes) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a byte of a string, escaped where it must be; bytes of longer code points never are.
    private static func escape(_ unit: UInt8, to bytes: inout [UInt8]) {
        switch unit {
        case 0x22: bytes += "\\\"".utf8
        case 0x5C: bytes += "\\\\".utf8
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0A: bytes += "\\n".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x0D: bytes += "\\r".utf8
        case 0..<0x20: bytes += ("\\u00" + Hexadecimal.text(of: [unit])).utf8
        default: bytes.append(unit)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(nilLiteral: ()) { self = .null }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}

extension JSONValue {
    /// The member of an object; nil for other values and absent keys.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    package var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    package var numberValue: Int64? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    package var booleanValue: Bool? {
        guard case .boolean(let value) = self else { return nil }
        return value
    }

    package var arrayValue: [JSONValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    package var objectValue: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
