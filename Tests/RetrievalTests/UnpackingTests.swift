import Containers
import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import Retrieval
import SystemPackage
import Testing

@Suite struct UnpackingTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// Writes a tar of small files; gives it open, with its digest.
    private func tar(_ name: String, _ files: [(String, String)]) throws -> (
        any OpenFile, Digest
    ) {
        var bytes: [UInt8] = []
        for (path, text) in files {
            let header = TarHeader(
                path: Array(path.utf8), size: Int64(text.utf8.count), modified: 1_700_000_000)
            bytes += header.encoded + Array(text.utf8)
            bytes += [UInt8](repeating: 0, count: header.paddingCount)
        }
        bytes += [UInt8](repeating: 0, count: 1024)
        try Data(bytes).write(to: URL(filePath: folder.path(name).string))
        let digest = Digest(.sha512, bytes: Cryptography.Hasher.digest(.sha512, of: bytes))
        return (try DiskVolume().open(folder.path(name)), try #require(digest))
    }

    private func unpacking(_ tars: [(any OpenFile, Digest)]) -> BundleUnpacking {
        BundleUnpacking(
            tars.map(\.0), expecting: tars.map(\.1), buffer: WorkBuffer(count: 700),
            progress: { _ in })
    }

    private func zip(_ tars: [(any OpenFile, Digest)]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try UnpackedZIP.write(
            unpacking(tars).entries(), from: tars.map(\.0), buffer: WorkBuffer(count: 700),
            progress: { _ in }
        ) { bytes += $0 }
        return bytes
    }

    @Test func `later versions replace what earlier ones had, and add to it`() throws {
        let first = try tar("v1", [("a/x", "một"), ("a/y", "hai"), ("a/METS.xml", "cũ")])
        let second = try tar("v2", [("a/METS.xml", "mới, dài hơn"), ("a/z", "ba")])
        let entries = try unpacking([first, second]).entries()
        #expect(entries.map(\.path.text) == ["a/x", "a/y", "a/METS.xml", "a/z"])
        #expect(entries.map(\.tar) == [0, 0, 1, 1])
        let mets = entries[2]
        let text = try second.0.bytes(at: mets.offset, count: Int(mets.size))
        #expect(String(decoding: text, as: UTF8.self) == "mới, dài hơn")
        #expect(mets.sha512.bytes == Cryptography.Hasher.digest(.sha512, of: text))
    }

    @Test func `a tar that is not the one stored gives nothing`() throws {
        let good = try tar("v1", [("a/x", "một")])
        let other = try tar("v2", [("a/x", "hai")])
        #expect(throws: DeliveryFailure.damaged) {
            try unpacking([(good.0, other.1)]).entries()
        }
        let path = folder.path("v1").string
        try Data(contentsOf: URL(filePath: path)).dropLast(512).write(to: URL(filePath: path))
        let short = try DiskVolume().open(folder.path("v1"))
        #expect(throws: DeliveryFailure.damaged) { try unpacking([(short, good.1)]).entries() }
    }

    @Test func `the ZIP of one version is the one that get hands over`() throws {
        let made = try tar("v1", [("a/Văn bản.txt", "nội dung"), ("a/METS.xml", "<mets/>")])
        let target = folder.path("goi.zip")
        _ = try PackageZIP(of: [made], volume: DiskVolume()).write(to: target)
        let handed = Array(try Data(contentsOf: URL(filePath: target.string)))
        #expect(try zip([made]) == handed)
    }

    @Test(arguments: [
        ("H61.12.2024.01.CĐS", "H61.12.2024.01.CĐS_0F3A1B2C"), ("", "0F3A1B2C"),
        ("a/b\\c:d*e?f\"g<h>i|j k\n", "a_b_c_d_e_f_g_h_i_j_k__0F3A1B2C"),
        ("../..", ".._.._0F3A1B2C"), ("a\u{202E}b", "a_b_0F3A1B2C"),
    ])
    func `a name is the code as every disk can hold it`(code: String, name: String) throws {
        let object = try #require(ObjectIdentifier("0F3A1B2C-0000-4000-8000-0123456789AB"))
        #expect(ReadableName.of(code: code, object) == name)
        let long = ReadableName.of(code: String(repeating: "ế", count: 500), object, whole: true)
        #expect(long.utf8.count <= 160 && long.hasSuffix(object.uuidText))
    }
}
