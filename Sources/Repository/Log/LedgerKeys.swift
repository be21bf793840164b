import Cryptography
import Evidence
import Files
import Records
import SystemPackage

/// The key that signs the ledger's checkpoints, apart from the seal's, and the last checkpoint it signed (`design.md` §4.1).
struct LedgerKeys {
    private let layout: ArchiveLayout
    private let volume: any Volume
    /// The archive's identifier, which is the name of log and key.
    private let origin: String

    init(_ layout: ArchiveLayout, origin: ObjectIdentifier, volume: any Volume) {
        self.layout = layout
        self.volume = volume
        self.origin = origin.text
    }

    /// The key; nil in an archive that was made before it had one.
    func key() throws -> NoteKey? { try key(in: layout.ledgerKey) }

    /// The key in a file; nil when there is none.
    func key(in file: FilePath) throws -> NoteKey? {
        guard try volume.status(file) != nil else { return nil }
        do {
            return try NoteKey.reading(pem: volume.readAll(file, limit: 64 * 1024))
        } catch is CryptographyFailure {
            throw ArchiveFailure(.ledgerKeyWrong, subject: file.string)
        }
    }

    /// The key, made where there is none yet.
    func keyOrNew() throws -> NoteKey {
        if let key = try key() { return key }
        let made = try NoteKey.generate()
        try volume.writeDurably(try made.pem(), to: layout.ledgerKey, permissions: .ownerOnly)
        return made
    }

    /// The key as those who check know it.
    func verifier(of key: NoteKey) throws -> NoteVerifier {
        guard let verifier = NoteVerifier(name: origin, publicBytes: try key.publicBytes()) else {
            preconditionFailure("an identifier has no blanks")
        }
        return verifier
    }

    /// The verifier as `policy/` keeps it: one line.
    func adoptable(_ key: NoteKey) throws -> [UInt8] {
        Array((try verifier(of: key).text + "\n").utf8)
    }

    /// The last note signed here; nil when there is none, or when it is of another archive's ledger.
    func lastSigned() throws -> LedgerNote? {
        guard let note = try LedgerNote.read(layout.lastCheckpoint, volume),
            note.checkpoint.origin == origin
        else { return nil }
        return note
    }

    /// Removes notes that an interrupted run had not yet put in their place.
    func removeLeftovers(beside stored: [FilePath]) throws {
        for path in stored + [layout.lastCheckpoint, layout.ledgerMark] {
            let aside = path.aside
            if try volume.status(aside) != nil { try volume.remove(aside) }
        }
    }

    /// Keeps a note as the last one.
    func keep(_ note: SignedNote) throws {
        try volume.replaceDurably(note.bytes, as: layout.lastCheckpoint)
    }
}

/// A signed checkpoint as it was read from a file.
struct LedgerNote {
    let note: SignedNote
    let checkpoint: Checkpoint

    init?(_ bytes: [UInt8]) {
        guard let note = SignedNote(reading: bytes), let checkpoint = Checkpoint(note.text) else {
            return nil
        }
        self.note = note
        self.checkpoint = checkpoint
    }

    /// Reads a file; nil when it is not there or is no checkpoint.
    static func read(_ path: FilePath, _ volume: any Volume) throws(FileFailure) -> LedgerNote? {
        guard try volume.status(path)?.kind == .file,
            let bytes = try volume.readIfSmall(path, limit: SignedNote.limit)
        else { return nil }
        return LedgerNote(bytes)
    }

    /// Whether one of the keys signed it.
    func isSigned(byOneOf verifiers: [LedgerVerifier]) -> Bool {
        verifiers.contains { $0.vouches(for: self) }
    }
}
