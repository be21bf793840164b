import Files
package import Records
import SystemPackage

/// An object is here when its root inventory has the sidecar that fits: that is put last (`design.md` §5, invariant O1).
extension BucketStore {
    package func take(_ copied: CopiedObject, _ run: CopyRun) throws -> CopyOutcome {
        do {
            return try asking { try ObjectUpload(copied, self, run).outcome() }
        } catch let failure as FileCopy.SourceFailure {
            return .sourceDamaged([try failure.finding(of: copied.object)])
        }
    }

    package func inventoryDigest(of object: ObjectIdentifier) throws -> Digest? {
        try asking {
            let here = try rootFiles(of: object)
            guard let digest = here.inventory.map({ Inventory.digest(of: $0) }),
                here.sidecar == Inventory.sidecar(for: digest)
            else { return nil }
            return digest
        }
    }

    /// The two files that say what an object is.
    struct RootFiles {
        let inventory: [UInt8]?
        let sidecar: [UInt8]?
    }

    func rootFiles(of object: ObjectIdentifier) throws -> RootFiles {
        let inventory = Self.folder(of: object) + "inventory.json"
        let sidecar = inventory + ".sha512"
        return RootFiles(
            inventory: try client.bytes(
                of: RelativePath(inventory), version: marks[inventory],
                limit: ObjectInspection.inventoryLimit),
            sidecar: try client.bytes(
                of: RelativePath(sidecar), version: marks[sidecar], limit: 4096))
    }

    static func folder(of object: ObjectIdentifier) -> String {
        "ocfl/" + ObjectLocation.folder(of: object) + "/"
    }
}

/// An object on its way into a bucket.
private struct ObjectUpload {
    private static let declaration = Array(StorageRoot.objectDeclaration.utf8)
    let copied: CopiedObject
    let store: BucketStore
    let run: CopyRun
    private let source: FilePath
    private let target: String

    init(_ copied: CopiedObject, _ store: BucketStore, _ run: CopyRun) {
        self.copied = copied
        self.store = store
        self.run = run
        source = copied.source.folder(of: copied.object)
        target = BucketStore.folder(of: copied.object)
    }

    /// The original, with the inventory of each version as the version has it.
    private struct Original {
        let inventory: Inventory
        let versions: [InventoryForm]
    }

    func outcome() throws -> CopyOutcome {
        let here = try store.rootFiles(of: copied.object)
        guard let original = try original(or: here) else {
            return .sourceDamaged([Finding(.inventoryReplaced, subject: copied.object.text)])
        }
        guard let known = here.finishedVersions(of: original.versions),
            let right = try readBack(original, upTo: known)
        else { return .different }
        return .held(try upload(original, after: known, right))
    }

    /// The original's inventories; where they are damaged, those of a copy whose last is the one that the ledger names.
    private func original(or here: BucketStore.RootFiles) throws -> Original? {
        do {
            if let original = try original(reading: { try read($0) }) { return original }
        } catch let failure as FileCopy.SourceFailure where here.isFinished(with: copied.inventory)
        {
            // A disk that answers nothing is thrown; rot of the original hides no copy.
            _ = try failure.finding(of: copied.object)
        }
        guard here.isFinished(with: copied.inventory) else { return nil }
        return try original(reading: {
            try store.client.bytes(
                of: RelativePath(target + $0), limit: ObjectInspection.inventoryLimit)
        })
    }

    /// Inventories of which the last is the one that the ledger names and the others lead to it.
    private func original(reading read: (String) throws -> [UInt8]?) throws -> Original? {
        guard let root = try read("inventory.json"),
            Inventory.digest(of: root) == copied.inventory, let inventory = Inventory(root),
            inventory.object == copied.object
        else { return nil }
        var versions: [InventoryForm] = []
        for number in 1...inventory.versions.count {
            guard let bytes = try read("v\(number)/inventory.json"),
                let own = Inventory(bytes), own.versions.count == number,
                number == inventory.versions.count ? bytes == root : inventory.grows(out: own)
            else { return nil }
            versions.append(InventoryForm(bytes: bytes, digest: Inventory.digest(of: bytes)))
        }
        return Original(inventory: inventory, versions: versions)
    }

