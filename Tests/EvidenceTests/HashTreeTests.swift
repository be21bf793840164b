import Cryptography
import Foundation
import Records
import Testing

@testable import Evidence

struct HashTreeTests {
    static func leaf(_ index: Int) -> [UInt8] {
        DigestMethod.sha512.digest(of: Array("leaf \(index)".utf8))
    }

    @Test(arguments: 1...40)
    func `every leaf's way leads to the root`(_ count: Int) throws {
        var tree = HashTree(.sha512)
        #expect(tree.root == nil)
        for index in 0..<count { tree.append(Self.leaf(index)) }

        for index in 0..<count {
            let lists = [[Self.leaf(index)]] + tree.path(for: index).map { [$0] }
            #expect(HashTree.root(of: lists, .sha512) == tree.root)
        }
        #expect(tree.root == Self.slowRoot(count))
    }

    /// The tree as the profile describes it, level by level.
    static func slowRoot(_ count: Int) -> [UInt8]? {
        var level = (0..<count).map { leaf($0) }
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { index in
                guard index + 1 < level.count else { return level[index] }
                let pair = level[index...index + 1].sorted { $0.lexicographicallyPrecedes($1) }
                return DigestMethod.sha512.digest(of: pair[0] + pair[1])
            }
        }
        return level.first
    }

    @Test func `a million leaves stay within 64 MiB and a hundred bytes each`() throws {
        // Other tests of the process take memory meanwhile: one quiet turn is enough.
        for _ in 0..<5 where try bytesOfAMillionLeaves() < 64 << 20 + 100 * 1_000_000 { return }
        Issue.record("more in each of five turns")
    }

    private func bytesOfAMillionLeaves() throws -> Int {
        let before = Self.residentBytes
        var tree = HashTree(.sha512)
        var leaf = Self.leaf(0)
        for index in 0..<1_000_000 {
            leaf[index % 64] &+= 1
            tree.append(leaf)
        }
        let path = tree.path(for: 999_999)

        #expect(HashTree.root(of: [[leaf]] + path.map { [$0] }, .sha512) == tree.root)
        #expect(path.count <= 20)
        // 64 for the leaf, 64 for the node it makes; the rest is the allocator's.
        return Self.residentBytes - before
    }

    static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
    }
}
