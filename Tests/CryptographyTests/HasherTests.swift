import Cryptography
import Testing

struct HasherTests {
    /// Examples of FIPS 180-4: algorithm, message, digest.
    static let vectors: [(Hasher.Algorithm, String, String)] = [
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha512, "",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
        ),
        (
            .sha512, "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ]

    @Test(arguments: vectors)
    func `digests as the standard's examples say`(
        _ algorithm: Hasher.Algorithm, _ message: String, _ expected: String
    ) {
        let hasher = Hasher(algorithm)
        hasher.update(Array(message.utf8))

        #expect(hex(hasher.finalizeAndReset()) == expected)
        #expect(hex(Hasher.digest(algorithm, of: Array(message.utf8))) == expected)
    }

    @Test func `begins anew after each digest`() {
        let hasher = Hasher(.sha256)
        for number in 0..<300 {
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number)
            for byte in bytes { hasher.update([byte]) }

            #expect(hasher.finalizeAndReset() == Hasher.digest(.sha256, of: bytes))
        }
    }

    @Test func `agrees with the openssl program on pieces of any size`() throws {
        let bench = try Workbench()
        var generator = SeededGenerator(7)
        let bytes = (0..<300_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try bench.write(bytes, as: "record")

        for (algorithm, name) in [(Hasher.Algorithm.sha256, "sha256"), (.sha512, "sha512")] {
            let hasher = Hasher(algorithm)
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...70_000, using: &generator))
                piece.withUnsafeBytes { hasher.update($0) }
                rest = rest.dropFirst(piece.count)
            }
            let answer = try bench.openssl("dgst -\(name) -r record")
            #expect(answer.output.hasPrefix(hex(hasher.finalizeAndReset()) + " "))
        }
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
