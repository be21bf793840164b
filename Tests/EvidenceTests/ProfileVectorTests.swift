import Cryptography
import Foundation
import Records
import Testing

@testable import Evidence

/// The vectors of `docs/evidence.md`, which freeze the profile `luutru-er 1`.
struct ProfileVectorTests {
    private static let page =
        (try? String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "docs/evidence.md"), encoding: .utf8)) ?? ""

    private static func start(_ hash: [UInt8]?) -> String {
        String(Hexadecimal.text(of: hash ?? []).prefix(32))
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `the page's roots are the tree's`(_ count: Int) {
        var tree = HashTree(.sha512)
        for index in 0..<count { tree.append(HashTreeTests.leaf(index)) }

        #expect(
            Self.page.contains("| \(count) | \(Self.start(tree.root)) |"),
            "\(Self.start(tree.root))")
    }

    @Test func `the page's groups are the profile's`() throws {
        let files = ["a", "b", "c"].map { Array($0.utf8) }
        let group = LeafGroup(files.map { DigestMethod.sha512.digest(of: $0) }, .sha512)
        let renewed = LeafGroup(
            HashTreeRenewal.leaves(
                files.map { DigestMethod.sha3x512.digest(of: $0) },
                after: [ArchiveTimeStampChain([])], .sha3x512), .sha3x512)

        #expect(
            Self.page.contains("has the leaf `\(Self.start(group.leaf))`"),
            "\(Self.start(group.leaf))")
        #expect(
            Self.page.contains("has the leaf `\(Self.start(renewed.leaf))`"),
            "\(Self.start(renewed.leaf))")
    }

    @Test func `a stamp is written as the profile says`() throws {
        let sha512: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 2, 3, 5, 0,
        ]
        let digest = try #require(DigestIdentifier(der: sha512))
        let stamp = try ArchiveTimeStamp(
            digest: digest, lists: [[[1, 2]], [[3]]], timeStamp: [0x30, 0x00])

        let record = EvidenceRecord(chains: [ArchiveTimeStampChain([stamp])])

        #expect(
            Hexadecimal.text(of: record.der)
                == "3038020101300f300d06096086480165030402030500302230203"
                + "01ea00d06096086480165030402030500"
                + "a20b30040402010230030401033000")
        #expect(try EvidenceRecord(der: record.der) == record)
    }
}
