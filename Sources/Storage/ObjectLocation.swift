import Cryptography
package import Records

/// Where an object lies below a storage root: OCFL extension 0003 with its defaults (sha256, three tuples of three).
package enum ObjectLocation {
    /// The folder of an object relative to the root: `abc/def/012/urn%3auuid%3a…`.
    package static func folder(of object: ObjectIdentifier) -> String {
        let hex = Hexadecimal.text(of: Hasher.digest(.sha256, of: Array(object.text.utf8)))
        let units = hex.utf8
        let tuples = [0, 3, 6].map { Substring(units.dropFirst($0).prefix(3)) }
        return "\(tuples[0])/\(tuples[1])/\(tuples[2])/\(encoded(object.text))"
    }

    /// The object whose folder has this name; nil when the name is none that luutru gives.
    package static func object(inFolder name: String) -> ObjectIdentifier? {
        guard name.hasPrefix("urn%3auuid%3a"), let object = ObjectIdentifier(name.dropFirst(13)),
            encoded(object.text) == name
        else { return nil }
        return object
    }

    /// Percent-encodes all but letters, digits, `-` and `_`, with small hexadecimal letters, as the extension asks.
    private static func encoded(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: result.append(byte)
            default: result += ("%" + Hexadecimal.text(of: [byte])).utf8
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
