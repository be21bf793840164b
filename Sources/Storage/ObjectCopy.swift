package import Files
package import Records
package import SystemPackage

/// Copies a whole OCFL object, every version its inventory lists, each byte proved while it is copied.
package struct ObjectCopy {
    /// A file of the copy, by its path below the object.
    package struct File: Hashable, Sendable {
        package let path: String
        package let copied: FileCopy.Copied
    }

    private let source: FilePath
    private let target: FilePath
    private let volume: any Volume
    private let copy: FileCopy
    private let buffer: WorkBuffer
    private let subject: String
    package private(set) var files: [File] = []
    package private(set) var findings: [Finding] = []
    package private(set) var inventory: Inventory?

    /// Prepares to copy from one object folder to another; `subject` names the object in findings.
    package init(
        of subject: String, from source: FilePath, to target: FilePath, volume: any Volume,
        copy: FileCopy, buffer: WorkBuffer
    ) {
        self.subject = subject
        self.source = source
        self.target = target
        self.volume = volume
        self.copy = copy
        self.buffer = buffer
    }

    /// Copies the object; false, with findings, when the source is not whole: then the copy is worth nothing.
    package mutating func run(expecting object: ObjectIdentifier, inventory expected: Digest?)
        throws -> Bool
    {
        guard try volume.status(source)?.kind == .folder else {
            report(.objectMissing, "")
            return false
        }
        guard let inventory = try readInventory(object, expected) else { return false }
        self.inventory = inventory
        let paths = inventory.manifest.keys.sorted()
        for path in paths where !Self.isPlain(path, versions: inventory.versions.count) {
            report(.inventoryPath, "inventory.json", ["path": path])
            return false
        }
        let folders = try makeFolders(for: paths, inventory)
        guard findings.isEmpty else { return false }
        for name in Self.smallFiles(of: inventory) { try copySmall(name) }
        for path in paths {
            guard let digest = inventory.manifest[path] else { continue }
            try copyContent(path, digest)
        }
        guard findings.isEmpty else { return false }
        for folder in folders.reversed() { try volume.synchronizeFolder(folder) }
        try inspect(object, expected)
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return !findings.containsErrors
    }

    private mutating func report(
        _ code: FindingCode, _ name: String, _ facts: [String: String] = [:]
    ) {
        var facts = facts
        facts["file"] = name
        findings.append(
            Finding(code, subject: name.isEmpty ? subject : subject + "/" + name, facts))
    }

    private mutating func readInventory(_ object: ObjectIdentifier, _ expected: Digest?) throws
        -> Inventory?
    {
        guard let bytes = try small("inventory.json") else {
            report(.inventoryMissing, "inventory.json")
            return nil
        }
        let digest = Inventory.digest(of: bytes)
        if let expected, digest != expected {
            report(
                .inventoryReplaced, "inventory.json",
                ["expected": expected.hex, "found": digest.hex])
            return nil
        }
        guard let inventory = Inventory(bytes) else {
            report(.inventoryUnreadable, "inventory.json")
            return nil
        }
        guard inventory.object == object else {
            report(.inventoryReplaced, "inventory.json")
            return nil
        }
        return inventory
    }

    /// `v<number>/content/<name>` with a plain name: no path of a hostile inventory leads out of the object.
    private static func isPlain(_ path: String, versions: Int) -> Bool {
        let parts = path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].elementsEqual("content".utf8),
            (1...versions).contains(where: { parts[0].elementsEqual("v\($0)".utf8) })
        else { return false }
        let name = parts[2]
        return !name.isEmpty && !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8)
            && name.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func smallFiles(of inventory: Inventory) -> [String] {
        var names = [StorageRoot.objectDeclarationName]
        for folder in [""] + (1...inventory.versions.count).map({ "v\($0)/" }) {
            names += [folder + "inventory.json", folder + "inventory.json.sha512"]
        }
        return names
    }

    /// Makes the folders of the copy, the outer before the inner; a link in the source is not followed.
    private mutating func makeFolders(for paths: [String], _ inventory: Inventory) throws
        -> [FilePath]
    {
        let used = Set(paths.compactMap { $0.split(separator: "/").first.map { String($0) } })
        var names: [String] = []
        for number in 1...inventory.versions.count {
            names.append("v\(number)")
            if used.contains("v\(number)") { names.append("v\(number)/content") }
        }
        for name in names where try volume.status(source.appending(name))?.kind != .folder {
            report(.objectVersionMissing, name)
        }
        guard findings.isEmpty else { return [] }
        var folders = [target]
        try volume.makeDurableFolders(target)
        for name in names {
            let folder = target.appending(name)
            try volume.makeFolders(folder)
            folders.append(folder)
        }
        return folders
    }

    /// A small file's bytes; nil when it is not there or not a file. One that cannot be read is a finding.
    private mutating func small(_ name: String) throws -> [UInt8]? {
        let path = source.appending(name)
        do {
            guard try volume.status(path)?.kind == .file else { return nil }
            return try volume.readAll(path, limit: ObjectInspection.inventoryLimit)
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            report(.fileUnreadable, name, ["reason": error.errno.description])
            return nil
        }
    }

    /// What is missing here is reported by the inspection of the copy.
    private mutating func copySmall(_ name: String) throws {
        guard let bytes = try small(name) else { return }
        files.append(File(path: name, copied: try copy.put(bytes, to: target.appending(name))))
    }

    private mutating func copyContent(_ path: String, _ expected: Digest) throws {
        do {
            let copied = try copy.copy(
                source.appending(path), expecting: expected, to: target.appending(path))
            files.append(File(path: path, copied: copied))
        } catch FileCopy.SourceFailure.different(let found, let size) {
            report(
                .contentDigestWrong, path,
                ["expected": expected.hex, "found": found.hex, "size": String(size)])
        } catch FileCopy.SourceFailure.unreadable(let failure) {
            try FileUnreadable.stopUnlessRot(failure)
            let isMissing = failure.errno == .noSuchFileOrDirectory
            report(
                isMissing ? .contentMissing : .fileUnreadable, path,
                ["reason": failure.errno.description])
        }
    }

    /// Judges the copy as the audit judges the original; content was proved while it was copied.
    private mutating func inspect(_ object: ObjectIdentifier, _ expected: Digest?) throws {
        let read = Dictionary(
            files.map { ($0.path, $0.copied.sha512) }, uniquingKeysWith: { first, _ in first })
        var inspection = ObjectInspection(
            of: subject, in: target, volume: volume, buffer: buffer, alreadyRead: read,
            progress: { _ in })
        try inspection.run(expecting: object, inventory: expected)
        findings += inspection.findings
    }
}
