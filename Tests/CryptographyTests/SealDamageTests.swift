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
        #expect(try bench.openssl("cms -cmsout -inform DER -in seal -outform PEM -out pem").status == 0)

        let content = Array(good.dropFirst(4))
        let indefinite: [UInt8] = [0x30, 0x80] + content + [0, 0]
        let padded: [UInt8] = [0x30, 0x83, 0x00] + good[2...]
        for form in [try bench.read("pem"), indefinite, padded, []] {
            #expect(Seal.verify(form, content: Sealer.sums, trusted: [sealer.certificate]).isBroken)
        }
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
                default: der.replaceSubrange(index..<min(index + 8, der.count), with: good.prefix(8))
                }
            }
            guard der != good else { continue }
            #expect(!Seal.verify(der, content: Sealer.sums, trusted: [sealer.certificate]).isTrusted)
        }
    }

    @Test func `never crashes on deep nesting`() {
        for tag: UInt8 in [0x30, 0x31, 0xA0, 0x24] {
            let deep = (0..<20_000).flatMap { _ in [tag, 0x80] as [UInt8] }
            #expect(Seal.verify(deep, content: [], trusted: []).isBroken)
        }
    }
}
