import Records
import Testing

@testable import Evidence

struct LabelledDigestTests {
    private static let half = hex(.sha256)

    private static func hex(_ algorithm: Digest.Algorithm) -> String {
        String(repeating: "0a", count: algorithm.byteCount)
    }

    @Test(arguments: Digest.Algorithm.allCases)
    func `reads what it wrote, and digits of either case`(algorithm: Digest.Algorithm) throws {
        let digest = try #require(Digest(algorithm, hex: Self.hex(algorithm)))

        #expect(Digest(labelled: digest.labelled) == digest)
        #expect(Digest(labelled: algorithm.rawValue + ":" + digest.hex.uppercased()) == digest)
        #expect(Digest(labelled: ":" + digest.labelled) == digest)
    }

    @Test(arguments: [
        "", ":", "::", "sha256", "sha256:", "sha1:\(half)", "sha256:\(half)\(half)",
        "SHA256:\(half)", "sha256::\(half)", "sha256:\(half)\n", "sha256:\(half)0a",
        "sha512:\(half)",
        "sha256:g\(half)", "sha256:\u{301}\(half)", half,
    ])
    func `takes nothing else for a digest`(text: String) {
        #expect(Digest(labelled: text) == nil)
    }
}
