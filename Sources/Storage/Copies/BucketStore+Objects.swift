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
            guard let bytes = here.inventory, let digest = Inventory.digest(of: bytes),
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
        let folder = Self.folder(of: object)
        return RootFiles(
            inventory: try client.bytes(
                of: RelativePath(folder + "inventory.json"),
                limit: ObjectInspection.inventoryLimit),
            sidecar: try client.bytes(
                of: RelativePath(folder + "inventory.json.sha512"), limit: 4096))
    }

    static func folder(of object: ObjectIdentifier) -> String {
        "ocfl/" + ObjectLocation.folder(of: object) + "/"
    }
}

/// An object on its way into a bucket.
private struct ObjectUpload {
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
        if here.isFinished(with: copied.inventory), let bytes = here.inventory,
            let inventory = Inventory(bytes)
        {
            return .held(
                CopyReceipt(
                    object: copied.object, version: inventory.versions.count,
                    inventory: copied.inventory, bytes: 0))
        }
        guard let original = try original() else {
            return .sourceDamaged([Finding(.inventoryReplaced, subject: copied.object.text)])
        }
        guard let known = here.finishedVersions(of: original.versions) else { return .different }
        return .held(try upload(original, after: known))
    }

    /// The original's inventories, when the last is the one that the ledger names and the others lead to it.
    private func original() throws -> Original? {
        let root = try read("inventory.json")
        guard Inventory.digest(of: root) == copied.inventory, let inventory = Inventory(root),
            inventory.object == copied.object
        else { return nil }
        var versions: [InventoryForm] = []
        for number in 1...inventory.versions.count {
            let bytes = try read("v\(number)/inventory.json")
            guard let own = Inventory(bytes), let digest = Inventory.digest(of: bytes),
                own.versions.count == number,
                number == inventory.versions.count ? bytes == root : inventory.grows(out: own)
            else { return nil }
            versions.append(InventoryForm(bytes: bytes, digest: digest))
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

    /// Puts what follows a number of finished versions: content, the versions' inventories, the root's, its sidecar last.
    private func upload(_ original: Original, after known: Int) throws -> CopyReceipt {
        var marks: [String: String] = [:]
        var bytes: Int64 = 0
        func note(_ path: String, _ brought: BucketStore.Brought) {
            if !brought.isKept { bytes += brought.size }
            marks[path] = brought.version
        }
        for number in 1...original.versions.count where number > known {
            for (path, digest) in original.inventory.content(of: number) {
                let file = CopiedFile(source.appending(path), sha512: digest)
                note(path, try store.bring(file, as: target + path, run))
            }
            for (name, content) in original.versions[number - 1].files {
                let path = "v\(number)/" + name
                note(path, try store.settle(content, as: target + path))
            }
        }
        let last = original.versions[original.versions.count - 1]
        let declaration = Array(StorageRoot.objectDeclaration.utf8)
        for (name, content) in [(StorageRoot.objectDeclarationName, declaration)] + last.files {
            note(name, try store.settle(content, as: target + name))
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
            && inventory.flatMap { Inventory.digest(of: $0) } == digest
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
