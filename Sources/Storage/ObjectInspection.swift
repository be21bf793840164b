import Cryptography
package import Files
package import Records
package import SystemPackage

/// Reads every file of an OCFL object and says what is not as it was stored; nothing is believed without reading.
package struct ObjectInspection {
    /// The largest inventory read.
    package static let inventoryLimit = 4 * 1024 * 1024

    private let volume: any Volume
    private let folder: FilePath
    /// The object's name in findings.
    private let subject: String
    private let buffer: WorkBuffer
    private let progress: (Int) throws -> Void
    /// Digests of content files that this run has already read, by path below the object.
    private let read: [String: Digest]
    /// Content files that were read before their turn, and what came of it; they count as read here.
    private let ahead: [String: Result<ContentDigest, FileFailure>]
    package private(set) var findings: [Finding] = []
    package private(set) var bytes: Int64 = 0
    package private(set) var inventory: Inventory?

    /// Prepares the inspection; `progress` hears of every piece read and may throw to stop.
    package init(
        of subject: String, in folder: FilePath, volume: any Volume, buffer: WorkBuffer,
        alreadyRead read: [String: Digest] = [:],
        readAhead ahead: [String: Result<ContentDigest, FileFailure>] = [:],
        progress: @escaping (Int) throws -> Void
    ) {
        self.read = read
        self.ahead = ahead
        self.volume = volume
        self.folder = folder
        self.subject = subject
        self.buffer = buffer
        self.progress = progress
    }

    /// Inspects the whole object; the ledger's digest of its inventory, where known, decides over the sidecar.
    package mutating func run(expecting object: ObjectIdentifier?, inventory expected: Digest?)
        throws
    {
        guard let kind = try standing(at: "") else { return }
        guard kind == .folder else { return report(.objectMissing, "") }
        try readDeclaration()
        guard let (bytes, inventory) = try readInventory(expected: expected) else { return }
        if let object, inventory.object != object { report(.inventoryReplaced, "inventory.json") }
        self.inventory = inventory
        try compareRootNames(inventory)
        for number in 1...inventory.versions.count {
            try readVersion(number, of: inventory, rootInventory: bytes)
        }
        try readContent(inventory)
    }

    private mutating func report(
        _ code: FindingCode, _ name: String, _ facts: [String: String] = [:]
    ) {
        var facts = facts
        facts["file"] = name
        findings.append(
            Finding(code, subject: name.isEmpty ? subject : subject + "/" + name, facts))
    }

    private mutating func readDeclaration() throws {
        let name = StorageRoot.objectDeclarationName
        switch try small(name) {
        case .none: report(.objectDeclarationMissing, name)
        case .some(let text) where text != Array(StorageRoot.objectDeclaration.utf8):
            report(.objectDeclarationWrong, name)
        default: break
        }
    }

    /// A small file's bytes; nil when it is missing. One that cannot be read is a finding and counts as empty.
    private mutating func small(_ name: String) throws -> [UInt8]? {
        let path = folder.appending(name)
        do {
            guard let status = try volume.status(path) else { return nil }
            guard status.kind == .file else { return nil }
            let content = try volume.readAll(path, limit: Self.inventoryLimit)
            bytes += Int64(content.count)
            try progress(content.count)
            return content
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            report(.fileUnreadable, name, ["reason": failure.errno.description])
            return []
        }
    }

    private mutating func readInventory(expected: Digest?) throws -> ([UInt8], Inventory)? {
        guard let content = try small("inventory.json") else {
            report(.inventoryMissing, "inventory.json")
            return nil
        }
        let digest = Inventory.digest(of: content)
        try readSidecar("inventory.json.sha512", of: digest)
        if let expected, digest != expected {
            report(
                .inventoryReplaced, "inventory.json",
                ["expected": expected.hex, "found": digest.hex])
        }
        guard let inventory = Inventory(content) else {
            report(.inventoryUnreadable, "inventory.json")
            return nil
        }
        if inventory.bytes != content { report(.inventoryForm, "inventory.json") }
        return (content, inventory)
    }

    private mutating func readSidecar(_ name: String, of digest: Digest) throws {
        guard let content = try small(name) else { return report(.sidecarMissing, name) }
        guard content == Inventory.sidecar(for: digest) else {
            return report(.sidecarWrong, name)
        }
    }

    private mutating func compareRootNames(_ inventory: Inventory) throws {
        var known: Set<String> = [
            StorageRoot.objectDeclarationName, "inventory.json", "inventory.json.sha512",
        ]
        for number in 1...inventory.versions.count { known.insert("v\(number)") }
        for entry in try entries(of: "") where !known.contains(entry.name.string) {
            report(.objectExtraFile, entry.name.string)
        }
    }

    /// What stands at a path of the object; nil, and a finding, where a folder above it cannot be read.
    private mutating func standing(at name: String) throws -> Place? {
        do {
            switch try volume.status(name.isEmpty ? folder : folder.appending(name))?.kind {
            case .none: return .absent
            case .some(.folder): return .folder
            case .some: return .other
            }
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            report(.fileUnreadable, name, ["reason": error.errno.description])
            return nil
        }
    }

    /// What stands where a folder must be.
    private enum Place {
        case absent
        case folder
        case other
    }

    /// What stands in a folder of the object; one that cannot be read is a finding and counts as empty.
    private mutating func entries(of name: String) throws -> [FolderEntry] {
        do {
            return try volume.list(name.isEmpty ? folder : folder.appending(name))
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            report(.fileUnreadable, name, ["reason": error.errno.description])
            return []
        }
    }

    private mutating func readVersion(
        _ number: Int, of inventory: Inventory, rootInventory: [UInt8]
    ) throws {
        let version = "v\(number)"
        guard let kind = try standing(at: version) else { return }
        guard kind == .folder else { return report(.objectVersionMissing, version) }
        for entry in try entries(of: version)
        where !["inventory.json", "inventory.json.sha512", "content"].contains(entry.name.string) {
            report(.versionExtraFile, version + "/" + entry.name.string)
        }
        guard let content = try small(version + "/inventory.json") else {
            return report(.inventoryMissing, version + "/inventory.json")
        }
        try readSidecar(version + "/inventory.json.sha512", of: Inventory.digest(of: content))
        if number == inventory.versions.count, content != rootInventory {
            report(.inventoriesDiffer, version + "/inventory.json")
        }
    }

    private mutating func readContent(_ inventory: Inventory) throws {
        var unseen = inventory.manifest
        for number in 1...inventory.versions.count {
            let name = "v\(number)/content"
            guard let kind = try standing(at: name), kind != .absent else { continue }
            // A link would be followed, and what it leads to may be changed from elsewhere.
            guard kind == .folder else {
                report(.contentExtraFile, name)
                continue
            }
            for entry in try entries(of: name) {
                let path = name + "/" + entry.name.string
                guard entry.kind == .file, let expected = unseen.removeValue(forKey: path) else {
                    report(.contentExtraFile, path)
                    continue
                }
                try compare(path, with: expected)
            }
        }
        for path in unseen.keys.sorted() { report(.contentMissing, path) }
    }

    private mutating func compare(_ path: String, with expected: Digest) throws {
        if let found = read[path] {
            if found != expected {
                report(.contentDigestWrong, path, ["expected": expected.hex, "found": found.hex])
            }
            return
        }
        do {
            let found = try ahead[path]?.get() ?? content(path)
            bytes += found.size
            if found.sha512 != expected {
                report(
                    .contentDigestWrong, path,
                    [
                        "expected": expected.hex, "found": found.sha512.hex,
                        "size": String(found.size),
                    ])
            }
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            report(.fileUnreadable, path, ["reason": failure.errno.description])
        }
    }

    private func content(_ path: String) throws -> ContentDigest {
        let file = try volume.open(folder.appending(path))
        let hasher = Hasher(.sha512)
        var size: Int64 = 0
        try file.forEachPiece(in: buffer) { piece, _ in
            hasher.update(piece)
            size += Int64(piece.count)
            try progress(piece.count)
        }
        let digest = Digest(sha512: hasher.finalizeAndReset())
        return ContentDigest(sha512: digest, size: size)
    }
}

/// Tells rot of one file (the rest is still worth reading) from a disk that answers nothing.
package enum FileUnreadable {
    /// Whether there is no file, or something else in its place.
    package static func isAbsence(_ failure: FileFailure) -> Bool {
        switch failure.errno {
        case .noSuchFileOrDirectory, .isDirectory, .notDirectory, .tooManySymbolicLinkLevels,
            .fileTooLarge, .invalidArgument:
            true
        default: false
        }
    }

    /// Throws the failure again unless it is about this one file.
    package static func stopUnlessRot(_ failure: FileFailure) throws(FileFailure) {
        guard isRot(failure) else { throw failure }
    }

    /// Whether a failure is about this one file, and says nothing against the disk.
    package static func isRot(_ failure: FileFailure) -> Bool {
        switch failure.errno {
        case .ioError, .permissionDenied, .notPermitted, .noSuchFileOrDirectory,
            .tooManySymbolicLinkLevels,
            .fileTooLarge, .invalidArgument, .isDirectory, .notDirectory, .noSuchAddressOrDevice,
            .illegalSeek:
            true
        default: false
        }
    }
}
