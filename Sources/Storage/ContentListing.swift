package import Files
package import Records
package import SystemPackage

/// What a content file was when it was read: its SHA-512 and its size.
package struct ContentDigest: Hashable, Sendable {
    package let sha512: Digest
    package let size: Int64

    package init(sha512: Digest, size: Int64) {
        self.sha512 = sha512
        self.size = size
    }
}

/// The content files of an object that an inspection will compare, so that they can be read before its turn.
package struct ContentListing: Sendable {
    /// One of them.
    package struct File: Hashable, Sendable {
        /// Its path below the object's folder.
        package let name: String
        package let size: Int64
        /// What tells it from another in its place (`FileStatus.identity`).
        package let identity: String
    }

    /// A sparse file may say it has more than any disk; sums of sizes stay numbers.
    private static let mostSize: Int64 = 1 << 45

    package private(set) var files: [File] = []
    /// What an inspection of the whole object reads.
    package private(set) var bytes: Int64 = 0

    /// Lists what is in the folders and in the inventory; whatever is wrong is left to the inspection to tell.
    package init(of folder: FilePath, volume: any Volume) {
        do {
            try list(folder, volume)
        } catch {
            files = []
            bytes = 0
        }
    }

    private mutating func list(_ folder: FilePath, _ volume: any Volume) throws(FileFailure) {
        let root = folder.appending("inventory.json")
        guard try volume.status(folder)?.kind == .folder,
            let status = try volume.status(root), status.kind == .file,
            status.size <= ObjectInspection.inventoryLimit,
            let inventory = Inventory(
                try volume.readAll(root, limit: ObjectInspection.inventoryLimit))
        else { return }
        try count([StorageRoot.objectDeclarationName], below: folder, volume)
        try count(Self.inventoryNames, below: folder, volume)
        for number in 1...inventory.versions.count {
            try count(Self.inventoryNames, below: folder.appending("v\(number)"), volume)
            let content = "v\(number)/content"
            let path = folder.appending(content)
            // A link would be followed, and what it leads to may be changed from elsewhere.
            guard try volume.status(path)?.kind == .folder else { continue }
            for entry in try volume.list(path) where entry.kind == .file {
                let name = content + "/" + entry.name.string
                guard inventory.manifest[name] != nil,
                    let status = try volume.status(path.appending(entry.name)),
                    status.kind == .file
                else { continue }
                let size = min(status.size, Self.mostSize)
                files.append(File(name: name, size: size, identity: status.identity))
                bytes += size
            }
        }
    }

    private mutating func count(
        _ names: [String], below folder: FilePath, _ volume: any Volume
    ) throws(FileFailure) {
        for name in names {
            guard let status = try volume.status(folder.appending(name)), status.kind == .file
            else { continue }
            bytes += min(status.size, Self.mostSize)
        }
    }

    private static let inventoryNames = ["inventory.json", "inventory.json.sha512"]
}
