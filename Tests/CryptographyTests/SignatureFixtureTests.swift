import Cryptography
import Foundation
import Testing

/// Signatures of other makers, each with what its maker or others found.
struct SignatureFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let expected: String

    var testDescription: String { name }

    /// Every CMS signature of the shared fixtures; none where they are absent.
    static let all: [SignatureFixture] = {
        let folder = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/fixtures")
        guard
            let text = try? String(contentsOf: folder.appending(path: "cases.tsv"), encoding: .utf8)
        else {
            print("not run: fixtures absent")
            return []
        }
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count > 5, fields[1] == "cms",
                let data = try? Data(contentsOf: folder.appending(path: String(fields[2])))
            else { return nil }
            return SignatureFixture(
                name: String(fields[2]), bytes: Array(data), expected: String(fields[5]))
        }
    }()
}

struct SignatureFixtureTests {
    @Test(arguments: SignatureFixture.all)
    func `a signature of another maker is never trusted as a seal`(
        _ fixture: SignatureFixture
    ) throws {
        let trusted = [try Sealer().certificate]
        for content: [UInt8] in [[], Array("Hello world".utf8), fixture.bytes] {
            let verdict = Seal.verify(fixture.bytes, content: content, trusted: trusted)

            #expect(!verdict.isTrusted)
            if !fixture.expected.hasSuffix("detached-content") { #expect(verdict.isBroken) }
        }
    }

    @Test(arguments: SignatureFixture.all)
    func `a damaged signature of another maker never crashes`(_ fixture: SignatureFixture) {
        var generator = SeededGenerator(19)
        for _ in 0..<300 {
            var der = fixture.bytes
            guard let index = der.indices.randomElement(using: &generator) else { return }
            der[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            if Bool.random(using: &generator) { der = Array(der.prefix(index)) }

            #expect(!Seal.verify(der, content: [], trusted: []).isTrusted)
        }
    }
}
