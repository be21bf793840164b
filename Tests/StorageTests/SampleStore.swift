import Cryptography
import Files
import Foundation
import Records
import Storage
import SystemPackage

/// A store with one small object in a folder of a test's own, removed with its last reference.
final class SampleStore {
    let path: FilePath
    let volume = DiskVolume()
    let object: ObjectIdentifier
    let receipt: Receipt
    static let created = Instant(seconds: 1_795_309_323)
    static let names = ["urn_uuid_X.v1.tar", "urn_uuid_X.v1.segments", "urn_uuid_X.v1.sums"]

    /// A failure to set up what a test needs.
    struct NotSetUp: Error {}

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "luutru-store-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = FilePath(url.path(percentEncoded: false))
        guard let object = ObjectIdentifier("0F9619FF-8B86-4011-B42D-00CF4FC964FF") else {
            throw NotSetUp()
        }
        self.object = object
        let store = ObjectStore(layout: StoreLayout(root: path), volume: volume)
        for folder in StoreLayout(root: path).folders { try volume.makeFolders(folder) }
        try store.initialise()
        receipt = try Self.add(object, to: store, volume)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    var store: ObjectStore { ObjectStore(layout: StoreLayout(root: path), volume: volume) }
    /// The object's folder.
    var folder: FilePath { store.folder(of: object) }

    /// Puts an object of three small files in a store.
    static func add(
        _ object: ObjectIdentifier, to store: ObjectStore, _ volume: DiskVolume
    ) throws -> Receipt {
        var parcels: [Parcel] = []
        for (number, name) in names.enumerated() {
            let bytes = Array("content \(number)\n".utf8)
            let file = store.layout.root.appending("parcel-\(number)")
            try volume.writeSynchronized(bytes, to: file)
            guard let digest = Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes)) else {
                throw NotSetUp()
            }
            parcels.append(Parcel(name: name, file: file, size: Int64(bytes.count), sha512: digest))
        }
        return try store.add(
            object, parcels: parcels, created: created, message: "Đóng gói", user: "os:lan",
            address: "urn:uuid:0")
    }

    /// Gives the object a second version of one file.
    func addVersion(to object: ObjectIdentifier, after digest: Digest) throws -> Receipt {
        let bytes = Array("later\n".utf8)
        let file = path.appending("parcel-later")
        try volume.writeSynchronized(bytes, to: file)
        guard let sha512 = Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes)) else {
            throw NotSetUp()
        }
        return try store.addVersion(
            to: object, after: digest,
            parcels: [
                Parcel(
                    name: "urn_uuid_X.v2.tar", file: file, size: Int64(bytes.count), sha512: sha512)
            ], created: Self.created, message: "Sửa", user: "os:lan", address: "urn:uuid:0")
    }

    /// Every file below a folder, by its path.
    func files(below folder: FilePath) throws -> [FilePath] {
        try volume.list(folder).flatMap { entry -> [FilePath] in
            let inner = folder.appending(entry.name)
            return entry.kind == .folder ? try files(below: inner) : [inner]
        }
    }

    /// Puts these bytes in a file's place.
    func rewrite(_ file: FilePath, _ bytes: [UInt8]) throws {
        if try volume.status(file) != nil { try volume.remove(file) }
        try volume.create(file, permissions: .everybodyReads).append(bytes, at: 0)
    }

    /// What inspecting the object finds.
    func findings(expected digest: Digest? = nil) throws -> [FindingCode] {
        var inspection = ObjectInspection(
            of: "o", in: folder, volume: volume, buffer: WorkBuffer(count: 4096), progress: { _ in }
        )
        try inspection.run(expecting: object, inventory: digest)
        return inspection.findings.map(\.code)
    }

    /// What inspecting the root finds.
    func rootFindings() throws -> [FindingCode] {
        try RootInspection.findings(of: store, volume: volume).map(\.code)
    }
}
