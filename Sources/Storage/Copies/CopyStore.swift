package import Files
package import Records
package import SystemPackage

/// A store that keeps copies beside the primary one: on a mounted disk, or in a bucket behind S3.
///
/// Paths are those below a store's folder (`design.md` §4.2). Calls block. What is away throws
/// `CopyStoreFailure`; a disk's own failures come as `FileFailure`.
package protocol CopyStore: Sendable {
    /// The store's card; nil where there is none.
    func card() throws -> StoreCard?
    /// The same store, which is written to only while it shows this card.
    func bound(to card: StoreCard) -> any CopyStore
    /// Fails where the disk of a bound store left, or gave its place to another one.
    func requireStanding() throws
    /// The same by the medium itself, for what counts as damage only where the disk answers.
    func requireAnswer() throws
    /// The newest card ever laid here that is wanted, with what was laid above it; nil where older ones are not kept.
    func coveredCard(where isWanted: (StoreCard) -> Bool) throws -> CoveredCard?
    /// Makes an empty store: declaration, texts and folders first, its card last.
    func found(_ card: StoreCard, readMe: [UInt8]) throws
    /// Puts another card in the place of the one that is there.
    func replaceCard(_ card: StoreCard) throws
    /// Gives the names that stand directly in a folder below the store, "" for the store's own; none where it is no folder.
    func forEachName(in folder: String, _ body: (String) throws -> Void) throws
    /// The same in no order, each with whether a file has it; nothing is held of them meanwhile.
    func forEachEntry(
        in folder: String, _ body: (_ name: String, _ isFile: Bool) throws -> Void) throws
    /// What stands in the place of one of the store's own folders, or of its ledger, and is none.
    func wrongPlaces() throws -> [WrongPlace]
    /// Removes what an interrupted run left unfinished, and nothing else.
    func clearLeftovers() throws

    /// The size of a file; nil when none is there.
    func size(of path: String) throws -> Int64?
    /// A file's bytes from any place; read by the mark that a receipt holds, where the store gives marks.
    func reader(of path: String, mark: String?) throws -> any ReadableFile
    /// The same store seen as receipts tell: files with a mark are those of the mark, whatever was laid above them.
    func marked(_ marks: [String: String]) -> any CopyStore
    /// Gives what stands above the files that marks name: later states and removals that no receipt tells of.
    func forEachOverlay(
        below folder: String, marks: [String: String], _ body: (StoreOverlay) throws -> Void) throws
    /// Takes away what was laid above a file, which is not touched; false where the store refuses, as it does what is locked.
    func uncover(_ overlay: StoreOverlay) throws -> Bool
    /// Gives every file below a folder in the order of their paths.
    func forEachFile(below folder: String, _ body: (StoredFile) throws -> Void) throws
    /// Brings a file in whole under a name; bytes that are there and right are kept.
    func put(_ source: CopiedFile, as path: String, _ run: CopyRun) throws -> StoredFile
    /// Puts bytes in the place of a small file that is made of others: a checkpoint.
    func replace(_ path: String, with bytes: [UInt8]) throws

    /// Takes an object with every version of it that is not here yet; whole, or as it was before.
    func take(_ object: CopiedObject, _ run: CopyRun) throws -> CopyOutcome
    /// SHA-512 of an object's root inventory here; nil when the object is not here or was not finished.
    func inventoryDigest(of object: ObjectIdentifier) throws -> Digest?

    /// Where a file is built before `restore` brings it in; nil where any disk will do.
    var stagingFolder: FilePath? { get }
    /// Puts a whole, proved file in the place of a damaged or missing one; what stood there is kept under a name.
    func restore(_ path: String, from file: CopiedFile, keepingAs name: String, _ run: CopyRun)
        throws -> StoredFile
    /// Takes what belongs to nothing out of the way; it is kept under a name.
    func setAside(_ path: String, as name: String) throws
    /// Gives what stands below a folder and is none of the known files nor a folder of one, the topmost of it.
    func forEachStrange(
        below folder: String, known: Set<String>, _ body: (String) throws -> Void) throws
    /// Removes folders with nothing in them, for which OCFL has no place.
    func clearEmptyFolders() throws
    /// Puts a whole ledger in the place of a damaged one, which is kept under a name.
    func replaceLedger(with file: CopiedFile, keepingAs name: String, _ run: CopyRun) throws
    /// Lets the next reading of a file come from the medium and not from memory.
    func forget(_ path: String) throws

    /// Bytes of the ledger here.
    func ledgerSize() throws -> Int64
    /// A piece of the ledger here.
    func ledgerBytes(at offset: Int64, count: Int) throws -> [UInt8]
    /// Adds whole lines behind the last whole line, which ends at `size`, and brings them to the disk.
    ///
    /// What a crash left of a line behind it was never confirmed: it is completed or set aside.
    func appendToLedger(_ lines: [UInt8], at size: Int64) throws
}