    private func read(_ name: String) throws -> [UInt8] {
        do {
            return try store.volume.readAll(
                source.appending(name), limit: ObjectInspection.inventoryLimit)
        } catch {
            throw FileCopy.SourceFailure.unreadable(error)
        }
    }

    /// What stands here of finished versions beyond the store's last word, each file read whole (invariant S1).
    ///
    /// Nil when one of them is not what the ledger says; what is missing is brought in next.
    private func readBack(_ original: Original, upTo known: Int) throws -> [String: S3Facts]? {
        guard copied.received < known else { return [:] }
        var expected: [(path: String, sha512: Digest?)] = []
        expected.append(
            (StorageRoot.objectDeclarationName, Inventory.digest(of: Self.declaration)))
        for number in (copied.received + 1)...known {
            for (path, digest) in original.inventory.content(of: number) {
                expected.append((path, digest))
            }
            for (name, bytes) in original.versions[number - 1].files {
                expected.append(("v\(number)/" + name, Inventory.digest(of: bytes)))
            }
        }
        var right: [String: S3Facts] = [:]
        for (path, digest) in expected {
            let file = RelativePath(target + path)
            guard let facts = try store.client.facts(of: file) else { continue }
            guard try store.digest(of: file, facts, run) == digest else { return nil }
            right[path] = facts
        }
        return right
    }

    /// Puts what is missing beyond the store's last word: content, the versions' inventories, the root's, its sidecar last.
    private func upload(
        _ original: Original, after known: Int, _ right: [String: S3Facts]
    ) throws -> CopyReceipt {
        var marks: [String: String] = [:]
        var bytes: Int64 = 0
        func note(_ path: String, _ bring: () throws -> BucketStore.Brought) throws {
            let kept = try right[path].map {
                try store.kept($0, at: RelativePath(target + path))
            }
            let brought = try kept ?? bring()
            if !brought.isKept { bytes += brought.size }
            marks[path] = brought.version
        }
        for number in 1...original.versions.count where number > min(known, copied.received) {
            for (path, digest) in original.inventory.content(of: number) {
                let file = CopiedFile(source.appending(path), sha512: digest)
                try note(path) { try store.bring(file, as: target + path, run) }
            }
            for (name, content) in original.versions[number - 1].files {
                let path = "v\(number)/" + name
                try note(path) { try store.settle(content, as: target + path) }
            }
        }
        let last = original.versions[original.versions.count - 1]
        for (name, content) in [(StorageRoot.objectDeclarationName, Self.declaration)] + last.files
        {
            try note(name) { try store.settle(content, as: target + name) }
        }
        return CopyReceipt(
            object: copied.object, version: original.versions.count, inventory: copied.inventory,
            bytes: bytes, marks: marks)
    }
}

/// An inventory's bytes with what vouches for them.
private struct InventoryForm {
    let bytes: [UInt8]
    let digest: Digest

    var sidecar: [UInt8] { Inventory.sidecar(for: digest) }
    /// The two files in the order in which they come in.
    var files: [(name: String, bytes: [UInt8])] {
        [("inventory.json", bytes), ("inventory.json.sha512", sidecar)]
    }
}

extension BucketStore.RootFiles {
    /// Whether the object is here as an inventory of this digest says it.
    fileprivate func isFinished(with digest: Digest) -> Bool {
        sidecar == Inventory.sidecar(for: digest)
            && inventory.map { Inventory.digest(of: $0) } == digest
    }

    /// How many of an object's versions are surely here; nil when what is here is none of its states.
    fileprivate func finishedVersions(of versions: [InventoryForm]) -> Int? {
        var known = 0
        if let sidecar {
            guard let last = versions.lastIndex(where: { $0.sidecar == sidecar }) else {
                return nil
            }
            known = last + 1
        }
        if let inventory {
            guard let state = versions.lastIndex(where: { $0.bytes == inventory }),
                state + 1 >= known
            else { return nil }
        }
        return known
    }
}
