import Cryptography
import Evidence
import Files
package import Records
import SystemPackage

/// The ledger gets a new key: an entry under the old one adopts it, and one checkpoint is signed by both (`evidence.md` §5).
extension Archive {
    /// Makes a new key for checkpoints; the old one goes to `keys/retired/`, or is lost and announces nothing.
    package func rotateLedgerKey(isOldLost: Bool) throws -> KeyRotated {
        // What was entered so far is signed by the old key alone.
        if isOldLost { try requireLost() } else { try finish() }
        let before = try isOldLost ? lastAdoptedKey() : signingKey()
        let new = try NoteKey.generate()
        try world.volume.writeDurably(
            try new.pem(), to: layout.nextLedgerKey, permissions: .ownerOnly)
        let verifier = try ledgerKeys.verifier(of: new)
        let kept = try policy.keep(ledgerKeys.adoptable(new), as: .ledger)
        try record(
            draft(
                LedgerAct.policy, "policy assignment",
                digests: ["policy/" + kept.name: kept.digest],
                facts: [
                    "use": "ledger", "fingerprint": .string(verifier.fingerprint),
                    "before": .string(before?.fingerprint ?? ""), "announced": .boolean(!isOldLost),
                ]))
        try finishLedgerKeyChange()
        return KeyRotated(
            fingerprint: verifier.fingerprint, before: before?.fingerprint ?? "", file: kept.name,
            isAnnounced: !isOldLost, sheet: layout.keySheet)
    }

    /// Finishes a change of key whose entry stands, undoes one whose entry never came; every step may be done again.
    func finishLedgerKeyChange() throws {
        guard try world.volume.status(layout.nextLedgerKey) != nil else { return }
        guard let new = try ledgerKeys.key(in: layout.nextLedgerKey),
            try policy.adoptedDigests(.ledger).last == digest(of: new)
        else {
            try world.volume.remove(layout.nextLedgerKey)
            return try world.volume.synchronizeFolder(layout.keys)
        }
        if let old = try announcingKey() {
            try sign(with: [old, new])
            try retire(layout.ledgerKey, as: ledgerKeys.verifier(of: old).fingerprint.prefix(16))
        } else if try world.volume.status(layout.ledgerKey) != nil {
            // No key that was ever announced: people may still want to know what it was.
            try retire(layout.ledgerKey, as: "unknown-\(world.now().utcSecondsText.prefix(10))")
        }
        try world.volume.rename(layout.nextLedgerKey, to: layout.ledgerKey)
        try world.volume.synchronizeFolder(layout.keys)
        try renewKeySheet()
    }

    private func signingKey() throws -> NoteVerifier? {
        try ledgerKeys.key().map { try ledgerKeys.verifier(of: $0) }
    }

    /// The key that was adopted last, as far as the files of keys still tell.
    private func lastAdoptedKey() throws -> NoteVerifier? {
        try policy.adopted(.ledger).last.flatMap {
            NoteVerifier(String(decoding: $0, as: UTF8.self).trimmed)
        }
    }

    /// A key that is at hand announces the next one; only then can anybody tell the two from a thief's.
    private func requireLost() throws {
        guard let key = try? ledgerKeys.key(),
            try policy.adoptedDigests(.ledger).last == digest(of: key)
        else { return }
        throw ArchiveFailure(
            .usage, subject: layout.ledgerKey.string,
            ["detail": "--old-key-lost: khóa vẫn còn · the key is there"])
    }

    /// The key at hand where it is one that was announced before the new one; nil where the old key is lost.
    private func announcingKey() throws -> NoteKey? {
        let adopted = try policy.adoptedDigests(.ledger).dropLast()
        guard let key = try? ledgerKeys.key(), let last = adopted.last else { return nil }
        return try digest(of: key) == last ? key : nil
    }

    /// A key that signs no more is kept: to destroy it is a decision of people.
    private func retire(_ key: FilePath, as name: some StringProtocol) throws {
        if try world.volume.status(layout.retiredKeys) == nil {
            try world.volume.makeFolder(layout.retiredKeys, permissions: .ownerEnters)
        }
        try world.volume.rename(key, to: layout.retiredKeys.appending("ledger-\(name).key"))
        try world.volume.synchronizeFolder(layout.retiredKeys)
        try world.volume.synchronizeFolder(layout.keys)
    }

    /// Declares an earlier key of the ledger not to be trusted: checkpoints that it signed after its successor came are void.
    package func revokeLedgerKey(
        _ beginning: String?, since text: String, because reason: String
    ) throws -> KeyRevoked {
        let reason = try oneLine(reason, 1000, "--reason")
        let since = try revocationInstant(text)
        let own = try ledgerKeys.key().map { try ledgerKeys.verifier(of: $0) }
        let letters = (beginning ?? own?.fingerprint ?? "").lowercased()
        let found = try ledgerVerifiers().map(\.verifier).filter {
            $0.fingerprint.hasPrefix(letters)
        }
        guard letters.utf8.count >= 8, let verifier = found.first, found.count == 1 else {
            throw ArchiveFailure(.keyUnknown, subject: beginning ?? "")
        }
        guard verifier != own else {
            throw ArchiveFailure(.ledgerKeyInUse, subject: verifier.fingerprint)
        }
        let revocation = KeyRevocation(
            use: .ledger, fingerprint: verifier.fingerprint, since: since, reason: reason)
        try requireEarlier(revocation)
        let file = try enter(revocation)
        try renewKeySheet()
        return KeyRevoked(
            isOfSeal: false, fingerprint: verifier.fingerprint, since: since, file: file,
            sheet: layout.keySheet,
            void: [])
    }

    /// The ledger's keys from the newest, with what an entry said of each.
    package func ledgerKeyStatus() throws -> [ShownLedgerKey] {
        let adoptions = try self.adoptions()
        let revocations = try policy.revocations()
        let own = try ledgerKeys.key().map { try ledgerKeys.verifier(of: $0) }
        return try policy.adoptedFiles(.ledger).compactMap { file in
            guard let verifier = NoteVerifier(String(decoding: file.bytes, as: UTF8.self).trimmed)
            else { return nil }
            let revoked = revocations.filter { $0.fingerprint == verifier.fingerprint }
                .min { $0.since < $1.since }
            return ShownLedgerKey(
                fingerprint: verifier.fingerprint, verifier: verifier.text,
                since: adoptions["policy/" + file.name], revokedSince: revoked?.since,
                reason: revoked?.reason, isCurrent: verifier == own)
        }.reversed()
    }
}

/// A key that signs, or signed, the ledger's checkpoints.
package struct ShownLedgerKey: Sendable {
    /// SHA-256 of the 32 bytes of the public key.
    package let fingerprint: String
    /// The key as C2SP signed-note writes it.
    package let verifier: String
    package let since: Instant?
    package let revokedSince: Instant?
    package let reason: String?
    package let isCurrent: Bool
}

extension NoteVerifier {
    /// SHA-256 of the public key in small hexadecimal letters.
    var fingerprint: String {
        Hexadecimal.text(of: Hasher.digest(.sha256, of: publicBytes))
    }
}

/// A key of checkpoints, and for a revoked one the largest tree that it may have signed.
struct LedgerVerifier {
    let verifier: NoteVerifier
    var largest: Int64?

    /// Whether it vouches for a checkpoint.
    func vouches(for note: LedgerNote) -> Bool {
        if let largest, note.checkpoint.size > largest { return false }
        return note.note.isSigned(by: verifier)
    }
}
