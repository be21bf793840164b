import Files
import Records
import Storage

/// Reads every file of an OCFL object behind a network, as `ObjectInspection` reads one on a disk.
struct RemoteInspection {
    private let store: any CopyStore
    private let folder: String
    private let subject: String
    private let buffer: WorkBuffer
    private let progress: (Int) throws -> Void
    /// How far earlier runs had read the content, by path below the object.
    private let kept: [String: FileReading]
    /// How far this one has come.
    private(set) var readings: [String: FileReading] = [:]
    private(set) var findings: [Finding] = []
    private(set) var bytes: Int64 = 0
    private(set) var inventory: Inventory?

    init(
        of subject: String, in folder: String, _ store: any CopyStore, buffer: WorkBuffer,
        kept: [String: FileReading], progress: @escaping (Int) throws -> Void
    ) {
        self.kept = kept
        self.subject = subject
        self.folder = folder
        self.store = store
        self.buffer = buffer
        self.progress = progress
    }

    mutating func run(expecting object: ObjectIdentifier?, inventory expected: Digest?) throws {
        var sizes: [String: Int64] = [:]
        try store.forEachFile(below: folder) { file in
            sizes[String(file.path.dropFirst(folder.count + 1))] = file.size
        }
        guard !sizes.isEmpty else { return report(.objectMissing, "") }
        let name = StorageRoot.objectDeclarationName
        if sizes.removeValue(forKey: name) == nil {
            report(.objectDeclarationMissing, name)
        } else if try small(name) != Array(StorageRoot.objectDeclaration.utf8) {
            report(.objectDeclarationWrong, name)
        }
        guard let root = try inventoryBytes("", &sizes) else { return }
        let digest = Inventory.digest(of: root)
        if let expected, digest != expected {
            report(
                .inventoryReplaced, "inventory.json",
                ["expected": expected.hex, "found": digest.hex])
        }
        guard let inventory = Inventory(root) else {
            return report(.inventoryUnreadable, "inventory.json")
        }
        if let object, inventory.object != object { report(.inventoryReplaced, "inventory.json") }
        self.inventory = inventory
        for number in 1...inventory.versions.count {
            let own = try inventoryBytes("v\(number)/", &sizes)
            if number == inventory.versions.count, let own, own != root {
                report(.inventoriesDiffer, "v\(number)/inventory.json")
            }
        }
        try readContent(inventory, &sizes)
        for path in sizes.keys.sorted() {
            report(path.contains("/content/") ? .contentExtraFile : .objectExtraFile, path)
        }
    }

    private mutating func readContent(
        _ inventory: Inventory, _ sizes: inout [String: Int64]
    ) throws {
        for (path, expected) in inventory.manifest.sorted(by: { $0.key < $1.key }) {
            guard let size = sizes.removeValue(forKey: path) else {
                report(.contentMissing, path)
                continue
            }
            let found = try content(path, size: size)
            bytes += found.size
            if found.sha512 != expected || found.size != size {
                report(
                    .contentDigestWrong, path,
                    [
                        "expected": expected.hex, "found": found.sha512.hex,
                        "size": String(found.size),
                    ])
            }
        }
    }

    private mutating func content(_ path: String, size: Int64) throws -> ContentDigest {
        let file = try store.reader(of: folder + "/" + path, mark: nil)
        var reading = RemoteReading(file, size: size, after: kept[path])
        defer { readings[path] = reading.reading }
        return try reading.run(through: buffer, progress: progress)
    }

    private mutating func inventoryBytes(
        _ prefix: String, _ sizes: inout [String: Int64]
    ) throws -> [UInt8]? {
        let name = prefix + "inventory.json"
        let sidecar = name + ".sha512"
        let hasSidecar = sizes.removeValue(forKey: sidecar) != nil
        guard sizes.removeValue(forKey: name) != nil, let content = try small(name) else {
            report(.inventoryMissing, name)
            return nil
        }
        if !hasSidecar {
            report(.sidecarMissing, sidecar)
        } else if try small(sidecar) != Inventory.sidecar(for: Inventory.digest(of: content)) {
            report(.sidecarWrong, sidecar)
        }
        return content
    }

    private mutating func small(_ name: String) throws -> [UInt8]? {
        let path = folder + "/" + name
        guard let size = try store.size(of: path), size <= Int64(ObjectInspection.inventoryLimit)
        else { return nil }
        let content = try store.bytes(of: path, limit: ObjectInspection.inventoryLimit)
        bytes += Int64(content?.count ?? 0)
        try progress(content?.count ?? 0)
        return content
    }

    private mutating func report(
        _ code: FindingCode, _ name: String, _ facts: [String: String] = [:]
    ) {
        var facts = facts
        facts["file"] = name
        findings.append(
            Finding(code, subject: name.isEmpty ? subject : subject + "/" + name, facts))
    }
}
