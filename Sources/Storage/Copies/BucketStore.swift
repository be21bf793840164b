import Cryptography
package import Files
package import Records
import SystemPackage

/// A copy store in a bucket behind S3, with the keys of a store's folder; in a vault every version is locked.
package struct BucketStore: CopyStore {
    let client: S3Client
    /// Until when what comes in now can be neither deleted nor changed; nil where the store is no vault.
    let lock: S3Lock?
    let volume: any Volume
    let parts: S3Parts
    /// Versions by which files are read, by path.
    var marks: [String: String] = [:]

    /// A store of which nothing is asked yet; files that are copied into it are read through the volume.
    package init(
        _ client: S3Client, lockedUntil: Instant?, volume: any Volume, parts: S3Parts = S3Parts()
    ) {
        self.client = client
        lock = lockedUntil.map { S3Lock(mode: .compliance, until: $0) }
        self.volume = volume
        self.parts = parts
    }

    package func card() throws -> StoreCard? {
        try asking {
            do {
                return try client.bytes(of: Self.card, limit: StoreCard.limit)
                    .flatMap { StoreCard($0) }
            } catch let failure as S3Failure where failure.reason == .answer {
                // What is too large for a card is none, and no fault of the object store.
                guard let facts = try client.facts(of: Self.card),
                    facts.size > Int64(StoreCard.limit)
                else { throw failure }
                return nil
            }
        }
    }

    package func found(_ card: StoreCard, readMe: [UInt8]) throws {
        try asking {
            if lock != nil { try requireLocks() }
            for (path, text) in StorageRoot.files {
                try settle(Array(text.utf8), as: "ocfl/" + path)
            }
            try settle(readMe, as: "README.txt")
            _ = try client.put(
                card.bytes, as: Self.card, S3Terms(isFirst: true, lock: lock))
        }
    }

    /// A vault whose bucket cannot lock would promise what it does not keep.
    private func requireLocks() throws {
        guard try client.hasObjectLock(), try client.versioning() == .enabled else {
            throw CopyStoreFailure(.noLocks, subject: client.address.text)
        }
    }

    package func replaceCard(_ card: StoreCard) throws {
        _ = try asking { try client.put(card.bytes, as: Self.card, S3Terms(lock: lock)) }
    }

    package func forEachName(in folder: String, _ body: (String) throws -> Void) throws {
        try asking { try client.listNames(below: folder.isEmpty ? "" : folder + "/", body) }
    }

    package func clearLeftovers() throws {
        _ = try asking { try client.abortUploads() }
    }

    package func size(of path: String) throws -> Int64? {
        try asking { try client.facts(of: RelativePath(path), version: marks[path])?.size }
    }

    package func reader(of path: String, mark: String?) throws -> any ReadableFile {
        guard
            let reader = try asking({
                try S3ObjectReader(client, RelativePath(path), version: mark ?? marks[path])
            })
        else {
            throw FileFailure(
                .open, FilePath(client.address.subject(RelativePath(path))), .noSuchFileOrDirectory)
        }
        return reader
    }

    package func forEachFile(below folder: String, _ body: (StoredFile) throws -> Void) throws {
        let prefix = folder.isEmpty ? "" : folder + "/"
        // Only where versions are kept do they have names worth telling.
        guard lock != nil || !marks.isEmpty else {
            return try asking {
                try client.list(below: prefix) {
                    try body(StoredFile(path: $0.path.text, size: $0.size))
                }
            }
        }
        try asking {
            try client.listVersions(below: prefix) {
                let isMeant = marks[$0.path.text].map { [listed = $0] in $0 == listed.version }
                guard !$0.isDeleteMarker, isMeant ?? $0.isLatest else { return }
                try body(StoredFile(path: $0.path.text, size: $0.size, mark: $0.version))
            }
        }
    }

    package func replace(_ path: String, with bytes: [UInt8]) throws {
        _ = try asking { try client.put(bytes, as: RelativePath(path), S3Terms(lock: lock)) }
    }

    static let card = RelativePath("store.json")

    /// Does what asks the object store, and tells its failures in the terms of every copy store.
    func asking<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as S3Failure {
            throw CopyStoreFailure(failure)
        }
    }

    /// Puts small bytes unless just these are there.
    @discardableResult func settle(_ bytes: [UInt8], as path: String) throws -> Brought {
        let path = RelativePath(path)
        let facts = try client.facts(of: path)
        if let facts, facts.size == Int64(bytes.count),
            try client.bytes(of: path, version: facts.version, limit: bytes.count) == bytes
        {
            return try kept(facts, at: path)
        }
        let stored = try client.put(bytes, as: path, S3Terms(replacing: facts, lock: lock))
        return Brought(size: stored.size, version: stored.version, isKept: false)
    }
}

extension CopyStoreFailure {
    /// What an object store's failure means for the copy in it.
    init(_ failure: S3Failure) {
        let reason: Reason =
            switch failure.reason {
            case .away, .busy, .tls: .away
            case .keyWrong, .denied, .clock: .refused
            case .keyFile: .credentials
            case .full: .full
            case .condition: .overtaken
            case .noBucket: .noBucket
            case .missing, .checksum, .answer, .refused: .failed
            }
        let seen = [
            failure.reason.rawValue, failure.status == 0 ? "" : String(failure.status),
            failure.code,
        ]
        self.init(
            reason, subject: failure.subject,
            seen.filter { !$0.isEmpty }.joined(separator: " "))
    }
}
