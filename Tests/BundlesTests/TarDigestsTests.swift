import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Bundles

/// SHA-512 of several files read side by side, and the sum that tells whether they were read as written.
@Suite struct TarDigestsTests {
    private static func content(_ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 13) ^ ($0 >> 8)) }
    }

    private static func sum(_ bytes: [UInt8], pieces: Int) -> WordSum {
        var sum = WordSum()
        bytes.withUnsafeBytes { all in
            for start in stride(from: 0, to: all.count, by: pieces) {
                sum.add(
                    UnsafeRawBufferPointer(rebasing: all[start..<min(all.count, start + pieces)]))
            }
        }
        return sum
    }

    @Test func `each file has libcrypto's digest, its size and the sum of its words`() throws {
        let folder = try TestFolder()
        let sizes = [
            0, 1, 512, 1 << 20, (1 << 20) + 1, 5_000_000, 10_240, 2 << 20, 3, 700_000, 1_024, 77,
        ]
        let paths = try sizes.enumerated().map { number, size in
            let path = folder.path("tep-\(number)")
            try Data(Self.content(size)).write(to: URL(filePath: path.string))
            return path
        }
        let found = try TarDigests.read(paths, volume: DiskVolume())
        #expect(found.map(\.size) == sizes.map { Int64($0) })
        #expect(
            found.map(\.sha512.bytes)
                == sizes.map { Hasher.digest(.sha512, of: Self.content($0)) })
        #expect(found.map(\.words) == sizes.map { Self.sum(Self.content($0), pieces: 4096) })
        #expect(try TarDigests.read([], volume: DiskVolume()).isEmpty)
    }

    @Test func `a sum does not depend on the pieces, and changes with every bit`() {
        let bytes = Self.content(1_000 + 3)
        let whole = Self.sum(bytes, pieces: 8)
        #expect(Self.sum(bytes, pieces: 512) == whole)
        #expect(Self.sum(bytes, pieces: .max / 2) == whole)
        for bit in 0..<(bytes.count * 8) {
            var other = bytes
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(Self.sum(other, pieces: 512) != whole, "\(bit)")
        }
    }
}
