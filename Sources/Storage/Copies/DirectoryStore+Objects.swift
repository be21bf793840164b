import Files
package import Records
import SystemPackage

/// Objects come into a copy store as into the primary one: built aside, brought to the disk, renamed in (invariant W2).
extension DirectoryStore {
    package func take(_ copied: CopiedObject, _ run: CopyRun) throws -> CopyOutcome {
        let object = copied.object
        guard try volume.status(objects.folder(of: object)) != nil else {
            return try takeWhole(copied, run)
        }
        let here: (inventory: Inventory, digest: Digest)
        do {
            here = try objects.inventory(of: object)
        } catch is StorageFailure {
            return .different
        }
        if here.digest == copied.inventory {
            return held(object, here.inventory.versions.count, here.digest, bytes: 0)
        }
        guard let source = try whole(copied) else {
            return .sourceDamaged([Finding(.inventoryReplaced, subject: object.text)])
        }
        guard source.grows(out: here.inventory) else { return .different }
        return try takeVersions(
            of: source, after: here.inventory.versions.count, copied, run)
    }

    private func held(
        _ object: ObjectIdentifier, _ version: Int, _ inventory: Digest, bytes: Int64
    ) -> CopyOutcome {
        .held(
            CopyReceipt(object: object, version: version, inventory: inventory, bytes: bytes))
    }

    /// The original's inventory when it is the one that the ledger names.
    private func whole(_ copied: CopiedObject) throws -> Inventory? {
        do {
            let (inventory, digest) = try copied.source.inventory(of: copied.object)
            return digest == copied.inventory ? inventory : nil
        } catch is StorageFailure {
            return nil
        }
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
                    version: version, of: object, as: "\(object.fileName).v\(version)")
            }
            if try !objects.holds(object, version: version) {
                let folder = copied.source.folder(of: object)
                let (taken, findings) = try buildAside(version, of: source, folder, object, run)
                guard findings.isEmpty else { return .sourceDamaged(findings) }
                bytes += taken
                try moveIn(version, object)
            }
            guard try objects.finishVersion(version, of: object) else { return .different }
        }
        return try held(
            object, source.versions.count, objects.inventory(of: object).1, bytes: bytes)
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
        _ version: Int, of source: Inventory, _ folder: FilePath, _ object: ObjectIdentifier,
        _ run: CopyRun
    ) throws -> (bytes: Int64, findings: [Finding]) {
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
        for folder in [content, inner, aside] { try volume.synchronizeFolder(folder) }
        return (bytes, [])
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
    package func content(of version: Int) -> [(path: String, sha512: Digest)] {
        manifest.filter { $0.key.hasPrefix("v\(version)/") }.sorted { $0.key < $1.key }
            .map { (path: $0.key, sha512: $0.value) }
    }

    /// Whether all of an older inventory, some versions back, stands in this one unchanged.
    package func grows(out old: Inventory) -> Bool {
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
