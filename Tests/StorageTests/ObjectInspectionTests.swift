import Files
import Glibc
import Records
import Storage
import SystemPackage
import Testing

@Suite struct ObjectInspectionTests {
    private let sample: SampleStore

    init() throws { sample = try SampleStore() }

    @Test func `finds nothing wrong with what was stored, and reads all of it`() throws {
        var inspection = ObjectInspection(
            of: "o", in: sample.folder, volume: sample.volume, buffer: WorkBuffer(count: 7),
            progress: { _ in })
        try inspection.run(expecting: sample.object, inventory: sample.receipt.inventory)
        let total = try sample.files(below: sample.folder).reduce(Int64(0)) {
            $0 + (try sample.volume.status($1)?.size ?? 0)
        }

        #expect(inspection.findings == [])
        // The two sidecars and both inventories among them.
        #expect(inspection.bytes == total)
    }

    @Test(arguments: 0..<8)
    func `finds every changed byte of every file`(_ number: Int) throws {
        let file = try sample.files(below: sample.folder)[number]
        let good = try sample.volume.readAll(file, limit: 1 << 20)
        for place in good.indices {
            var damaged = good
            damaged[place] ^= 0x20
            try sample.rewrite(file, damaged)
            // Alone the object has to show every byte; with the ledger's digest a sample is enough.
            #expect(try !sample.findings().isEmpty, "\(file) \(place)")
            guard place % 29 == 0 else { continue }
            let expected = sample.receipt.inventory
            #expect(try !sample.findings(expected: expected).isEmpty, "\(file) \(place)")
        }
    }

    @Test(arguments: [true, false])
    func `finds every file that is cut, longer, empty or gone`(_ isExpected: Bool) throws {
        let expected = isExpected ? sample.receipt.inventory : nil
        for file in try sample.files(below: sample.folder) {
            let good = try sample.volume.readAll(file, limit: 1 << 20)
            let wrong = [
                Array(good.dropLast()), good + [0x0A], good + good, [], Array(good.dropFirst()),
            ]
            for damaged in wrong {
                try sample.rewrite(file, damaged)
                #expect(try !sample.findings(expected: expected).isEmpty, "\(file)")
            }
            try sample.volume.remove(file)
            #expect(try !sample.findings(expected: expected).isEmpty, "\(file)")
            try sample.rewrite(file, good)
        }
    }

    @Test func `finds two files that changed places`() throws {
        let files = try sample.files(below: sample.folder)
        for one in files {
            for other in files where one.string < other.string {
                let first = try sample.volume.readAll(one, limit: 1 << 20)
                let second = try sample.volume.readAll(other, limit: 1 << 20)
                guard first != second else { continue }
                try sample.rewrite(one, second)
                try sample.rewrite(other, first)
                #expect(try !sample.findings().isEmpty, "\(one) \(other)")
                try sample.rewrite(one, first)
                try sample.rewrite(other, second)
            }
        }
    }

    @Test(arguments: [
        ("", FindingCode.objectExtraFile), ("v1", .versionExtraFile),
        ("v1/content", .contentExtraFile),
    ])
    func `finds whatever was put beside what belongs there`(_ name: String, _ code: FindingCode)
        throws
    {
        let folder = name.isEmpty ? sample.folder : sample.folder.appending(name)
        let extra = folder.appending("lạ")

        try sample.volume.writeSynchronized([], to: extra)
        #expect(try sample.findings() == [code])
        try sample.volume.remove(extra)
        try sample.volume.makeFolder(extra, permissions: .everybodyEnters)
        #expect(try sample.findings() == [code])
        try sample.volume.removeFolder(extra)
        symlink("urn_uuid_X.v1.tar", extra.string)
        #expect(try sample.findings() == [code])
        try sample.volume.remove(extra)
        mkfifo(extra.string, 0o644)
        #expect(try sample.findings() == [code])
    }

    @Test(arguments: [
        ("0=ocfl_object_1.1", FindingCode.objectDeclarationMissing),
        ("inventory.json", .inventoryMissing),
        ("inventory.json.sha512", .sidecarMissing), ("v1", .objectVersionMissing),
        ("v1/inventory.json", .inventoryMissing), ("v1/inventory.json.sha512", .sidecarMissing),
        ("v1/content", .contentMissing), ("v1/content/urn_uuid_X.v1.tar", .contentMissing),
    ])
    func `says what is missing, also where something else stands in its place`(
        _ name: String, _ code: FindingCode
    ) throws {
        let path = sample.folder.appending(name)
        let aside = sample.path.appending("aside")
        try sample.volume.replace(aside, with: path)
        #expect(try sample.findings().contains(code))

        symlink(aside.string, path.string)
        #expect(try !sample.findings().isEmpty)
        try sample.volume.remove(path)
        mkfifo(path.string, 0o644)
        #expect(try !sample.findings().isEmpty)
        try sample.volume.remove(path)
        if try sample.volume.status(aside)?.kind == .folder {
            try sample.volume.writeSynchronized([1], to: path)
        } else {
            try sample.volume.makeFolder(path, permissions: .everybodyEnters)
        }
        #expect(try !sample.findings().isEmpty)
    }

    @Test func `is missing when a link or a file stands for its folder`() throws {
        let aside = sample.path.appending("aside")
        try sample.volume.replace(aside, with: sample.folder)
        #expect(try sample.findings() == [.objectMissing])
        symlink(aside.string, sample.folder.string)
        #expect(try sample.findings() == [.objectMissing])
        try sample.rewrite(sample.folder, [1])
        #expect(try sample.findings() == [.objectMissing])
    }

    @Test func `believes the ledger over a whole object that agrees with itself`() throws {
        let (inventory, _) = try sample.store.inventory(of: sample.object)
        let text = String(decoding: inventory.bytes, as: UTF8.self)
        let other = Array(text.replacing("Đóng gói", with: "another").utf8)
        let digest = Inventory.digest(of: other)
        for folder in [sample.folder, sample.folder.appending("v1")] {
            try sample.rewrite(folder.appending("inventory.json"), other)
            try sample.rewrite(
                folder.appending("inventory.json.sha512"), Inventory.sidecar(for: digest))
        }

        #expect(try sample.findings() == [])
        #expect(try sample.findings(expected: sample.receipt.inventory) == [.inventoryReplaced])
    }

    @Test func `notices an object in another one's folder`() throws {
        var random = SystemRandomNumberGenerator()
        let other = ObjectIdentifier(using: &random)
        var inspection = ObjectInspection(
            of: "o", in: sample.folder, volume: sample.volume, buffer: WorkBuffer(count: 64),
            progress: { _ in })

        try inspection.run(expecting: other, inventory: nil)

        #expect(inspection.findings.map(\.code) == [.inventoryReplaced])
    }

    @Test func `stops when its progress says so`() throws {
        struct Stopped: Error {}
        var inspection = ObjectInspection(
            of: "o", in: sample.folder, volume: sample.volume, buffer: WorkBuffer(count: 64),
            progress: { _ in throw Stopped() })

        #expect(throws: Stopped.self) { try inspection.run(expecting: nil, inventory: nil) }
    }
}
