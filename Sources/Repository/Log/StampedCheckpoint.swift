import Cryptography
import Evidence
import Files
import Records
import Storage

/// A checkpoint with the time-stamp over its bytes (`docs/ledger.md`).
struct StampedCheckpoint {
    let note: LedgerNote
    let token: TimeStampToken

    /// What lies beside the ledger.
    enum Found {
        case none
        case damaged(String)
        case whole(StampedCheckpoint)
    }

    /// Reads the two files; a checkpoint without a token is one whose run was cut off, which is as none.
    static func read(_ layout: StoreLayout, _ volume: any Volume) throws -> Found {
        guard try volume.status(layout.checkpointStamp) != nil else { return .none }
        guard let note = try LedgerNote.read(layout.stampedCheckpoint, volume) else {
            return .damaged("checkpoint.stamped")
        }
        guard try volume.status(layout.checkpointStamp)?.kind == .file,
            let bytes = try volume.readIfSmall(
                layout.checkpointStamp, limit: TimeStampToken.largest)
        else { return .damaged("checkpoint.tst") }
        do {
            let token = try TimeStampToken(der: bytes)
            guard token.method == .sha512, token.imprint == imprint(of: note.note) else {
                return .damaged("imprint")
            }
            return .whole(StampedCheckpoint(note: note, token: token))
        } catch {
            return .damaged(error.fault.rawValue)
        }
    }

    /// What the token is over: SHA-512 of the note's bytes.
    static func imprint(of note: SignedNote) -> [UInt8] {
        Hasher.digest(.sha512, of: note.bytes)
    }

    /// What of the token does not hold under the roots that the ledger adopted, judged at its own time; nil when all does.
    func problem(_ roots: [Certificate]) -> String? {
        token.check(at: token.generationTime, roots: roots).problems.first.map {
            $0.fault.rawValue + ($0.detail.isEmpty ? "" : ": " + $0.detail)
        }
    }

    /// Puts the pair into the store: the old token goes first, so that no crash leaves a token beside another checkpoint.
    static func store(
        _ token: TimeStampToken, over note: SignedNote, _ layout: StoreLayout,
        _ volume: any Volume
    ) throws {
        if try volume.status(layout.checkpointStamp) != nil {
            try volume.remove(layout.checkpointStamp)
            try volume.synchronizeFolder(layout.ledger)
        }
        try volume.replaceDurably(note.bytes, as: layout.stampedCheckpoint)
        try volume.replaceDurably(token.der, as: layout.checkpointStamp)
    }
}
