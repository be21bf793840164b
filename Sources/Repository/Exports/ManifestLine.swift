import Records

/// A line of `manifest-sha512.txt`, byte for byte as GNU `sha512sum` writes and reads it.
struct ManifestLine: Hashable {
    let path: RelativePath
    let sha512: Digest

    /// The line with its break: a name with `\`, LF or CR is escaped, and the line then begins with `\`.
    var bytes: [UInt8] {
        var name: [UInt8] = []
        var isEscaped = false
        for byte in path.bytes {
            guard let letter = Self.letter(for: byte) else {
                name.append(byte)
                continue
            }
            isEscaped = true
            name += [0x5C, letter]
        }
        return (isEscaped ? [0x5C] : []) + Array(sha512.hex.utf8) + [0x20, 0x20] + name + [0x0A]
    }

    init(path: RelativePath, sha512: Digest) {
        self.path = path
        self.sha512 = sha512
    }

    /// Reads a line without its break; nil when it is not of this form.
    init?(_ line: some Collection<UInt8>) {
        let isEscaped = line.first == 0x5C
        let rest = line.dropFirst(isEscaped ? 1 : 0)
        guard rest.count > 130,
            let digest = Digest(.sha512, hex: String(decoding: rest.prefix(128), as: UTF8.self)),
            rest.dropFirst(128).prefix(2).elementsEqual([0x20, 0x20])
        else { return nil }
        let name = rest.dropFirst(130)
        guard let path = isEscaped ? Self.unescaped(name) : Array(name) else { return nil }
        self.init(path: RelativePath(bytes: path), sha512: digest)
    }

    private static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case 0x5C: 0x5C
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    private static func unescaped(_ name: some Collection<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var isAfterBackslash = false
        for byte in name {
            if isAfterBackslash {
                switch byte {
                case 0x5C: result.append(0x5C)
                case UInt8(ascii: "n"): result.append(0x0A)
                case UInt8(ascii: "r"): result.append(0x0D)
                default: return nil
                }
                isAfterBackslash = false
            } else if byte == 0x5C {
                isAfterBackslash = true
            } else {
                result.append(byte)
            }
        }
        return isAfterBackslash ? nil : result
    }
}
