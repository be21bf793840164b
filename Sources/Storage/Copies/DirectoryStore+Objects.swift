import Files
import Records
import SystemPackage

/// Objects come into a copy store as into the primary one: built aside, brought to the disk, renamed in (invariant W2).
extension DirectoryStore {
    /// Takes an object with every version of it that is not here yet; whole, or as it was before.
    package func take(_ copied: CopiedObject, _ run: CopyRun) throws -> CopyOutcome {
        let object = copied.object
        try objects.requireFolders(of: object)
        guard try volume.status(objects.folder(of: object)) != nil else {
            return try takeWhole(copied, run)
        }
        guard let here = try inventory(in: objects, of: object) else { return .different }
        let known = here.inventory.versions.count
        try finishSidecar(known, of: object, here.digest)
        if here.digest == copied.inventory {
            guard try isRight(copied, upTo: known, run) else { return .different }
            return held(object, known, here.digest, bytes: 0)
        }
        guard let source = try whole(copied) else {
            return .sourceDamaged([Finding(.inventoryReplaced, subject: object.text)])
        }
        guard source.grows(out: here.inventory), try isRight(copied, upTo: known, run) else {
            return .different
        }
        return try takeVersions(of: source, after: known, copied, run)
    }

    /// Whether what is here beyond the store's last word is as it should be; read back, not believed (invariant S1).
    private func isRight(_ copied: CopiedObject, upTo known: Int, _ run: CopyRun) throws -> Bool {
        guard copied.received < known else { return true }
        var inspection = ObjectInspection(
            of: copied.object.text, in: objects.folder(of: copied.object), volume: volume,
            buffer: run.buffer, progress: run.progress)
        try inspection.run(expecting: copied.object, inventory: nil)
        // A version without inventory is what a crash leaves: it is completed or set aside next.
        return inspection.findings.allSatisfy {
            $0.severity != .error
                || $0.code == .objectExtraFile
                    && $0.subject == copied.object.text + "/v\(known + 1)"
        }
    }

    private func held(
        _ object: ObjectIdentifier, _ version: Int, _ inventory: Digest, bytes: Int64
    ) -> CopyOutcome {
        .held(
            CopyReceipt(object: object, version: version, inventory: inventory, bytes: bytes))
    }

    /// The original's inventory when it is the one that the ledger names.
    private func whole(_ copied: CopiedObject) throws -> Inventory? {
        guard let found = try inventory(in: copied.source, of: copied.object),
            found.digest == copied.inventory
        else { return nil }
        return found.inventory
    }

