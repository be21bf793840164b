import Files
import Records
import Storage
import SystemPackage
import Testing

@Suite struct HostileInventoryTests {
    private let sample: SampleStore

    init() throws { sample = try SampleStore() }

    /// Puts bytes in the inventory's place with a sidecar that fits them; says what is found.
    private func findings(of bytes: [UInt8]) throws -> [FindingCode] {
        let digest = Inventory.digest(of: bytes)
        for folder in [sample.folder, sample.folder.appending("v1")] {
            try sample.rewrite(folder.appending("inventory.json"), bytes)
            try sample.rewrite(
                folder.appending("inventory.json.sha512"), Inventory.sidecar(for: digest))
        }
        return try sample.findings(expected: sample.receipt.inventory)
    }

    @Test func `survives an inventory of random bytes`() throws {
        var random = SystemRandomNumberGenerator()
        for count in [0, 1, 2, 100, 5000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            #expect(Inventory(bytes) == nil)
            #expect(try findings(of: bytes).contains(.inventoryUnreadable))
        }
    }

    @Test func `survives an inventory with a few random changes`() throws {
        var random = SystemRandomNumberGenerator()
        let good = try sample.volume.readAll(
            sample.folder.appending("inventory.json"), limit: 1 << 20)
        for _ in 0..<300 {
            var damaged = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: damaged.indices, using: &random)
                damaged[place] = UInt8.random(in: 0x20...0x7E, using: &random)
            }
            guard damaged != good else { continue }
            #expect(try findings(of: damaged).contains(.inventoryReplaced))
        }
    }

    @Test func `survives deep nesting`() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)

        #expect(try findings(of: bytes).contains(.inventoryUnreadable))
    }

    @Test func `refuses to read an inventory beyond the limit`() throws {
        let file = try sample.volume.openForAppending(
            sample.folder.appending("inventory.json"), permissions: .everybodyReads)
        try file.truncate(to: Int64(ObjectInspection.inventoryLimit) + 1)

        #expect(try sample.findings().contains(.fileUnreadable))
    }

    @Test(arguments: [
        ("\"v1\": {", "\"v2\": {"), ("\"head\": \"v1\"", "\"head\": \"v2\""),
        ("\"versions\": {", "\"versions\": {}, \"x\": {"),
        ("sha512\"", "md5\""), ("inventory\"", "inventory2\""), ("2026-11-22T", "2026-02-30T"),
        ("\"manifest\"", "\"manifests\""), ("\"state\"", "\"states\""),
        ("urn:uuid:0F", "urn:uuid:0G"),
        ("[", "[5, "), ("[", "["), ("\"v1/content/urn_uuid_X.v1.tar\"", "{}"),
    ])
    func `reads nothing that it would not write`(_ old: String, _ new: String) throws {
        let (inventory, _) = try sample.store.inventory(of: sample.object)
        let text = String(decoding: inventory.bytes, as: UTF8.self)
        let changed = text.replacing(old, with: new, maxReplacements: 1)

        #expect((Inventory(Array(changed.utf8)) == nil) == (changed != text))
    }

    @Test func `finds that files named outside the content are not there`() throws {
        let (inventory, _) = try sample.store.inventory(of: sample.object)
        let digest = try #require(inventory.manifest.values.first)
        for name in [
            "../../../store.json", "/etc/passwd", "v1/inventory.json", "v2/content/x", "",
            "v1/content/",
        ] {
            let hostile = Inventory(
                object: inventory.object,
                manifest: inventory.manifest.merging([name: digest]) { one, _ in one },
                versions: inventory.versions)
            #expect(try findings(of: hostile.bytes).contains(.contentMissing), "\(name)")
        }
    }

    @Test func `finds that versions named by the inventory alone are not there`() throws {
        let (inventory, _) = try sample.store.inventory(of: sample.object)
        let hostile = Inventory(
            object: inventory.object, manifest: inventory.manifest,
            versions: Array(repeating: inventory.versions[0], count: 500))

        #expect(try findings(of: hostile.bytes).count { $0 == .objectVersionMissing } == 499)
    }
}
