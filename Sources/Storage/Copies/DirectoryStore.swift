package import Files
package import Records
package import SystemPackage

/// A copy store in a folder of a mounted disk.
package struct DirectoryStore: CopyStore {
    package let layout: StoreLayout
    package let objects: ObjectStore
    package let volume: any Volume

    /// A store in a folder; nothing is looked at yet.
    package init(root: FilePath, volume: any Volume) {
        layout = StoreLayout(root: root)
        objects = ObjectStore(layout: layout, volume: volume)
        self.volume = volume
    }

    /// The store's card; nil where there is none, a failure where the folder is not there.
    package func card() throws -> StoreCard? {
        guard try volume.status(layout.root)?.kind == .folder else {
            throw CopyStoreFailure(.away, subject: layout.root.string)
        }
        guard try volume.status(layout.card)?.kind == .file else {
            guard try volume.status(layout.root) != nil else {
                throw CopyStoreFailure(.away, subject: layout.root.string)
            }
            return nil
        }
        return StoreCard(try volume.readAll(layout.card, limit: StoreCard.limit))
    }

    /// Makes an empty store, its card last.
    package func found(_ card: StoreCard, readMe: [UInt8]) throws {
        try volume.makeDurableFolders(layout.root)
        for folder in layout.folders { try volume.makeFolders(folder) }
        // A crash may have left some of it; what is there is written anew, the card is still missing.
        try objects.initialiseAnew()
        try volume.replaceDurably(readMe, as: layout.readMe)
        try volume.synchronizeFolder(layout.root)
        try volume.writeDurably(card.bytes, to: layout.card)
    }

    /// Puts another card in the place of the one that is there.
    package func replaceCard(_ card: StoreCard) throws {
        try volume.replaceDurably(card.bytes, as: layout.card)
    }

    /// Gives the names that stand directly in a folder of the store.
    package func forEachName(in folder: String, _ body: (String) throws -> Void) throws {
        guard try folder.isEmpty || volume.status(place(folder))?.kind == .folder else { return }
        for entry in try volume.list(place(folder)) { try body(entry.name.string) }
    }

    /// Gives nothing where no folder is.
    package func forEachEntry(
        in folder: String, _ body: (_ name: String, _ isFile: Bool) throws -> Void
    ) throws {
        guard try volume.status(place(folder))?.kind == .folder else { return }
        try volume.forEachEntry(in: place(folder)) { entry in
            try body(entry.name.string, entry.kind == .file)
        }
    }

    /// Removes what an interrupted run left in `incoming/`.
    package func clearLeftovers() throws {
        guard try volume.status(layout.incoming)?.kind == .folder else {
            return try volume.makeFolders(layout.incoming)
        }
        let left = try volume.list(layout.incoming)
        // Empty folders come with something left here, and looking for them takes a walk of the whole store.
        guard !left.isEmpty else { return }
        try objects.removeEmptyFolders()
        for entry in left { try volume.removeTree(layout.incoming.appending(entry.name)) }
    }

    /// The size of a file; nil when none is there.
    package func size(of path: String) throws -> Int64? {
        guard let status = try volume.status(place(path)), status.kind == .file else { return nil }
        return status.size
    }

    /// A file to read from any place; a disk gives no marks.
    package func reader(of path: String, mark: String?) throws -> any ReadableFile {
        try volume.open(place(path))
    }

    /// Gives every file below a folder in the order of their paths.
    package func forEachFile(below folder: String, _ body: (StoredFile) throws -> Void) throws {
        guard try volume.status(place(folder))?.kind == .folder else { return }
        for entry in try volume.list(place(folder)) {
            let path = folder + "/" + entry.name.string
            if entry.kind == .folder {
                try forEachFile(below: path, body)
            } else {
                try body(StoredFile(path: path, size: volume.status(place(path))?.size ?? 0))
            }
        }
    }

    /// Brings a file in whole under a name.
    package func put(_ source: CopiedFile, as path: String, _ run: CopyRun) throws -> StoredFile {
        let target = place(path)
        try volume.makeDurableFolders(target.removingLastComponent())
        let copied = try fileCopy(run).copy(
            source.file, expecting: source.sha512, to: target)
        if !copied.isKept { try volume.synchronizeFolder(target.removingLastComponent()) }
        return StoredFile(path: path, size: copied.size)
    }

    /// Puts bytes in the place of a small file that is made of others.
    package func replace(_ path: String, with bytes: [UInt8]) throws {
        try volume.replaceDurably(bytes, as: place(path))
    }

    /// SHA-512 of an object's root inventory here; nil when the object is not here.
    package func inventoryDigest(of object: ObjectIdentifier) throws -> Digest? {
        do {
            return try objects.inventory(of: object).1
        } catch is StorageFailure {
            return nil
        }
    }

    /// Bytes of the ledger here.
    package func ledgerSize() throws -> Int64 {
        guard let status = try volume.status(ledgerFile), status.kind == .file else { return 0 }
        return status.size
    }

    /// A piece of the ledger here.
    package func ledgerBytes(at offset: Int64, count: Int) throws -> [UInt8] {
        guard try volume.status(ledgerFile)?.kind == .file else { return [] }
        return try volume.open(ledgerFile).bytes(at: offset, count: count)
    }

    /// Adds whole lines behind the last whole line and brings them to the disk.
    package func appendToLedger(_ lines: [UInt8], at size: Int64) throws {
        let isNew = try volume.status(ledgerFile) == nil
        let log = try volume.openForAppending(ledgerFile, permissions: .everybodyReads)
        let torn = try tornTail(of: log, after: size)
        if torn.isEmpty || lines.starts(with: torn) {
            try log.append(Array(lines.dropFirst(torn.count)), at: size + Int64(torn.count))
        } else {
            try keep(torn, after: size)
            try log.truncate(to: size)
            try log.append(lines, at: size)
        }
        try log.synchronize()
        try log.close()
        if isNew { try volume.synchronizeFolder(layout.ledger) }
    }

    /// What a crash left of a line; a failure where whole lines stand, which only the other writer can have written.
    private func tornTail(of log: any OpenFile, after size: Int64) throws -> [UInt8] {
        let rest = try log.status().size - size
        guard rest != 0 else { return [] }
        guard rest > 0, rest <= Self.longestTear else {
            throw CopyStoreFailure(.failed, subject: ledgerFile.string, "\(size)")
        }
        let torn = try volume.open(ledgerFile).bytes(at: size, count: Int(rest))
        guard !torn.contains(0x0A) else {
            throw CopyStoreFailure(.failed, subject: ledgerFile.string, "\(size)")
        }
        return torn
    }

    /// Keeps what never was an entry, unless it is kept already.
    private func keep(_ torn: [UInt8], after size: Int64) throws {
        try volume.makeDurableFolders(layout.recovered)
        var number = 1
        while true {
            let suffix = number == 1 ? "" : "-\(number)"
            let file = layout.recovered.appending("ledger-tail-\(size)" + suffix)
            guard let status = try volume.status(file) else {
                return try volume.writeDurably(torn, to: file)
            }
            if status.size == torn.count,
                try volume.readAll(file, limit: torn.count) == torn
            {
                return
            }
            number += 1
        }
    }

    /// As much as one call of appending writes, and a line.
    package static let longestTear: Int64 = 4 << 20

    private var ledgerFile: FilePath { layout.ledger.appending("entries.jsonl") }

    private func place(_ path: String) -> FilePath {
        path.isEmpty ? layout.root : layout.root.appending(path)
    }

    func fileCopy(_ run: CopyRun) -> FileCopy {
        FileCopy(
            volume: volume, aside: layout.incoming.appending(".file"), buffer: run.buffer,
            progress: run.progress)
    }
}