/// A file of a store.
package struct StoredFile: Hashable, Sendable {
    package let path: String
    package let size: Int64
    /// What tells this state of the file from later ones, where the store keeps them: S3's version id.
    package let mark: String?

    package init(path: String, size: Int64, mark: String? = nil) {
        self.path = path
        self.size = size
        self.mark = mark
    }
}

/// Something that was laid above a file of a store.
package struct StoreOverlay: Hashable, Sendable {
    package let path: String
    /// The mark of what was laid there.
    package let mark: String
    /// Whether it says that the file is gone.
    package let isRemoval: Bool

    package init(path: String, mark: String, isRemoval: Bool) {
        self.path = path
        self.mark = mark
        self.isRemoval = isRemoval
    }
}

/// A store's card, with what was laid above it.
package struct CoveredCard: Hashable, Sendable {
    package let card: StoreCard
    /// The latest first; empty where the card is seen by everybody.
    package let overlays: [StoreOverlay]

    package init(card: StoreCard, overlays: [StoreOverlay]) {
        self.card = card
        self.overlays = overlays
    }
}

/// A file of the primary store that a copy is made of.
package struct CopiedFile: Hashable, Sendable {
    package let file: FilePath
    /// SHA-512 that the file must have; nil where nothing tells it.
    package let sha512: Digest?

    package init(_ file: FilePath, sha512: Digest?) {
        self.file = file
        self.sha512 = sha512
    }
}

/// An object of the primary store as the ledger says it is.
package struct CopiedObject: Sendable {
    package let object: ObjectIdentifier
    /// SHA-512 of its root inventory, from the ledger: a copy is compared with this and not with itself.
    package let inventory: Digest
    package let source: ObjectStore
    /// The highest version of which the store gave its word before; what is found beyond it is read back.
    package let received: Int

    package init(
        _ object: ObjectIdentifier, inventory: Digest, in source: ObjectStore, received: Int = 0
    ) {
        self.object = object
        self.inventory = inventory
        self.source = source
        self.received = received
    }
}

/// What a run of copying works with.
package struct CopyRun {
    package let buffer: WorkBuffer
    package let progress: (Int) throws -> Void

    /// Prepares a run; `progress` hears of every piece and may throw to stop.
    package init(buffer: WorkBuffer, progress: @escaping (Int) throws -> Void) {
        self.buffer = buffer
        self.progress = progress
    }
}

/// What became of an object that a store was to take.
package enum CopyOutcome: Sendable {
    /// The store holds it, with the marks of the files that this run brought in.
    case held(CopyReceipt)
    /// The original is not as the ledger says; nothing was taken.
    case sourceDamaged([Finding])
    /// Something else stands in its place here; nothing was changed.
    case different
}

/// A copy store's word that it holds an object up to a version.
package struct CopyReceipt: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    /// SHA-512 of the root inventory as it lies in the store.
    package let inventory: Digest
    /// Bytes that came in.
    package let bytes: Int64
    /// Marks by path below the object, for stores that give them.
    package let marks: [String: String]

    init(
        object: ObjectIdentifier, version: Int, inventory: Digest, bytes: Int64,
        marks: [String: String] = [:]
    ) {
        self.object = object
        self.version = version
        self.inventory = inventory
        self.bytes = bytes
        self.marks = marks
    }
}

