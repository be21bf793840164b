/// Steps through DER values one by one.
struct DERWalk {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var tag: UInt8? { rest.first }

    /// The next value with its tag and length; the walk goes on behind it.
    mutating func whole() -> ArraySlice<UInt8>? {
        let before = rest
        return skip() ? before.prefix(before.count - rest.count) : nil
    }

    /// The content of the next value when it has this tag; the walk goes on behind it.
    mutating func enter(_ tag: UInt8) -> DERWalk? {
        guard rest.first == tag else { return nil }
        return next()
    }

    /// Passes the next value.
    mutating func skip() -> Bool { next() != nil }

    private mutating func next() -> DERWalk? {
        let bytes = rest.dropFirst()
        guard let first = bytes.first else { return nil }
        var length = Int(first)
        var content = bytes.dropFirst()
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), content.count >= count else { return nil }
            length = content.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            content = content.dropFirst(count)
        }
        guard content.count >= length else { return nil }
        let inner = content.prefix(length)
        rest = content.dropFirst(length)
        return DERWalk(inner)
    }

    /// All tags and primitive values in sorted order: the same for sets in another order.
    static func values(of bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
        var values: [ArraySlice<UInt8>] = []
        guard collect(bytes[...], into: &values, depth: 0) else { return nil }
        return values.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func collect(
        _ bytes: ArraySlice<UInt8>, into values: inout [ArraySlice<UInt8>], depth: Int
    ) -> Bool {
        guard depth < 64 else { return false }
        var walk = DERWalk(bytes)
        while let tag = walk.tag {
            let before = walk.rest
            guard let inner = walk.next() else { return false }
            guard tag & 0x20 != 0 else {
                values.append(before.prefix(before.count - walk.rest.count))
                continue
            }
            // A constructed value counts with its tag and its length.
            values.append(before.prefix(before.count - walk.rest.count - inner.rest.count))
            guard collect(inner.rest, into: &values, depth: depth + 1) else { return false }
        }
        return true
    }

    /// A SEQUENCE around values at hand.
    static func sequence(_ content: ArraySlice<UInt8>) -> [UInt8] { value(0x30, content) }

    /// A value with its tag and length around content at hand.
    static func value(_ tag: UInt8, _ content: some Sequence<UInt8>) -> [UInt8] {
        let content = Array(content)
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
