import Cryptography
import Files
import Foundation
import Records
import SystemPackage
import Testing

@testable import Evidence

@Suite struct StreamedTreeTests {
    private static func leaf(_ number: Int) -> [UInt8] {
        DigestMethod.sha512.digest(of: Array("leaf \(number)".utf8))
    }

    @Test func `leaves that pass by once give the root and every way of the whole tree`() {
        for count in 1...70 {
            var whole = HashTree(.sha512)
            for number in 0..<count { whole.append(Self.leaf(number)) }
            for watched in 0..<count {
                var tree = StreamedTree(.sha512)
                for number in 0..<count {
                    tree.append(Self.leaf(number), isWatched: number == watched)
                }
                #expect(tree.finished()?.root == whole.root, "\(count)")
                #expect(tree.finished()?.path == whole.path(for: watched), "\(watched)/\(count)")
            }
        }
        #expect(StreamedTree(.sha512).finished() == nil)
    }

    @Test(arguments: [
        "", "ab", "G0", " ", "\n", "\u{0}",
        String(repeating: "a", count: 128) + " urn:uuid:x v1 a\n",
        String(repeating: "a", count: 5_000),
    ])
    func `leaves that nobody of ours wrote are a fault, never more`(text: String) throws {
        let path = FilePath(NSTemporaryDirectory() + "leaves-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        try DiskVolume().writeDurably(Array(text.utf8), to: path)
        var reader = LeavesReader(try DiskVolume().open(path), .sha512)
        if text.isEmpty {
            #expect(try reader.next() == nil)
        } else {
            #expect(throws: LeavesReader.Fault.self) { try reader.next() }
        }
    }

    @Test func `groups come back as they were written, in one spelling only`() throws {
        let path = FilePath(NSTemporaryDirectory() + "leaves-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        var chance = SystemRandomNumberGenerator()
        let groups = (1...2_000).map { number in
            BatchGroup(
                object: ObjectIdentifier(using: &chance), version: number % 3 + 1, method: .sha512,
                files: (1...4).map { BatchFile(name: "tệp.\($0)", digest: Self.leaf(number + $0)) })
        }
        var writer = LeavesWriter(
            try DiskVolume().create(path, permissions: .everybodyReads), .sha512)
        var tree = StreamedTree(.sha512)
        for group in groups {
            try writer.add(group)
            tree.append(group.leafGroup.leaf)
        }
        let (digest, root) = try writer.finish()
        #expect(root == tree.finished()?.root)

        var reader = LeavesReader(try DiskVolume().open(path), .sha512)
        var read: [BatchGroup] = []
        while let group = try reader.next() { read.append(group) }
        #expect(read == groups)
        #expect(reader.digest() == digest)

        let text = try String(contentsOfFile: path.string, encoding: .utf8)
        let lines = text.split(separator: "\n")
        try (lines.reversed().joined(separator: "\n") + "\n").write(
            toFile: path.string, atomically: false, encoding: .utf8)
        var swapped = LeavesReader(try DiskVolume().open(path), .sha512)
        #expect(throws: LeavesReader.Fault.self) { while try swapped.next() != nil {} }
    }
}
