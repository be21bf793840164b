package import Files
package import SystemPackage

/// A token's PIN as a file holds it: the first line of a file that only its owner reads.
package enum PINFile {
    /// Reads the PIN; a file that others may read is refused.
    package static func read(_ path: FilePath, volume: some Volume) throws -> [UInt8] {
        guard let found = try volume.status(path), found.kind == .file, found.size <= 4096 else {
            throw ArchiveFailure(.pinFile, subject: path.string)
        }
        guard found.permissions & 0o077 == 0 else {
            throw ArchiveFailure(
                .pinFileOpen, subject: path.string,
                ["mode": "0" + String(found.permissions & 0o777, radix: 8)])
        }
        let line = try volume.readAll(path, limit: 4096).prefix { $0 != 0x0A && $0 != 0x0D }
        guard !line.isEmpty else { throw ArchiveFailure(.pinFile, subject: path.string) }
        return Array(line)
    }
}
