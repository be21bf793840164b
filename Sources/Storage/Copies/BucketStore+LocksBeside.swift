import Cryptography
package import Records

/// Files that lie beside the dossiers of a vault, and what tells their right versions from what was laid there besides.
package struct VaultFiles {
    /// What each file must be, by its path below the store.
    let digests: [String: Digest]
    /// The size that a file must have; nil where nothing tells it.
    let size: (String) throws -> Int64?

    package init(_ digests: [String: Digest], size: @escaping (String) throws -> Int64?) {
        self.digests = digests
        self.size = size
    }
}

/// A version of a file of a vault, and until when it is locked; nil where it is not.
package struct LockedFile: Hashable, Sendable {
    package let path: String
    package let mark: String?
    package let until: Instant?
}

/// What a vault holds beside the dossiers is kept locked like them.
extension BucketStore {
    /// Gives each file that is here with its versions that are to stay, whatever was laid above them.
    ///
    /// Only those whose path begins so are looked for, in one listing, which names covered versions as well.
    package func forEachRight(
        of files: VaultFiles, below prefix: String,
        _ body: (_ path: String, _ versions: [StoredFile]) throws -> Void
    ) throws {
        try asking {
            var versions: [StoredFile] = []
            try client.listVersions(below: prefix) { listed in
                guard !listed.isDeleteMarker else { return }
                let file = StoredFile(
                    path: listed.path.text, size: listed.size, mark: listed.version)
                if let first = versions.first, first.path != file.path {
                    try giveRight(of: versions, in: files, to: body)
                    versions = []
                }
                versions.append(file)
            }
            try giveRight(of: versions, in: files, to: body)
        }
    }

    /// Gives those versions of one file that are to stay, where it is one of the files.
    private func giveRight(
        of versions: [StoredFile], in files: VaultFiles,
        to body: (_ path: String, _ versions: [StoredFile]) throws -> Void
    ) throws {
        guard let path = versions.first?.path, let digest = files.digests[path] else { return }
        try body(path, right(versions, digest, size: { try files.size(path) }))
    }

    /// The only version of a file, or those of the right bytes: what was laid there besides is not locked for it.
    ///
    /// Where none is right the oldest stays, which came when there was none, and the newest.
    private func right(
        _ versions: [StoredFile], _ digest: Digest, size: () throws -> Int64?
    ) throws -> [StoredFile] {
        guard versions.count > 1, let newest = versions.first, let oldest = versions.last else {
            return versions
        }
        let expected = try size()
        let right = try versions.filter { try isRight($0, digest, expected) }
        return right.isEmpty ? [newest, oldest] : right
    }

    private func isRight(
        _ version: StoredFile, _ digest: Digest, _ size: Int64?
    ) throws -> Bool {
        guard size == nil || size == version.size else { return false }
        let hasher = Hasher(digest.algorithm == .sha512 ? .sha512 : .sha256)
        try client.get(
            RelativePath(version.path), 0..<version.size, version: version.mark
        ) { piece in
            hasher.update(piece)
        }
        return hasher.finalizeAndReset() == digest.bytes
    }

    /// The versions of one file that are to stay, each with its lock; none where it is not here.
    package func locks(of path: String, in files: VaultFiles) throws -> [LockedFile] {
        var locks: [LockedFile] = []
        try forEachRight(of: files, below: path) { found, versions in
            guard found == path else { return }
            locks += try versions.map {
                LockedFile(
                    path: path, mark: $0.mark, until: try lockedUntil(path, mark: $0.mark))
            }
        }
        return locks
    }

    /// The latest version of a file with its lock; nil where none is seen.
    package func latestLock(of path: String) throws -> LockedFile? {
        guard let facts = try asking({ try client.facts(of: RelativePath(path)) }) else {
            return nil
        }
        return LockedFile(
            path: path, mark: facts.version,
            until: try lockedUntil(path, mark: facts.version))
    }
}
