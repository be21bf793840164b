package import Records

/// What only a bucket that keeps versions can do: read by version, tell what was laid above, prolong locks.
extension BucketStore {
    package func marked(_ marks: [String: String]) -> any CopyStore {
        var store = self
        store.marks = marks
        return store
    }

    package func forEachOverlay(
        below folder: String, marks: [String: String], _ body: (StoreOverlay) throws -> Void
    ) throws {
        try asking {
            // The latest of a key comes first: what comes before the marked version lies above it.
            var isPassed: Set<String> = []
            try client.listVersions(below: folder.isEmpty ? "" : folder + "/") { listed in
                let path = listed.path.text
                guard let mark = marks[path], let version = listed.version,
                    !isPassed.contains(path)
                else { return }
                guard version != mark else {
                    isPassed.insert(path)
                    return
                }
                try body(
                    StoreOverlay(path: path, mark: version, isRemoval: listed.isDeleteMarker))
            }
        }
    }

    package func coveredCard(where isWanted: (StoreCard) -> Bool) throws -> CoveredCard? {
        // Elsewhere whoever replaced the card meant it to be replaced.
        guard lock != nil else { return nil }
        return try asking {
            var versions: [S3Listed] = []
            try client.listVersions(below: Self.card.text) { listed in
                if listed.path == Self.card { versions.append(listed) }
            }
            var overlays: [StoreOverlay] = []
            for listed in versions {
                guard let mark = listed.version else { return nil }
                if let card = try card(in: listed), isWanted(card) {
                    return CoveredCard(card: card, overlays: overlays)
                }
                overlays.append(
                    StoreOverlay(
                        path: Self.card.text, mark: mark, isRemoval: listed.isDeleteMarker))
            }
            return nil
        }
    }

    /// The card that a version holds; nil where it is something else.
    private func card(in listed: S3Listed) throws -> StoreCard? {
        guard !listed.isDeleteMarker, listed.size <= Int64(StoreCard.limit) else { return nil }
        return try client.bytes(
            of: Self.card, version: listed.version, limit: StoreCard.limit
        ).flatMap { StoreCard($0) }
    }

    package func uncover(_ overlay: StoreOverlay) throws -> Bool {
        try !refusesRemoval(of: overlay.path, mark: overlay.mark)
    }

    /// Whether the store refuses, with our own credentials, to remove a version that is locked; it is tried.
    package func refusesRemoval(of path: String, mark: String) throws -> Bool {
        try asking {
            do {
                try client.delete(RelativePath(path), version: mark)
                return false
            } catch let failure as S3Failure where [.denied, .refused].contains(failure.reason) {
                return true
            }
        }
    }

    /// Until when a version is locked; nil when it is not, or is gone.
    package func lockedUntil(_ path: String, mark: String?) throws -> Instant? {
        try asking {
            do {
                return try client.lock(of: RelativePath(path), version: mark)?.until
            } catch let failure as S3Failure where failure.isAbsence {
                return nil
            }
        }
    }

    /// Locks a version until a later time; one that is locked for longer stays so.
    package func prolong(_ path: String, mark: String?, until instant: Instant) throws {
        try asking {
            let path = RelativePath(path)
            do {
                try client.prolong(
                    path, version: mark, to: S3Lock(mode: .compliance, until: instant))
            } catch let failure as S3Failure where failure.reason == .denied {
                guard let lock = try client.lock(of: path, version: mark), lock.until >= instant
                else { throw failure }
            }
        }
    }

    /// Gives every version of the files below a folder, the latest of a file first.
    package func forEachVersion(
        below folder: String, _ body: (StoredFile) throws -> Void
    ) throws {
        try asking {
            try client.listVersions(below: folder + "/") { listed in
                guard !listed.isDeleteMarker else { return }
                try body(
                    StoredFile(path: listed.path.text, size: listed.size, mark: listed.version))
            }
        }
    }

    /// Until when a vault locks what it takes now; nil where the store is none.
    package var lockEnd: Instant? { lock?.until }

    /// A file that is here and right stays; in a vault it is locked for as long as what comes in now (invariant O3).
    func kept(_ facts: S3Facts, at path: RelativePath) throws -> Brought {
        if let lock, facts.lock.map({ $0.until < lock.until }) ?? true {
            try client.prolong(path, version: facts.version, to: lock)
        }
        return Brought(size: facts.size, version: facts.version, isKept: true)
    }
}
