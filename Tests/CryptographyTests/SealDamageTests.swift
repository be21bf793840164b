import Cryptography
import Testing

struct SealDamageTests {
    @Test(arguments: [SealKey.Kind.p256, .rsa3072])
    func `is not trusted with any one bit changed`(_ kind: SealKey.Kind) throws {
        let sealer = try Sealer(kind)
        let good = try sealer.seal()
        var missed: [String] = []
        for index in good.indices {
            for bit in 0..<8 {
                var der = good
                der[index] ^= 1 << UInt8(bit)
                let verdict = Seal.verify(
                    der, content: Sealer.sums, trusted: [sealer.certificate])
                if verdict.isTrusted { missed.append("byte \(index) bit \(bit) of \(good[index])") }
            }
        }

        #expect(missed.isEmpty, "\(missed)")
    }

    @Test func `is broken when cut anywhere or with anything behind it`() throws {
        let sealer = try Sealer()
        let good = try sealer.seal()
        let trusted = [sealer.certificate]
        for count in good.indices {
            let verdict = Seal.verify(
                Array(good.prefix(count)), content: Sealer.sums, trusted: trusted)
            #expect(verdict.isBroken)
        }
        for tail: [UInt8] in [[0], [0, 0], [0x0A], good] {
            #expect(Seal.verify(good + tail, content: Sealer.sums, trusted: trusted).isBroken)
        }
    }

    @Test func `is broken when longer than a seal can be`() throws {
        let huge: [UInt8] = [0x30, 0x83, 0x10, 0x00, 0x00] + [UInt8](repeating: 0, count: 1 << 20)

        #expect(Seal.verify(huge, content: [], trusted: []) == .broken("malformed"))
    }

    @Test func `is broken in any other encoding than DER`() throws {
        let sealer = try Sealer()
        let bench = try Workbench()
        let good = try sealer.seal()
        try bench.write(good, as: "seal")
        #expect(
            try bench.openssl("cms -cmsout -inform DER -in seal -outform PEM -out pem").status == 0)

        let content = Array(good.dropFirst(4))
        let indefinite: [UInt8] = [0x30, 0x80] + content + [0, 0]
        let padded: [UInt8] = [0x30, 0x83, 0x00] + good[2...]
        for form in [try bench.read("pem"), indefinite, padded, []] {
            #expect(Seal.verify(form, content: Sealer.sums, trusted: [sealer.certificate]).isBroken)
        }
    }

    @Test func `is broken with anything added that its signature does not protect`() throws {
        let sealer = try Sealer()
        let trusted = [sealer.certificate]
        let good = try sealer.seal()
        // 2.5.4.3 stands for any attribute and any kind of revocation information.
        let name: [UInt8] = [0x06, 0x03, 0x55, 0x04, 0x03]
        let attributes = [0xA1, 0x0B, 0x30, 0x09] + name + [0x31, 0x02, 0x05, 0x00]
        let revocation = [0xA1, 0x09, 0xA1, 0x07] + name + [0x05, 0x00]

        let attributed = Self.adding(attributes, depth: 4, to: good[...])
        #expect(
            Seal.verify(attributed, content: Sealer.sums, trusted: trusted)
                == .broken("unsigned attributes"))
        let listed = Self.adding(revocation, depth: 2, beforeLast: true, to: good[...])
        #expect(
            Seal.verify(listed, content: Sealer.sums, trusted: trusted)
                == .broken("revocation lists"))
    }

    @Test func `never crashes and is never trusted after random damage`() throws {
        var generator = SeededGenerator(17)
        let sealer = try Sealer()
        let good = try sealer.seal()
        for _ in 0..<5_000 {
            var der = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<der.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: der[index] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: der.insert(UInt8.random(in: .min ... .max, using: &generator), at: index)
                case 2: der.remove(at: index)
                default:
                    der.replaceSubrange(index..<min(index + 8, der.count), with: good.prefix(8))
                }
            }
            guard der != good else { continue }
            #expect(
                !Seal.verify(der, content: Sealer.sums, trusted: [sealer.certificate]).isTrusted)
        }
    }

    @Test func `never crashes on deep nesting`() {
        for tag: UInt8 in [0x30, 0x31, 0xA0, 0x24] {
            let deep = (0..<20_000).flatMap { _ in [tag, 0x80] as [UInt8] }
            #expect(Seal.verify(deep, content: [], trusted: []).isBroken)
        }
    }

    /// A DER value with another put into the last of its children, and theirs, as deep as said.
    private static func adding(
        _ value: [UInt8], depth: Int, beforeLast: Bool = false, to element: ArraySlice<UInt8>
    ) -> [UInt8] {
        let content = element.dropFirst(header(element))
        var last = content
        while total(last) < last.count { last = last.dropFirst(total(last)) }
        let others = content.dropLast(last.count)
        let inner: [UInt8] =
            if depth > 0 {
                others + adding(value, depth: depth - 1, beforeLast: beforeLast, to: last)
            } else {
                beforeLast ? others + value + last : content + value
            }
        let length = [0x82, UInt8(inner.count >> 8), UInt8(inner.count & 0xFF)] as [UInt8]
        return element.prefix(1) + (inner.count < 256 ? [0x81, UInt8(inner.count)] : length) + inner
    }

    /// How long tag and length of a value are.
    private static func header(_ element: ArraySlice<UInt8>) -> Int {
        let first = element[element.startIndex + 1]
        return first < 0x80 ? 2 : 2 + Int(first & 0x7F)
    }

    /// How long a value is with tag and length.
    private static func total(_ element: ArraySlice<UInt8>) -> Int {
        let header = header(element)
        let first = element[element.startIndex + 1]
        let octets = element.dropFirst(2).prefix(header - 2)
        return header + (first < 0x80 ? Int(first) : octets.reduce(0) { $0 << 8 | Int($1) })
    }
}
