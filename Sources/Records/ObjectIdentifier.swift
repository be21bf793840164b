/// The lasting name of a dossier: `urn:uuid:{UUID in capitals}` (TT 05/2025 Annex I, OBJID of an AIP).
package struct ObjectIdentifier: Hashable, Sendable, Comparable {
    /// The whole identifier with its `urn:uuid:`.
    package let text: String

    /// Makes a random (version 4) identifier.
    package init(using random: inout some RandomNumberGenerator) {
        var bytes: [UInt8] = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        text = Self.prefix + Self.grouped(bytes)
    }

    /// Reads an identifier, its UUID in either case, with or without `urn:uuid:`; nil for anything else.
    package init?(_ given: some StringProtocol) {
        var units = Array(given.utf8)[...]
        let start = units.prefix(Self.prefix.utf8.count)
        if start.elementsEqual("urn_uuid_".utf8)
            || start.map({ (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
                .elementsEqual(Self.prefix.utf8)
        {
            units = units.dropFirst(start.count)
        }
        guard units.count == 36, let bytes = Self.uuid(grouped: units) else { return nil }
        self.init(uuid: bytes)
    }

    /// The same for a text of its own, which mostly is in the archive's own form already.
    package init?(_ given: String) {
        guard !Self.isCanonical(given) else {
            text = given
            return
        }
        guard let read = ObjectIdentifier(Substring(given)) else { return nil }
        self = read
    }

    /// Whether a text is `urn:uuid:` and a UUID in capitals, byte for byte.
    private static func isCanonical(_ given: String) -> Bool {
        var given = given
        return given.withUTF8 { units in
            guard units.count == 45, units.starts(with: prefix.utf8) else { return false }
            for place in 9..<45 {
                let unit = units[place]
                let isHyphen = place == 17 || place == 22 || place == 27 || place == 32
                let isDigit = unit &- 0x30 < 10 || unit &- 0x41 < 6
                guard isHyphen ? unit == UInt8(ascii: "-") : isDigit else { return false }
            }
            return true
        }
    }

    /// The sixteen bytes of a UUID in 8-4-4-4-12 digits of either case; nil for anything else.
    private static func uuid(grouped units: some Collection<UInt8>) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(32)
        for (index, unit) in units.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            guard isHyphen == (unit == UInt8(ascii: "-")) else { return nil }
            if !isHyphen { digits.append(unit) }
        }
        return Hexadecimal.bytes(of: digits)
    }

    /// The sixteen bytes of the UUID.
    package var uuid: [UInt8] {
        Self.uuid(grouped: text.utf8.dropFirst(Self.prefix.utf8.count)) ?? []
    }

    /// Adopts the sixteen bytes of a UUID; nil when there are more or fewer.
    package init?(uuid bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        // Catalogs are read by the ten thousand: one buffer, filled digit by digit.
        text = String(unsafeUninitializedCapacity: 45) { buffer in
            var index = 0
            func put(_ unit: UInt8) {
                buffer[index] = unit
                index += 1
            }
            for unit in Self.prefix.utf8 { put(unit) }
            for number in 0..<16 {
                if number == 4 || number == 6 || number == 8 || number == 10 {
                    put(UInt8(ascii: "-"))
                }
                put(Self.digit(bytes[number] >> 4))
                put(Self.digit(bytes[number] & 15))
            }
            return index
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// The name of the package's folder and of its files: every `:` as `_` (TT 05/2025 Annex I).
    package var fileName: String { "urn_uuid_" + uuidText }

    /// The UUID in capitals.
    package var uuidText: String {
        String(decoding: text.utf8.dropFirst(Self.prefix.utf8.count), as: UTF8.self)
    }

    package static func < (one: ObjectIdentifier, other: ObjectIdentifier) -> Bool {
        one.text < other.text
    }

    private static let prefix = "urn:uuid:"

    /// Sixteen bytes as 8-4-4-4-12 capital hexadecimal digits.
    package static func grouped(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var index = 0
            for (number, byte) in bytes.prefix(16).enumerated() {
                if number == 4 || number == 6 || number == 8 || number == 10 {
                    buffer[index] = UInt8(ascii: "-")
                    index += 1
                }
                buffer[index] = digits[Int(byte >> 4)]
                buffer[index + 1] = digits[Int(byte & 15)]
                index += 2
            }
            return index
        }
    }
}
