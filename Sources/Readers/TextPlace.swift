import Records

/// Finds where in a text something stands; lines and columns count from 1, columns in characters.
enum TextPlace {
    static let start = Place(line: 1, column: 1)

    /// Where the first bytes stand that are no UTF-8.
    static func ofInvalidUTF8(_ bytes: some Sequence<UInt8>) -> Place {
        var place = start
        var iterator = bytes.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            place = after(scalar, place)
        }
        return place
    }

    /// Where the first scalar stands that fits; nil when none does.
    static func ofFirst(
        in text: String, where fits: (_ before: Unicode.Scalar, Unicode.Scalar) -> Bool
    ) -> Place? {
        var place = start
        var before: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            if fits(before, scalar) { return place }
            place = after(scalar, place)
            before = scalar
        }
        return nil
    }

    /// Where a key begins a line below the given one; that line when it does not.
    static func ofKey(_ key: String, in text: String, below line: Int) -> Place {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, content) in lines.enumerated().dropFirst(line) {
            let start = content.prefix { $0 == " " }.count
            let rest = content.dropFirst(start)
            let isKey = [key, "\"\(key)\"", "'\(key)'"].contains { written in
                rest.hasPrefix(written)
                    && rest.dropFirst(written.count).drop { $0 == " " }.first == ":"
            }
            if isKey { return Place(line: index + 1, column: start + 1) }
        }
        return Place(line: line, column: 1)
    }

    private static func after(_ scalar: Unicode.Scalar, _ place: Place) -> Place {
        scalar == "\n"
            ? Place(line: place.line + 1, column: 1)
            : Place(line: place.line, column: place.column + 1)
    }
}
