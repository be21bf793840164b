import Cryptography
import Files
import Records
import Storage
import SystemPackage
import Testing

@Suite struct ObjectStoreTests {
    private let sample: SampleStore

    init() throws { sample = try SampleStore() }

    @Test func `lays an object where extension 0003 says`() throws {
        // SHA-256 of the identifier begins 472db74b3…
        #expect(
            sample.receipt.folder
                == "472/db7/4b3/urn%3auuid%3a0F9619FF-8B86-4011-B42D-00CF4FC964FF")
        #expect(sample.receipt.folder == ObjectLocation.folder(of: sample.object))
        #expect(try sample.volume.status(sample.folder)?.kind == .folder)
    }

    @Test(arguments: [
        "", "urn%3auuid%3a", "urn%3Auuid%3A0F9619FF-8B86-4011-B42D-00CF4FC964FF",
        "urn%3auuid%3a0f9619ff-8b86-4011-b42d-00cf4fc964ff", "0F9619FF-8B86-4011-B42D-00CF4FC964FF",
        "urn%3auuid%3aurn_uuid_0F9619FF-8B86-4011-B42D-00CF4FC964FF",
        "urn%3auuid%3a0F9619FF-8B86-4011-B42D-00CF4FC964FF ",
    ])
    func `knows only the folder names that it gives`(_ name: String) {
        #expect(ObjectLocation.object(inFolder: name) == nil)
    }

    @Test func `knows again every folder name that it gives`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            let object = ObjectIdentifier(using: &random)
            let name = ObjectLocation.folder(of: object).split(separator: "/").last ?? ""
            #expect(ObjectLocation.object(inFolder: String(name)) == object)
        }
    }

    @Test func `moves the parcels in and leaves nothing aside`() throws {
        let names = try sample.files(below: sample.folder).map {
            String($0.string.dropFirst(sample.folder.string.utf8.count + 1))
        }

        #expect(
            names == [
                "0=ocfl_object_1.1", "inventory.json", "inventory.json.sha512",
                "v1/content/urn_uuid_X.v1.segments", "v1/content/urn_uuid_X.v1.sums",
                "v1/content/urn_uuid_X.v1.tar", "v1/inventory.json", "v1/inventory.json.sha512",
            ])
        #expect(try sample.volume.list(sample.store.layout.incoming).isEmpty)
        #expect(try sample.volume.status(sample.path.appending("parcel-0")) == nil)
    }

    @Test func `gives a receipt over the inventory's bytes`() throws {
        let bytes = try sample.volume.readAll(
            sample.folder.appending("inventory.json"), limit: 1 << 20)
        let (inventory, digest) = try sample.store.inventory(of: sample.object)

        #expect(sample.receipt.inventory.bytes == Hasher.digest(.sha512, of: bytes))
        #expect(digest == sample.receipt.inventory)
        #expect(sample.receipt.object == sample.object && sample.receipt.version == 1)
        #expect(inventory.bytes == bytes)
        #expect(inventory.versions.map(\.created) == [SampleStore.created])
        #expect(
            try sample.volume.readAll(sample.folder.appending("inventory.json.sha512"), limit: 200)
                == Array("\(digest.hex) inventory.json\n".utf8))
    }

    @Test func `writes the inventory as OCFL 1.1 asks`() throws {
        let bytes = try sample.volume.readAll(
            sample.folder.appending("inventory.json"), limit: 1 << 20)
        let value = try JSONValue(parsing: bytes)

        #expect(value["id"] == .string(sample.object.text))
        #expect(value["type"] == "https://ocfl.io/1.1/spec/#inventory")
        #expect(value["digestAlgorithm"] == "sha512" && value["head"] == "v1")
        let state = try #require(value["versions"]?["v1"]?["state"]?.objectValue)
        let manifest = try #require(value["manifest"]?.objectValue)
        #expect(Set(state.keys) == Set(manifest.keys))
        let hex = Hexadecimal.text(of: Hasher.digest(.sha512, of: Array("content 0\n".utf8)))
        #expect(state[hex] == ["urn_uuid_X.v1.tar"])
        #expect(manifest[hex] == ["v1/content/urn_uuid_X.v1.tar"])
        #expect(value["versions"]?["v1"]?["created"] == "2026-11-22T01:02:03Z")
        #expect(value["versions"]?["v1"]?["message"] == "Đóng gói")
    }

    @Test func `refuses an object that is there and leaves it as it is`() throws {
        #expect(throws: StorageFailure(.exists, subject: sample.object.text)) {
            try SampleStore.add(sample.object, to: sample.store, sample.volume)
        }
        #expect(try sample.findings(expected: sample.receipt.inventory) == [])
    }

    @Test func `has no inventory of an object that it lacks`() throws {
        var random = SystemRandomNumberGenerator()
        let other = ObjectIdentifier(using: &random)

        #expect(throws: StorageFailure(.missing, subject: other.text)) {
            try sample.store.inventory(of: other)
        }
    }

    @Test func `does not read an inventory of another object or of another form`() throws {
        var random = SystemRandomNumberGenerator()
        let other = ObjectIdentifier(using: &random)
        let (inventory, _) = try sample.store.inventory(of: sample.object)
        let foreign = Inventory(
            object: other, manifest: inventory.manifest, versions: inventory.versions)

        for bytes in [foreign.bytes, [], Array("{}".utf8), [0xFF]] {
            try sample.rewrite(sample.folder.appending("inventory.json"), bytes)
            #expect(throws: StorageFailure(.unreadable, subject: sample.object.text)) {
                try sample.store.inventory(of: sample.object)
            }
        }
    }

    @Test func `visits every object once, in the order of its path`() throws {
        var random = SystemRandomNumberGenerator()
        var objects = [sample.object]
        for _ in 0..<20 {
            objects.append(ObjectIdentifier(using: &random))
            _ = try SampleStore.add(objects[objects.count - 1], to: sample.store, sample.volume)
        }
        var seen: [ObjectIdentifier] = []

        try sample.store.forEachObject { object, folder in
            seen.append(try #require(object))
            #expect(folder == sample.store.folder(of: try #require(object)))
        }

        #expect(
            seen == objects.sorted { ObjectLocation.folder(of: $0) < ObjectLocation.folder(of: $1) }
        )
        #expect(try sample.rootFindings() == [])
    }

    @Test func `removes empty tuple folders and nothing else`() throws {
        let objects = sample.store.layout.objects
        try sample.volume.makeFolders(objects.appending("000/111/222"))
        try sample.volume.makeFolders(objects.appending("000/333"))

        try sample.store.removeEmptyFolders()

        #expect(try sample.volume.status(objects.appending("000")) == nil)
        #expect(try sample.findings(expected: sample.receipt.inventory) == [])
        #expect(try sample.rootFindings() == [])
    }

    @Test func `keeps a store's card`() throws {
        let card = StoreCard(
            archive: sample.object, store: sample.object, epoch: 7, created: SampleStore.created)

        #expect(StoreCard(card.bytes) == card)
        for count in card.bytes.indices.dropLast() {
            #expect(StoreCard(Array(card.bytes[..<count])) == nil)
        }
    }
}
