import Cryptography
import Files
import Foundation
import Records
import SystemPackage
import Testing

@testable import Storage

/// An object with two versions is copied whole, whatever its inventory lists.
@Suite struct ObjectCopyTests {
    private let scratch = FileManager.default.temporaryDirectory.appending(
        path: "luutru-" + UUID().uuidString)
    private let object: ObjectIdentifier
    private let volume = DiskVolume()

    init() throws {
        object = try #require(ObjectIdentifier("0F3A1B2C-0000-4000-8000-0123456789AB"))
        try makeObject()
    }

    private var source: FilePath { FilePath(scratch.path).appending("nguon") }
    private var target: FilePath { FilePath(scratch.path).appending("dich/x") }

    private func digest(_ text: String) throws -> Digest {
        try #require(
            Digest(.sha512, bytes: Cryptography.Hasher.digest(.sha512, of: Array(text.utf8))))
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        let path = source.appending(name)
        try volume.makeFolders(path.removingLastComponent())
        try volume.writeSynchronized(bytes, to: path)
    }

    private func makeObject() throws {
        var manifest: [String: Digest] = [:]
        var state: [String: Digest] = [:]
        var versions: [Inventory.Version] = []
        try write(
            Array(StorageRoot.objectDeclaration.utf8), StorageRoot.objectDeclarationName)
        var last: [UInt8] = []
        for number in 1...2 {
            let text = "gói \(number)"
            manifest["v\(number)/content/goi.v\(number).tar"] = try digest(text)
            state["goi.v\(number).tar"] = try digest(text)
            versions.append(
                Inventory.Version(
                    created: Instant(seconds: Int64(number)), message: "", user: "u",
                    address: "urn:x", state: state))
            try write(Array(text.utf8), "v\(number)/content/goi.v\(number).tar")
            last = Inventory(object: object, manifest: manifest, versions: versions).bytes
            try write(last, "v\(number)/inventory.json")
            let sum = Inventory.digest(of: last)
            try write(Inventory.sidecar(for: sum), "v\(number)/inventory.json.sha512")
        }
        let sum = Inventory.digest(of: last)
        try write(last, "inventory.json")
        try write(Inventory.sidecar(for: sum), "inventory.json.sha512")
    }

    private func copying() -> ObjectCopy {
        let buffer = WorkBuffer(count: 4096)
        return ObjectCopy(
            of: object.text, from: source, to: target, volume: volume,
            copy: FileCopy(
                volume: volume, aside: FilePath(scratch.path).appending("aside"), buffer: buffer,
                progress: { _ in }), buffer: buffer)
    }

    @Test func `every file of every version is copied, and kept the second time`() throws {
        var copy = copying()
        #expect(try copy.run(expecting: object, inventory: nil))
        #expect(copy.findings.isEmpty)
        #expect(copy.files.count == 9 && !copy.files.contains { $0.copied.isKept })
        let names = try FileManager.default.subpathsOfDirectory(atPath: source.string).sorted()
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: target.string).sorted() == names)
        var again = copying()
        #expect(try again.run(expecting: object, inventory: nil))
        let isAllKept = again.files.allSatisfy { $0.copied.isKept }
        #expect(isAllKept)
    }

    @Test(arguments: [
        "v1/content/goi.v1.tar", "v2/content/goi.v2.tar", "inventory.json", "v1/inventory.json",
        "v2/inventory.json", "inventory.json.sha512", "v1/inventory.json.sha512",
        "0=ocfl_object_1.1",
    ])
    func `a file that is missing or changed is named, in any version`(name: String) throws {
        let url = URL(filePath: source.string + "/" + name)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count / 2] ^= 1
        for change in [bytes, nil] {
            try? FileManager.default.removeItem(at: url)
            try change?.write(to: url)
            var copy = copying()
            #expect(try !copy.run(expecting: object, inventory: nil), "\(name)")
            #expect(!copy.findings.isEmpty)
            try volume.removeTree(target)
        }
    }

    @Test func `an inventory that is not the one expected is refused`() throws {
        var copy = copying()
        let other = try digest("khác")
        #expect(try !copy.run(expecting: object, inventory: other))
        #expect(copy.findings.map(\.code) == [.inventoryReplaced])
    }
}
