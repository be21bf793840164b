package import Files
package import Records
package import SystemPackage

/// An OCFL storage root on a disk; objects are built aside and come in whole by one rename (`design.md` §5, step 2).
package struct ObjectStore: Sendable {
    package let layout: StoreLayout
    let volume: any Volume

    package init(layout: StoreLayout, volume: any Volume) {
        self.layout = layout
        self.volume = volume
    }

    /// Makes the root's declaration, layout and extension configuration in a new store.
    package func initialise() throws {
        for (path, text) in StorageRoot.files {
            let file = layout.objects.appending(path)
            try volume.makeFolders(file.removingLastComponent())
            try volume.writeDurably(Array(text.utf8), to: file)
        }
        try volume.synchronizeFolder(layout.objects.appending("extensions"))
        try volume.synchronizeFolder(layout.objects)
    }

    /// The same where a crash may have left some of them.
    package func initialiseAnew() throws {
        for (path, text) in StorageRoot.files {
            let file = layout.objects.appending(path)
            try volume.makeFolders(file.removingLastComponent())
            try volume.replaceDurably(Array(text.utf8), as: file)
        }
        try volume.synchronizeFolder(layout.objects.appending("extensions"))
        try volume.synchronizeFolder(layout.objects)
    }

    /// The folder of an object, whether it is there or not.
    package func folder(of object: ObjectIdentifier) -> FilePath {
        layout.objects.appending(ObjectLocation.folder(of: object))
    }

    /// What stands in the place of the object's folder, or of one above it, and is none.
    package func misplaced(_ object: ObjectIdentifier) throws(FileFailure) -> FolderMisplaced? {
        let root = layout.objects.removingLastComponent()
        return try volume.misplaced(above: folder(of: object).appending("v1"), below: root)
    }

    /// Fails there: nothing of an object is written through a link.
    func requireFolders(of object: ObjectIdentifier) throws {
        if let misplaced = try misplaced(object) { throw misplaced }
    }

    /// Whether the root has the object.
    package func holds(_ object: ObjectIdentifier) throws -> Bool {
        try volume.status(folder(of: object)) != nil
    }

    /// Takes the first version of an object: the parcels are moved in, then all of it appears at once.
    package func add(
        _ object: ObjectIdentifier, parcels: [Parcel], created: Instant, message: String,
        user: String,
        address: String
    ) throws -> Receipt {
        let target = folder(of: object)
        try requireFolders(of: object)
        guard try volume.status(target) == nil else {
            throw StorageFailure(.exists, subject: object.text)
        }
        let inventory = Inventory(
            object: object,
            manifest: Dictionary(
                uniqueKeysWithValues: parcels.map { ("v1/content/" + $0.name, $0.sha512) }),
            versions: [
                Inventory.Version(
                    created: created, message: message, user: user, address: address,
                    state: Dictionary(uniqueKeysWithValues: parcels.map { ($0.name, $0.sha512) }))
            ])
        let bytes = inventory.bytes
        let digest = Inventory.digest(of: bytes)
        let aside = layout.incoming.appending(object.fileName)
        try build(aside, parcels: parcels, inventory: bytes, digest: digest)
        // Invariant W2: the object appears whole by this rename, after everything in it is on the disk.
        try makeDurableFolders(target.removingLastComponent())
        try volume.rename(aside, to: target)
        try volume.synchronizeFolder(target.removingLastComponent())
        try volume.synchronizeFolder(layout.incoming)
        return Receipt(
            object: object, version: 1, inventory: digest, folder: ObjectLocation.folder(of: object)
        )
    }

    private func build(_ aside: FilePath, parcels: [Parcel], inventory: [UInt8], digest: Digest)
        throws
    {
        let version = aside.appending("v1")
        let content = version.appending("content")
        try volume.makeFolders(content)
        for parcel in parcels { try move(parcel, into: content) }
        for folder in [version, aside] {
            try volume.writeSynchronized(inventory, to: folder.appending("inventory.json"))
            try volume.writeSynchronized(
                Inventory.sidecar(for: digest), to: folder.appending("inventory.json.sha512"))
        }
        try volume.writeSynchronized(
            Array(StorageRoot.objectDeclaration.utf8),
            to: aside.appending(StorageRoot.objectDeclarationName))
        for folder in [content, version, aside] { try volume.synchronizeFolder(folder) }
    }

    /// Makes the tuple folders, each name brought to the disk in the folder above it.
    private func makeDurableFolders(_ path: FilePath) throws {
        guard try volume.status(path) == nil else { return }
        let parent = path.removingLastComponent()
        try makeDurableFolders(parent)
        try volume.makeFolder(path, permissions: .everybodyEnters)
        try volume.synchronizeFolder(parent)
    }

    /// The inventory of an object with its digest; a failure when it is not there or not readable.
    package func inventory(of object: ObjectIdentifier) throws -> (Inventory, Digest) {
        let path = folder(of: object).appending("inventory.json")
        guard try volume.status(path) != nil else {
            throw StorageFailure(.missing, subject: object.text)
        }
        let bytes = try volume.readAll(path, limit: ObjectInspection.inventoryLimit)
        guard let inventory = Inventory(bytes), inventory.object == object else {
            throw StorageFailure(.unreadable, subject: object.text)
        }
        return (inventory, Inventory.digest(of: bytes))
    }

    /// Gives every object folder in the root in the order of its path; strange names come with no identifier.
    package func forEachObject(_ body: (ObjectIdentifier?, FilePath) throws -> Void) throws {
        try walk(layout.objects, depth: 0, { try volume.list($0) }, body)
    }

    /// The same without what lies in folders that cannot be read, which an inspection of the root tells of.
    package func forEachReadableObject(
        _ body: (ObjectIdentifier?, FilePath) throws -> Void
    ) throws {
        try walk(layout.objects, depth: 0, { try readable($0) }, body)
    }

    private func readable(_ folder: FilePath) throws -> [FolderEntry] {
        do {
            return try volume.list(folder)
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return []
        }
    }

    private func walk(
        _ folder: FilePath, depth: Int, _ list: (FilePath) throws -> [FolderEntry],
        _ body: (ObjectIdentifier?, FilePath) throws -> Void
    ) throws {
        for entry in try list(folder) where entry.kind == .folder {
            if depth == 0, entry.name.string == "extensions" { continue }
            let inner = folder.appending(entry.name)
            if depth < 3 {
                try walk(inner, depth: depth + 1, list, body)
            } else {
                try body(ObjectLocation.object(inFolder: entry.name.string), inner)
            }
        }
    }

    /// Removes the empty tuple folders that a crash left: OCFL has no place for them (`design.md` §4.3).
    package func removeEmptyFolders() throws {
        for entry in try volume.list(layout.objects)
        where entry.kind == .folder && entry.name.string != "extensions" {
            _ = try removeIfEmpty(layout.objects.appending(entry.name), depth: 1)
        }
    }

    private func removeIfEmpty(_ folder: FilePath, depth: Int) throws -> Bool {
        var left = 0
        for entry in try volume.list(folder) {
            let goes =
                try depth < 3 && entry.kind == .folder
                && removeIfEmpty(folder.appending(entry.name), depth: depth + 1)
            if !goes { left += 1 }
        }
        if left == 0 { try volume.removeFolder(folder) }
        return left == 0
    }
}
