package import Files
package import Records
package import SystemPackage

/// A copy store in a folder of a mounted disk.
package struct DirectoryStore: CopyStore {
    package let layout: StoreLayout
    package let objects: ObjectStore
    let volume: any Volume

    package init(root: FilePath, volume: any Volume) {
        layout = StoreLayout(root: root)
        objects = ObjectStore(layout: layout, volume: volume)
        self.volume = volume
    }

    package func card() throws -> StoreCard? {
        guard try volume.status(layout.root)?.kind == .folder else {
            throw CopyStoreFailure(.away, subject: layout.root.string)
        }
        guard try volume.status(layout.card)?.kind == .file else { return nil }
        return StoreCard(try volume.readAll(layout.card, limit: StoreCard.limit))
    }

    package func found(_ card: StoreCard, readMe: [UInt8]) throws {
        try volume.makeDurableFolders(layout.root)
        for folder in layout.folders { try volume.makeFolders(folder) }
        // A crash may have left some of it; what is there is written anew, the card is still missing.
        try objects.initialiseAnew()
        try volume.replaceDurably(readMe, as: layout.readMe)
        try volume.synchronizeFolder(layout.root)
        try volume.writeDurably(card.bytes, to: layout.card)
    }

    package func replaceCard(_ card: StoreCard) throws {
        try volume.replaceDurably(card.bytes, as: layout.card)
    }

    package func forEachName(_ body: (String) throws -> Void) throws {
        for entry in try volume.list(layout.root) { try body(entry.name.string) }
    }

    package func clearLeftovers() throws {
        guard try volume.status(layout.incoming)?.kind == .folder else {
            return try volume.makeFolders(layout.incoming)
        }
        for entry in try volume.list(layout.incoming) {
            try volume.removeTree(layout.incoming.appending(entry.name))
        }
        try objects.removeEmptyFolders()
    }

    package func size(of path: String) throws -> Int64? {
        guard let status = try volume.status(place(path)), status.kind == .file else { return nil }
        return status.size
    }

    package func reader(of path: String, mark: String?) throws -> any ReadableFile {
        try volume.open(place(path))
    }

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

    package func put(_ source: CopiedFile, as path: String, _ run: CopyRun) throws -> StoredFile {
        let target = place(path)
        try volume.makeDurableFolders(target.removingLastComponent())
        let copied = try fileCopy(run).copy(
            source.file, expecting: source.sha512, to: target)
        if !copied.isKept { try volume.synchronizeFolder(target.removingLastComponent()) }
        return StoredFile(path: path, size: copied.size)
    }

    package func replace(_ path: String, with bytes: [UInt8]) throws {
        try volume.replaceDurably(bytes, as: place(path))
    }

    package func inventoryDigest(of object: ObjectIdentifier) throws -> Digest? {
        do {
            return try objects.inventory(of: object).1
        } catch is StorageFailure {
            return nil
        }
    }

    package func ledgerSize() throws -> Int64 {
        try volume.status(ledgerFile)?.size ?? 0
    }

    package func ledgerBytes(at offset: Int64, count: Int) throws -> [UInt8] {
        guard try volume.status(ledgerFile) != nil else { return [] }
        return try volume.open(ledgerFile).bytes(at: offset, count: count)
    }

    package func appendToLedger(_ lines: [UInt8], at size: Int64) throws {
        let isNew = try volume.status(ledgerFile) == nil
        let log = try volume.openForAppending(ledgerFile, permissions: .everybodyReads)
        guard try log.status().size == size else {
            throw CopyStoreFailure(.failed, subject: ledgerFile.string, "\(size)")
        }
        try log.append(lines, at: size)
        try log.synchronize()
        try log.close()
        if isNew { try volume.synchronizeFolder(layout.ledger) }
    }

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
