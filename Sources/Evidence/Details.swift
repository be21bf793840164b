import Cryptography
package import Files
package import Records
package import SystemPackage

/// The files that say more about an act than its ledger entry: `{"salt":"…","content":…}`, named by their SHA-256.
package struct Details: Sendable {
    private let volume: any Volume
    private let folder: FilePath
    /// The largest file read back.
    package static let limit = 64 * 1024 * 1024

    package init(folder: FilePath, volume: any Volume) {
        self.folder = folder
        self.volume = volume
    }

    /// Keeps the content of an act durably and gives the digest that its entry names.
    package func keep(_ content: JSONValue, salt random: inout some RandomNumberGenerator) throws
        -> Digest
    {
        let salt = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let text =
            "{\"salt\":\"\(Hexadecimal.text(of: salt))\",\"content\":\(content.canonicalText)}\n"
        let bytes = Array(text.utf8)
        let digest = Digest(sha256: Hasher.digest(.sha256, of: bytes))
        try volume.writeDurably(bytes, to: folder.appending(digest.hex + ".json"))
        return digest
    }

    /// Keeps a file of another archive's details as it is; false when it is not what the digest says.
    package func keep(file bytes: [UInt8], as digest: Digest) throws -> Bool {
        guard Hasher.digest(.sha256, of: bytes) == digest.bytes else { return false }
        let path = folder.appending(digest.hex + ".json")
        if try volume.status(path) == nil || !isRight(digest) {
            try volume.writeDurably(bytes, to: path)
        }
        return true
    }

    /// Whether a file that is there is what its name says.
    package func isRight(_ digest: Digest) throws -> Bool {
        let path = folder.appending(digest.hex + ".json")
        guard try volume.status(path)?.kind == .file,
            let bytes = try volume.readIfSmall(path, limit: Self.limit)
        else { return false }
        return Hasher.digest(.sha256, of: bytes) == digest.bytes
    }

    /// The content that a digest names; nil when the file is gone (erased by a logged decision, or lost).
    package func content(_ digest: Digest) throws -> JSONValue? {
        let path = folder.appending(digest.hex + ".json")
        guard try volume.status(path) != nil else { return nil }
        let bytes = try volume.readAll(path, limit: Self.limit)
        guard Hasher.digest(.sha256, of: bytes) == digest.bytes,
            let value = try? JSONValue(parsing: bytes)
        else {
            throw LedgerFailure(.detailsMismatch, sequence: -1)
        }
        return value["content"]
    }
}
