package import Files
package import SystemPackage

/// The passphrase of the seal's key as a file holds it: the first line, without its break.
package enum Passphrase {
    /// Reads the passphrase from a file.
    package static func read(_ path: FilePath, volume: some Volume) throws -> [UInt8] {
        guard let found = try volume.status(path), found.kind == .file, found.size <= 4096 else {
            throw ArchiveFailure(.passphraseFile, subject: path.string)
        }
        let bytes = try volume.readAll(path, limit: 4096)
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        guard !line.isEmpty else { throw ArchiveFailure(.passphraseFile, subject: path.string) }
        return Array(line)
    }
}