/// Why a store cannot be worked with now.
package struct CopyStoreFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// The disk is not mounted or the server does not answer.
        case away = "LT-STORE-COPY-AWAY"
        /// The server refuses the credentials.
        case refused = "LT-STORE-COPY-REFUSED"
        /// No room is left.
        case full = "LT-STORE-COPY-FULL"
        /// The credentials' file is missing, open to others or not two lines.
        case credentials = "LT-STORE-CREDENTIALS"
        /// There is no such bucket.
        case noBucket = "LT-S3-NO-BUCKET"
        /// Versions in the bucket cannot be locked, so that it can be no vault.
        case noLocks = "LT-STORE-NO-LOCKS"
        /// Somebody else wrote there at the same time.
        case overtaken = "LT-STORE-COPY-OVERTAKEN"
        /// The store answers what no store should.
        case failed = "LT-STORE-COPY-FAILED"
    }

    package let reason: Reason
    package let subject: String
    /// What was seen, without secrets.
    package let detail: String

    package init(_ reason: Reason, subject: String, _ detail: String = "") {
        self.reason = reason
        self.subject = subject
        self.detail = detail
    }
}

/// A store behind a network is asked by its name at every request, and does not leave unseen.
extension CopyStore {
    /// The same store.
    package func bound(to card: StoreCard) -> any CopyStore { self }

    /// Asks nothing.
    package func requireStanding() throws {}

    /// Asks nothing.
    package func requireAnswer() throws {}
}

/// A store that keeps one state of a file has no marks, and nothing lies above anything.
extension CopyStore {
    package func coveredCard(where isWanted: (StoreCard) -> Bool) throws -> CoveredCard? { nil }

    package func marked(_ marks: [String: String]) -> any CopyStore { self }

    package func forEachOverlay(
        below folder: String, marks: [String: String], _ body: (StoreOverlay) throws -> Void
    ) throws {}

    package func uncover(_ overlay: StoreOverlay) throws -> Bool { true }
}

extension CopyStore {
    /// Gives the names that stand directly in the store's folder.
    package func forEachName(_ body: (String) throws -> Void) throws {
        try forEachName(in: "", body)
    }

    package func forEachStrange(
        below folder: String, known: Set<String>, _ body: (String) throws -> Void
    ) throws {
        try forEachFile(below: folder) { file in
            if !known.contains(file.path) { try body(file.path) }
        }
    }

    package func clearEmptyFolders() throws {}

    /// A store behind a network has names of files alone.
    package func wrongPlaces() throws -> [WrongPlace] { [] }

    /// A store behind a network has names of files alone.
    package func forEachEntry(
        in folder: String, _ body: (_ name: String, _ isFile: Bool) throws -> Void
    ) throws {
        try forEachName(in: folder) { try body($0, true) }
    }

    /// What is wrong with the store's own places: what stands in one of them, the OCFL declaration that is gone, a refusal; nil when nothing is.
    package func faultOfPlaces() throws -> String? {
        let wrong = try wrongPlaces()
        guard wrong.isEmpty else { return wrong.map(\.text).joined(separator: ", ") }
        let declaration = "ocfl/" + StorageRoot.declarationName
        do {
            return try size(of: declaration) == nil ? declaration : nil
        } catch let failure as FileFailure where failure.errno == .permissionDenied {
            return "ocfl: " + failure.errno.description
        }
    }

    package func replaceLedger(
        with file: CopiedFile, keepingAs name: String, _ run: CopyRun
    ) throws {
        _ = try restore("ledger/entries.jsonl", from: file, keepingAs: name, run)
    }

    /// A small file's bytes; nil when none is there, a failure when it is larger than the limit.
    package func bytes(of path: String, limit: Int) throws -> [UInt8]? {
        guard let size = try size(of: path) else { return nil }
        guard size <= Int64(limit) else {
            throw CopyStoreFailure(.failed, subject: path, "> \(limit) byte")
        }
        return try reader(of: path, mark: nil).bytes(at: 0, count: Int(size))
    }
}
