/// A message between the archive's process and the one in which a token's module runs: a word and its fields.
///
/// Length of all that follows, then each field with its length; lengths are four bytes, the greatest first.
struct TokenFrame: Hashable {
    /// What a message is.
    enum Word: String {
        case open, seal, opened, sealed, failed
    }

    let word: Word
    let fields: [[UInt8]]
    /// The longest message, without its length.
    static let limit = 1 << 20
    /// The most fields a message has, the word among them.
    static let mostFields = 16

    init(_ word: Word, _ fields: [[UInt8]]) {
        self.word = word
        self.fields = fields
    }

    /// Reads what follows the length; nil for anything that no message is.
    init?(_ payload: [UInt8]) {
        guard payload.count <= Self.limit else { return nil }
        var rest = payload[...]
        var parts: [[UInt8]] = []
        while !rest.isEmpty {
            guard rest.count >= 4, parts.count < Self.mostFields else { return nil }
            let count = Self.length(rest.prefix(4))
            rest = rest.dropFirst(4)
            guard count <= rest.count else { return nil }
            parts.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        guard let first = parts.first,
            let word = Word(rawValue: String(decoding: first, as: UTF8.self))
        else { return nil }
        self.init(word, Array(parts.dropFirst()))
    }

    /// The whole message; nil when it is longer than any may be.
    var bytes: [UInt8]? {
        var payload: [UInt8] = []
        for field in [Array(word.rawValue.utf8)] + fields {
            payload += Self.bytes(ofLength: field.count) + field
        }
        guard payload.count <= Self.limit, fields.count < Self.mostFields else { return nil }
        return Self.bytes(ofLength: payload.count) + payload
    }

    /// The number that four bytes are.
    static func length(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func bytes(ofLength count: Int) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
}
