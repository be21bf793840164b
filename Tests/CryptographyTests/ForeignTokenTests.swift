import Cryptography
import Foundation
import Testing

/// A time-stamp token of another authority, out of a signature of the shared fixtures.
struct ForeignToken: Sendable, CustomTestStringConvertible {
    let name: String
    let der: [UInt8]

    var testDescription: String { name }

    /// The tokens in CMS and PDF signatures; none where the fixtures are absent.
    static let all: [ForeignToken] = {
        let folder = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/fixtures")
        var tokens: [ForeignToken] = []
        for kind in ["cms", "pdf-signed/dss", "pdf-signed/pyhanko"] {
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder.appending(path: kind), includingPropertiesForKeys: nil)
            for file in (files ?? []).sorted(by: { $0.path < $1.path }) {
                guard let data = try? Data(contentsOf: file), data.count < 2 << 20 else { continue }
                for der in inside(Array(data)) + hexadecimal(Array(data)).flatMap({ inside($0) })
                where !tokens.contains(where: { $0.der == der }) {
                    tokens.append(ForeignToken(name: file.lastPathComponent, der: der))
                }
            }
        }
        if tokens.isEmpty { print("not run: fixtures absent") }
        return tokens
    }()

    /// Every ContentInfo with a SignedData that begins somewhere in the bytes and is a token.
    private static func inside(_ bytes: [UInt8]) -> [[UInt8]] {
        let signedData: [UInt8] = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0]
        var found: [[UInt8]] = []
        for start in bytes.indices where bytes[start] == 0x30 && start + 16 < bytes.count {
            guard bytes[start + 1] == 0x82, bytes[(start + 4)...].starts(with: signedData) else {
                continue
            }
            let end = start + 4 + Int(bytes[start + 2]) << 8 + Int(bytes[start + 3])
            guard end <= bytes.count else { continue }
            let der = Array(bytes[start..<end])
            if (try? TimeStampToken(der: der)) != nil { found.append(der) }
        }
        return found
    }

    /// The long hexadecimal strings of a PDF.
    private static func hexadecimal(_ bytes: [UInt8]) -> [[UInt8]] {
        var strings: [[UInt8]] = []
        var string: [UInt8] = []
        var high: UInt8?
        for byte in bytes {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
                if string.count > 1_000 { strings.append(string) }
                (string, high) = ([], nil)
                continue
            }
            if let first = high { string.append(first << 4 | UInt8(digit)) }
            high = high == nil ? UInt8(digit) : nil
        }
        return strings
    }
}

struct ForeignTokenTests {
    @Test(arguments: ForeignToken.all)
    func `a token of another authority is whole and not trusted`(_ token: ForeignToken) throws {
        let read = try TimeStampToken(der: token.der)

        let check = read.check(at: read.generationTime, roots: [])

        #expect(check.problems.map(\.fault) == [.untrusted])
        #expect(check.signerFingerprint != nil && !check.algorithms.isEmpty)
    }

    @Test(arguments: ForeignToken.all)
    func `a token of another authority with damage is never good`(_ token: ForeignToken) throws {
        let read = try TimeStampToken(der: token.der)
        let anchors = read.certificates.filter { $0.subject == $0.issuer }
        for _ in 0..<60 {
            var der = token.der
            let index = Int.random(in: der.indices)
            der[index] ^= 1 << UInt8.random(in: 0...7)
            guard let changed = try? TimeStampToken(der: der) else { continue }

            let check = changed.check(at: changed.generationTime, roots: anchors)

            let isSame =
                changed.imprint == read.imprint && changed.generationTime == read.generationTime
            #expect(!check.problems.isEmpty || isSame, "byte \(index)")
        }
    }
}
