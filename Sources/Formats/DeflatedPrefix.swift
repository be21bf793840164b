/// The first bytes of deflated data (RFC 1951), as far as a limit: enough to read an XML root.
struct DeflatedPrefix {
    private let input: [UInt8]
    private let limit: Int
    private var position = 0
    private var bitBuffer = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    private init(_ input: [UInt8], limit: Int) {
        self.input = input
        self.limit = limit
    }

    /// What could be read before the limit, the end of the input or an error, whichever is first.
    static func inflate(_ input: [UInt8], limit: Int) -> [UInt8] {
        var reader = DeflatedPrefix(input, limit: limit)
        reader.run()
        return Array(reader.output.prefix(limit))
    }

    private mutating func run() {
        while output.count < limit, let last = bits(1), let kind = bits(2) {
            let goesOn =
                switch kind {
                case 0: stored()
                case 1: block(.fixedLiterals, .fixedDistances)
                case 2: dynamicBlock()
                default: false
                }
            if !goesOn || last == 1 { return }
        }
    }

    private mutating func bits(_ count: Int) -> Int? {
        while bitCount < count {
            guard position < input.count else { return nil }
            bitBuffer |= Int(input[position]) << bitCount
            position += 1
            bitCount += 8
        }
        let value = bitBuffer & ((1 << count) - 1)
        bitBuffer >>= count
        bitCount -= count
        return value
    }

    private mutating func stored() -> Bool {
        bitBuffer = 0
        bitCount = 0
        guard let length = bits(16), bits(16) != nil else { return false }
        let end = min(position + length, input.count, position + limit - output.count)
        output += input[position..<end]
        position = end
        return end < input.count
    }

    private mutating func symbol(_ code: PrefixCode) -> Int? {
        var value = 0
        var first = 0
        var index = 0
        for count in code.counts.dropFirst() {
            guard let bit = bits(1) else { return nil }
            value |= bit
            if value - first < count { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private mutating func block(_ literals: PrefixCode, _ distances: PrefixCode) -> Bool {
        while output.count < limit, let value = symbol(literals) {
            if value == 256 { return true }
            guard value > 256 else {
                output.append(UInt8(truncatingIfNeeded: value))
                continue
            }
            guard value < 286, let extra = bits(Self.lengthExtra[value - 257]),
                let slot = symbol(distances), slot < 30,
                let far = bits(slot < 4 ? 0 : slot / 2 - 1)
            else { return false }
            let length = Self.lengthBase[value - 257] + extra
            let base = slot < 4 ? slot + 1 : (2 + slot % 2) << (slot / 2 - 1) + 1
            guard base + far <= output.count else { return false }
            for _ in 0..<length { output.append(output[output.count - base - far]) }
        }
        return false
    }

    private mutating func dynamicBlock() -> Bool {
        guard let literalCount = bits(5), let distanceCount = bits(5), let codeCount = bits(4)
        else {
            return false
        }
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<(codeCount + 4) {
            guard let length = bits(3) else { return false }
            lengths[Self.codeOrder[index]] = length
        }
        let codes = PrefixCode(lengths)
        let total = literalCount + 257 + distanceCount + 1
        var all: [Int] = []
        while all.count < total {
            guard let value = symbol(codes) else { return false }
            switch value {
            case 0...15: all.append(value)
            case 16:
                guard let previous = all.last, let more = bits(2) else { return false }
                all += [Int](repeating: previous, count: more + 3)
            default:
                guard let more = bits(value == 17 ? 3 : 7) else { return false }
                all += [Int](repeating: 0, count: more + (value == 17 ? 3 : 11))
            }
        }
        guard all.count == total else { return false }
        return block(
            PrefixCode(Array(all[..<(literalCount + 257)])),
            PrefixCode(Array(all[(literalCount + 257)...])))
    }

    private static let codeOrder = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]
    private static let lengthBase = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258,
    ]
    private static let lengthExtra = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
}

/// A canonical prefix code, given by the length of every symbol's code (RFC 1951 §3.2.2).
private struct PrefixCode {
    static let fixedLiterals = PrefixCode(
        (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    static let fixedDistances = PrefixCode([Int](repeating: 5, count: 30))

    /// How many codes have each length; the entry of length 0 is not used.
    let counts: [Int]
    let symbols: [Int]

    init(_ lengths: [Int]) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths where length > 0 { counts[length] += 1 }
        self.counts = counts
        symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }
}