    /// The inventory of an object with its digest; nil when it is rotten.
    private func inventory(
        in store: ObjectStore, of object: ObjectIdentifier
    ) throws -> (inventory: Inventory, digest: Digest)? {
        do {
            return try store.inventory(of: object)
        } catch is StorageFailure {
            return nil
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }

    /// A crash may have left the last version's inventory in place and the sidecar of the one before.
    private func finishSidecar(
        _ version: Int, of object: ObjectIdentifier, _ digest: Digest
    ) throws {
        let sidecar = objects.folder(of: object).appending("inventory.json.sha512")
        guard version > 1, try volume.status(sidecar)?.kind == .file,
            try volume.readIfSmall(sidecar, limit: 4096) != Inventory.sidecar(for: digest)
        else { return }
        _ = try objects.finishVersion(version, of: object)
    }

    private func takeWhole(_ copied: CopiedObject, _ run: CopyRun) throws -> CopyOutcome {
        let object = copied.object
        let aside = objects.aside(for: object)
        try volume.removeTree(aside)
        var copy = ObjectCopy(
            of: object.text, from: copied.source.folder(of: object), to: aside, volume: volume,
            copy: fileCopy(run), buffer: run.buffer)
        guard try copy.run(expecting: object, inventory: copied.inventory),
            let inventory = copy.inventory
        else {
            try volume.removeTree(aside)
            return .sourceDamaged(copy.findings)
        }
        try objects.adopt(object)
        return held(
            object, inventory.versions.count, copied.inventory,
            bytes: copy.files.reduce(0) { $0 + $1.copied.size })
    }

    private func takeVersions(
        of source: Inventory, after known: Int, _ copied: CopiedObject, _ run: CopyRun
    ) throws -> CopyOutcome {
        let object = copied.object
        var bytes: Int64 = 0
        for version in (known + 1)...source.versions.count {
            let isThere = try objects.holds(object, version: version)
            if isThere, try !isWhole(version, of: source, object, run) {
                try objects.setAside(
                    version: version, of: object, as: freeName("\(object.fileName).v\(version)"))
            }
            if try !objects.holds(object, version: version) {
                let (taken, findings) = try buildAside(version, of: source, copied, run)
                guard findings.isEmpty else { return .sourceDamaged(findings) }
                bytes += taken
                try moveIn(version, object)
            }
            guard try objects.finishVersion(version, of: object) else { return .different }
        }
        guard try objects.inventory(of: object).1 == copied.inventory else { return .different }
        return held(object, source.versions.count, copied.inventory, bytes: bytes)
    }

    /// The first name that is free in `recovered/`.
    private func freeName(_ stem: String) throws -> String {
        var name = stem
        var number = 1
        while try volume.status(layout.recovered.appending(name)) != nil {
            number += 1
            name = "\(stem)-\(number)"
        }
        return name
    }

    /// Whether a version that a crash left here without inventory is what the original says.
    private func isWhole(
        _ version: Int, of source: Inventory, _ object: ObjectIdentifier, _ run: CopyRun
    ) throws -> Bool {
        let target = objects.folder(of: object)
        for (path, digest) in source.content(of: version) {
            let file = target.appending(path)
            guard let size = try volume.status(file)?.size,
                try fileCopy(run).isRight(file, size: size, digest)
            else { return false }
        }
        return true
    }

    private func buildAside(
        _ version: Int, of source: Inventory, _ copied: CopiedObject, _ run: CopyRun
    ) throws -> (bytes: Int64, findings: [Finding]) {
        let object = copied.object
        let folder = copied.source.folder(of: object)
        let aside = aside(version, object)
        try volume.removeTree(aside)
        let inner = aside.appending("v\(version)")
        let content = inner.appending("content")
        try volume.makeFolders(content)
        var bytes: Int64 = 0
        let copy = fileCopy(run)
        do {
            for (path, digest) in source.content(of: version) {
                bytes += try copy.copy(
                    folder.appending(path), expecting: digest, to: aside.appending(path)
                ).size
            }
            for name in ["inventory.json", "inventory.json.sha512"] {
                let file = folder.appending("v\(version)").appending(name)
                bytes += try copy.copy(file, expecting: nil, to: inner.appending(name)).size
            }
        } catch let failure as FileCopy.SourceFailure {
            try volume.removeTree(aside)
            return (0, [try failure.finding(of: object)])
        }
        guard try isInventory(of: version, in: inner, source, copied) else {
            try volume.removeTree(aside)
            return (0, [Finding(.inventoryReplaced, subject: object.text)])
        }
        for folder in [content, inner, aside] { try volume.synchronizeFolder(folder) }
        return (bytes, [])
    }

    /// Whether the inventory that came with a version is the one it had, with its sidecar.
    private func isInventory(
        of version: Int, in folder: FilePath, _ source: Inventory, _ copied: CopiedObject
    ) throws -> Bool {
        guard
            let bytes = try volume.readIfSmall(
                folder.appending("inventory.json"), limit: ObjectInspection.inventoryLimit),
            let sidecar = try volume.readIfSmall(
                folder.appending("inventory.json.sha512"), limit: 4096),
            sidecar == Inventory.sidecar(for: Inventory.digest(of: bytes)),
            let inventory = Inventory(bytes), inventory.versions.count == version
        else { return false }
        return version == source.versions.count
            ? Inventory.digest(of: bytes) == copied.inventory : source.grows(out: inventory)
    }

    private func moveIn(_ version: Int, _ object: ObjectIdentifier) throws {
        let target = objects.folder(of: object)
        let aside = aside(version, object)
        try volume.rename(aside.appending("v\(version)"), to: target.appending("v\(version)"))
        try volume.synchronizeFolder(target)
        try volume.removeTree(aside)
    }

    private func aside(_ version: Int, _ object: ObjectIdentifier) -> FilePath {
        layout.incoming.appending("\(object.fileName).v\(version)")
    }
}

extension Inventory {
    /// Files that a version added, by path, in their order.
    func content(of version: Int) -> [(path: String, sha512: Digest)] {
        manifest.filter { $0.key.hasPrefix("v\(version)/") }.sorted { $0.key < $1.key }
            .map { (path: $0.key, sha512: $0.value) }
    }

    /// Whether all of an older inventory, some versions back, stands in this one unchanged.
    func grows(out old: Inventory) -> Bool {
        old.object == object && versions.count > old.versions.count
            && Array(versions.prefix(old.versions.count)) == old.versions
            && old.manifest.allSatisfy { manifest[$0.key] == $0.value }
    }
}

extension FileCopy.SourceFailure {
    /// What is wrong with the original; a disk that does not answer is thrown.
    func finding(of object: ObjectIdentifier) throws -> Finding {
        switch self {
        case .different(let found, let size):
            return Finding(
                .contentDigestWrong, subject: object.text,
                ["file": "", "expected": "", "found": found.hex, "size": String(size)])
        case .unreadable(let failure):
            try FileUnreadable.stopUnlessRot(failure)
            return Finding(
                .fileUnreadable, subject: object.text,
                [
                    "file": failure.path.lastComponent?.string ?? "",
                    "reason": failure.errno.description,
                ])
        }
    }
}
