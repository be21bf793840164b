/// Why a text is not JSON that the archive reads, and at which byte.
package struct JSONFailure: Error, Hashable, Sendable {
    package let offset: Int
}

extension JSONValue {
    /// Reads RFC 8259 JSON of whole numbers, 64 levels deep at most; doubled keys and blanks after it are refused or skipped.
    package init(parsing text: some Sequence<UInt8>) throws(JSONFailure) {
        func read(_ units: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONFailure> {
            Result { () throws(JSONFailure) in
                var reader = JSONReader(units)
                return try reader.document()
            }
        }
        let result =
            text.withContiguousStorageIfAvailable { read($0) }
            ?? Array(text).withUnsafeBufferPointer { read($0) }
        self = try result.get()
    }
}

/// A strict recursive reader over bytes: a doubled key, a fraction or a lone surrogate is an error.
private struct JSONReader {
    private let units: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ units: UnsafeBufferPointer<UInt8>) { self.units = units }

    mutating func document() throws(JSONFailure) -> JSONValue {
        let value = try value(depth: 0)
        skipBlanks()
        guard index == units.count else { throw failure }
        return value
    }

    private var failure: JSONFailure { JSONFailure(offset: index) }

    private var next: UInt8? { index < units.count ? units[index] : nil }

    private mutating func skipBlanks() {
        while let unit = next, unit == 0x20 || unit == 0x0A || unit == 0x0D || unit == 0x09 {
            index += 1
        }
    }

    private mutating func take(_ unit: UInt8) throws(JSONFailure) {
        guard next == unit else { throw failure }
        index += 1
    }

    private mutating func value(depth: Int) throws(JSONFailure) -> JSONValue {
        guard depth < 64 else { throw failure }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFailure)
        -> JSONValue
    {
        let length = word.utf8CodeUnitCount
        guard index + length <= units.count,
            units[index..<(index + length)].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: length))
        else { throw failure }
        index += length
        return value
    }

    private mutating func number() throws(JSONFailure) -> Int64 {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        let first = index
        while let unit = next, (0x30...0x39).contains(unit) { index += 1 }
        guard index > first, index - first == 1 || units[first] != 0x30,
            next != UInt8(ascii: "."), next != UInt8(ascii: "e"), next != UInt8(ascii: "E"),
            let value = Int64(String(decoding: units[start..<index], as: UTF8.self))
        else { throw failure }
        return value
    }

    private mutating func array(depth: Int) throws(JSONFailure) -> JSONValue {
        try take(UInt8(ascii: "["))
        var values: [JSONValue] = []
        skipBlanks()
        if next == UInt8(ascii: "]") {
            index += 1
            return .array(values)
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipBlanks()
            guard next == UInt8(ascii: ",") else { break }
            index += 1
        }
        try take(UInt8(ascii: "]"))
        return .array(values)
    }

    private mutating func object(depth: Int) throws(JSONFailure) -> JSONValue {
        try take(UInt8(ascii: "{"))
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if next == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipBlanks()
            let key = try string()
            let end = index
            skipBlanks()
            try take(UInt8(ascii: ":"))
            let value = try value(depth: depth + 1)
            guard members.updateValue(value, forKey: key) == nil else {
                throw JSONFailure(offset: end)
            }
            skipBlanks()
            guard next == UInt8(ascii: ",") else { break }
            index += 1
        }
        try take(UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func string() throws(JSONFailure) -> String {
        try take(UInt8(ascii: "\""))
        var start = index
        skipPlain()
        // Nearly every text stands as it is: it is taken in one piece.
        if next == UInt8(ascii: "\"") {
            let plain = UnsafeBufferPointer(rebasing: units[start..<index])
            guard let text = String(wellFormed: plain) else { throw failure }
            index += 1
            return text
        }
        var bytes: [UInt8] = []
        while next == UInt8(ascii: "\\") {
            bytes += units[start..<index]
            index += 1
            bytes += String(Character(try escape())).utf8
            start = index
            skipPlain()
        }
        bytes += units[start..<index]
        try take(UInt8(ascii: "\""))
        let text = bytes.withUnsafeBufferPointer { String(wellFormed: $0) }
        guard let text else { throw failure }
        return text
    }

    /// Passes over what is neither quote, escape nor control character.
    private mutating func skipPlain() {
        while index < units.count, units[index] >= 0x20, units[index] != UInt8(ascii: "\""),
            units[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
    }

    private mutating func escape() throws(JSONFailure) -> Unicode.Scalar {
        guard let unit = next else { throw failure }
        index += 1
        switch unit {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(unit)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure
        }
    }

    private mutating func unicodeEscape() throws(JSONFailure) -> Unicode.Scalar {
        let high = try fourDigits()
        if (0xD800..<0xDC00).contains(high) {
            try take(UInt8(ascii: "\\"))
            try take(UInt8(ascii: "u"))
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            else { throw failure }
            return scalar
        }
        guard let scalar = Unicode.Scalar(high) else { throw failure }
        return scalar
    }

    private mutating func fourDigits() throws(JSONFailure) -> UInt32 {
        guard index + 4 <= units.count,
            let bytes = Hexadecimal.bytes(
                of: String(decoding: units[index..<(index + 4)], as: UTF8.self))
        else { throw failure }
        index += 4
        return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
    }
}

extension String {
    /// Decodes UTF-8; nil where it is malformed. Decoding and comparing is faster than Swift's own validation.
    fileprivate init?(wellFormed units: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: units, as: UTF8.self)
        guard units.allSatisfy({ $0 < 0x80 }) || text.utf8.elementsEqual(units) else { return nil }
        self = text
    }
}
