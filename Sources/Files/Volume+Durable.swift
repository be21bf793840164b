package import SystemPackage

extension Volume {
    /// Makes a file with these bytes durable under its name, by way of a name aside; fails when the name exists.
    package func writeDurably(
        _ bytes: [UInt8], to path: FilePath, permissions: FilePermissions = .everybodyReads
    ) throws(FileFailure) {
        let aside = path.aside
        // A crash may have left the name aside; it was never the file, so it may go.
        if try status(aside) != nil { try remove(aside) }
        try writeSynchronized(bytes, to: aside, permissions: permissions)
        try rename(aside, to: path)
        try synchronizeFolder(path.removingLastComponent())
    }

    /// The same over a file that may be there, for what is made of other files and can be made again.
    package func replaceDurably(_ bytes: [UInt8], as path: FilePath) throws(FileFailure) {
        let aside = path.removingLastComponent().appending(
            "." + (path.lastComponent?.string ?? "file") + ".aside")
        if try status(aside) != nil { try remove(aside) }
        try writeSynchronized(bytes, to: aside)
        try replace(path, with: aside)
        try synchronizeFolder(path.removingLastComponent())
    }

    /// Makes a new file and brings its bytes (not yet its name) to the disk.
    package func writeSynchronized(
        _ bytes: [UInt8], to path: FilePath, permissions: FilePermissions = .everybodyReads
    ) throws(FileFailure) {
        let file = try create(path, permissions: permissions)
        try file.append(bytes, at: 0)
        try file.synchronize()
        try file.close()
    }

    /// Reads a whole small file; one larger than the limit is an error (`fileTooLarge`).
    package func readAll(_ path: FilePath, limit: Int) throws(FileFailure) -> [UInt8] {
        let file = try open(path)
        let status = try file.status()
        guard status.kind == .file else { throw FileFailure(.open, path, .invalidArgument) }
        guard status.size <= Int64(limit) else { throw FileFailure(.read, path, .fileTooLarge) }
        return try file.bytes(at: 0, count: Int(status.size))
    }

    /// Reads a whole small file; nil when it is larger than the limit.
    package func readIfSmall(_ path: FilePath, limit: Int) throws(FileFailure) -> [UInt8]? {
        guard let status = try status(path), status.size > Int64(limit) else {
            return try readAll(path, limit: limit)
        }
        return nil
    }

    /// Makes a folder and those above it that are missing.
    package func makeFolders(_ path: FilePath) throws(FileFailure) {
        if let found = try status(path) {
            guard found.kind == .folder || found.kind == .link else {
                throw FileFailure(.makeFolder, path, .notDirectory)
            }
            return
        }
        let parent = path.removingLastComponent()
        if !parent.isEmpty, parent != path { try makeFolders(parent) }
        try makeFolder(path, permissions: .everybodyEnters)
    }

    /// Removes a folder and all below it, links not followed; nothing there is not an error.
    package func removeTree(_ path: FilePath) throws(FileFailure) {
        guard let status = try status(path) else { return }
        guard status.kind == .folder else { return try remove(path) }
        for entry in try list(path) {
            let inner = path.appending(entry.name)
            if entry.kind == .folder { try removeTree(inner) } else { try remove(inner) }
        }
        try removeFolder(path)
    }
}

extension OpenFile {
    /// Writes an array's bytes at an offset.
    package func append(_ bytes: [UInt8], at offset: Int64) throws(FileFailure) {
        let result: Result<Void, FileFailure> = bytes.withUnsafeBytes { buffer in
            Result { () throws(FileFailure) in try write(buffer, at: offset) }
        }
        try result.get()
    }
}

extension ReadableFile {
    /// Reads bytes at an offset; fewer when the file ends before.
    package func bytes(at offset: Int64, count: Int) throws(FileFailure) -> [UInt8] {
        var result: Result<Void, FileFailure> = .success(())
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            result = Result { () throws(FileFailure) in
                filled = try fill(UnsafeMutableRawBufferPointer(buffer), at: offset)
            }
        }
        try result.get()
        return bytes
    }

    /// Gives bytes at an offset without copying them where they are held; fewer when the file ends before.
    package func withBytes<Result>(
        at offset: Int64, count: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        guard let held = held(at: offset, count: count) else {
            return try bytes(at: offset, count: count).withUnsafeBytes(body)
        }
        return try withExtendedLifetime(self) { try body(held) }
    }

    /// Reads until the buffer is full or the file ends; says how many bytes came.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try read(into: rest, at: offset + Int64(done))
            if count == 0 { break }
            done += count
        }
        return done
    }
}

extension FilePermissions {
    /// A kept file: everybody reads, nobody but its owner may make it writable.
    package static let everybodyReads = FilePermissions(rawValue: 0o644)
    /// A folder that everybody may enter.
    package static let everybodyEnters = FilePermissions(rawValue: 0o755)
    /// A secret's file.
    package static let ownerOnly = FilePermissions(rawValue: 0o600)
    /// A secret's folder.
    package static let ownerEnters = FilePermissions(rawValue: 0o700)
}

extension FilePath {
    /// Where a file is written before it replaces the one of this name.
    package var aside: FilePath {
        removingLastComponent().appending("." + (lastComponent?.string ?? "file") + ".aside")
    }
}
