import Cryptography
import Evidence
import Files
import Records
import Retrieval
import Storage
import SystemPackage

/// An entry of the ledger under a checkpoint, ready to be given away.
struct ProvedPlace {
    let proof: ProofOfEntry
    /// The entry's line without its line break.
    let line: [UInt8]
    /// The time-stamp over the checkpoint's bytes, where there is one.
    let token: [UInt8]?
    let claims: ProofClaims.LedgerPlace
}

extension Archive {
    /// The proof that an entry stands in the ledger; nil when no checkpoint covers it yet.
    func place(ofEntry sequence: Int64) throws -> ProvedPlace? {
        guard let (newest, _) = try newestNote() else { return nil }
        let current = newest.checkpoint.size
        let (note, verifier, stamp) = try stampedNote(covering: sequence) ?? unstampedNote(sequence)
        guard let note, let verifier else { return nil }
        let width = Int(min(256, current - sequence / 256 * 256))
        let line = try tiles.entries(sequence / 256, width: width)[Int(sequence % 256)]
        let path = try treeReader(note.checkpoint.size, within: current).inclusion(of: sequence)
        let proof = EntryProof(index: sequence, path: path, checkpoint: note.note)
        guard proof.proves(line, signedBy: verifier) else {
            throw LedgerFailure(.treeDamaged, sequence: sequence)
        }
        let given = ProofOfEntry(
            index: sequence, checkpoint: note.note, verifier: verifier, path: path,
            stampTime: stamp?.generationTime,
            isStampAnswered: stamp?.hasOtherRevocation ?? false)
        return ProvedPlace(
            proof: given, line: line, token: stamp?.der,
            claims: ProofClaims.LedgerPlace(
                entry: sequence, size: note.checkpoint.size, origin: note.checkpoint.origin,
                key: given.keyFingerprint,
                stamp: try stamp.map { try ProofFacts.stamp(of: $0, own: trialFingerprints()) }))
    }

    private func newestNote() throws -> (LedgerNote, NoteVerifier)? {
        do {
            return try signedNote(subject: "")
        } catch let failure as ArchiveFailure where failure.reason == .noLedgerEntry {
            return nil
        }
    }

    private func unstampedNote(
        _ sequence: Int64
    ) throws -> (LedgerNote?, NoteVerifier?, TimeStampToken?) {
        guard let (note, verifier) = try newestNote(), note.checkpoint.size > sequence else {
            return (nil, nil, nil)
        }
        return (note, verifier, nil)
    }

    /// The checkpoint that was stamped last, when it covers the entry and its token is over it.
    private func stampedNote(
        covering sequence: Int64
    ) throws -> (LedgerNote?, NoteVerifier?, TimeStampToken?)? {
        guard case .whole(let stamped) = try StampedCheckpoint.read(objects.layout, world.volume),
            stamped.note.checkpoint.size > sequence,
            let signer = try ledgerVerifiers().last(where: { $0.vouches(for: stamped.note) })
        else { return nil }
        return (stamped.note, signer.verifier, stamped.token)
    }

    /// Reads the tree as it was at a size out of the tiles of a larger one.
    private func treeReader(_ size: Int64, within current: Int64) -> TreeReader {
        TreeReader(size: size) { [tiles] place in
            let count = current >> Int64(8 * place.level)
            let width = min(Int64(TreeEdge.width), count - place.index * Int64(TreeEdge.width))
            let wide = TilePlace(level: place.level, index: place.index, width: Int(width))
            return Array(try tiles.hashes(at: wide).prefix(place.width))
        }
    }
}
