import Cataloging
import Cryptography
import Evidence
import Files
package import Records
import Storage
package import SystemPackage

/// What a reading of the whole ledger says.
package struct LedgerReport: Sendable {
    package let entries: Int64
    /// Entries under the last checkpoint; nil when nothing was signed.
    package let signed: Int64?
    /// The root over all entries, in base64 as checkpoints have it.
    package let root: String
    /// The stamped checkpoint: entries under it, the authority's time and name; nil when none was stamped.
    package let stamped: (size: Int64, at: Instant, authority: String)?
    package let findings: [Finding]
}

/// That an entry stands in the ledger, ready to be given away.
package struct ProvedEntry: Sendable {
    package let sequence: Int64
    package let size: Int64
    /// The entry's line without its line break.
    package let line: String
    /// The proof in the form of C2SP tlog-proof.
    package let proof: [UInt8]
    package let path: [String]
    package let checkpoint: String
    package let verifier: String
}

/// That the ledger grew out of what an old checkpoint says.
package struct ConsistencyReport: Sendable {
    package let from: Int64
    package let to: Int64
    package let path: [String]
    package let checkpoint: String
    package let findings: [Finding]

    /// Whether the old checkpoint is one, so that it says where the ledger was.
    package var isReadable: Bool { !findings.contains { $0.code == .checkpointWrong } }
}

extension Archive {
    /// Reads the whole ledger: chain, tree, tiles, signatures, and checkpoints from outside.
    package func verifyLedger(against paths: [FilePath]) throws -> LedgerReport {
        var given: [(name: String, note: LedgerNote)] = []
        var findings: [Finding] = []
        for path in paths {
            guard try world.volume.status(path) != nil else {
                throw ArchiveFailure(.noPath, subject: path.string)
            }
            guard let note = try LedgerNote.read(path, world.volume) else {
                findings.append(Finding(.checkpointWrong, subject: path.string))
                continue
            }
            given.append((path.string, note))
        }
        findings += try objects.layout.wrongPlaces(world.volume)
            .filter { $0.path.hasPrefix("ledger") }.map(\.finding)
        var tree = try treeCheck(with: given)
        do {
            _ = try ledger.readLines { line, _ in
                try world.stopIfInterrupted()
                try tree.check.take(line)
            }
            findings += try treeFindings(of: tree)
        } catch let failure as LedgerFailure {
            findings.append(
                Finding(
                    failure.reason == .inconsistent ? .ledgerInconsistent : .ledgerEntryWrong,
                    subject: "ledger/entries.jsonl", ["entry": String(failure.sequence)]))
        }
        let rest = tree.check.size - (tree.signed?.size ?? 0)
        if tree.signed == nil, !findings.contains(where: { $0.code == .checkpointWrong }) {
            findings.append(Finding(.checkpointMissing, .warning, subject: "ledger/checkpoint"))
        } else if tree.signed != nil, rest > 0 {
            findings.append(
                Finding(
                    .ledgerUnsignedTail, .information, subject: "ledger/entries.jsonl",
                    ["count": String(rest)]))
        }
        return LedgerReport(
            entries: tree.check.size, signed: tree.signed?.size, root: tree.check.root.text,
            stamped: tree.stamped.map {
                (
                    $0.note.checkpoint.size, Instant(seconds: $0.token.generationTime),
                    $0.token.signerCertificate?.subject ?? ""
                )
            },
            findings: findings)
    }

    /// The proof that an entry, or the last state of a dossier, stands under the last checkpoint.
    package func proveEntry(_ text: String) throws -> ProvedEntry {
        let sequence = try sequence(text)
        let (note, verifier) = try signedNote(subject: text)
        let size = note.checkpoint.size
        guard sequence >= 0, sequence < size else {
            throw ArchiveFailure(.noLedgerEntry, subject: text)
        }
        let width = Int(min(256, size - sequence / 256 * 256))
        let line = try tiles.entries(sequence / 256, width: width)[Int(sequence % 256)]
        let path = try reader(size).inclusion(of: sequence)
        let proof = EntryProof(index: sequence, path: path, checkpoint: note.note)
        guard proof.proves(line, signedBy: verifier) else {
            throw LedgerFailure(.treeDamaged, sequence: sequence)
        }
        return ProvedEntry(
            sequence: sequence, size: size, line: String(decoding: line, as: UTF8.self),
            proof: proof.bytes, path: path.map(\.text),
            checkpoint: String(decoding: note.note.bytes, as: UTF8.self), verifier: verifier.text)
    }

    /// The proof that the ledger grew out of an old checkpoint.
    package func proveConsistency(from path: FilePath) throws -> ConsistencyReport {
        guard try world.volume.status(path) != nil else {
            throw ArchiveFailure(.noPath, subject: path.string)
        }
        let (note, _) = try signedNote(subject: path.string)
        let (size, root) = (note.checkpoint.size, note.checkpoint.root)
        let checkpoint = String(decoding: note.note.bytes, as: UTF8.self)
        func report(_ old: Checkpoint?, _ proof: [TreeHash], _ code: FindingCode?)
            -> ConsistencyReport
        {
            ConsistencyReport(
                from: old?.size ?? 0, to: size, path: proof.map(\.text), checkpoint: checkpoint,
                findings: code.map {
                    [Finding($0, subject: path.string, ["entry": String(old?.size ?? 0)])]
                } ?? [])
        }
        guard let old = try LedgerNote.read(path, world.volume),
            old.checkpoint.origin == configuration.archive.text,
            old.isSigned(byOneOf: try ledgerVerifiers())
        else { return report(nil, [], .checkpointWrong) }
        guard old.checkpoint.size <= size else { return report(old.checkpoint, [], .ledgerShrunk) }
        guard old.checkpoint.size > 0 else { return report(old.checkpoint, [], nil) }
        let proof = try reader(size).consistency(from: old.checkpoint.size)
        let isGrown = TreeProof.isConsistent(
            from: old.checkpoint.size, old.checkpoint.root, to: size, root, proof)
        let code: FindingCode = old.checkpoint.size == size ? .ledgerFork : .ledgerInconsistent
        return report(old.checkpoint, proof, isGrown ? nil : code)
    }

    private func reader(_ size: Int64) -> TreeReader {
        TreeReader(size: size) { [tiles] in try tiles.hashes(at: $0) }
    }

    /// The last checkpoint with the key that signed it.
    func signedNote(subject: String) throws -> (LedgerNote, NoteVerifier) {
        guard let note = try LedgerNote.read(objects.layout.checkpoint, world.volume),
            let found = try ledgerVerifiers().last(where: { $0.vouches(for: note) })
        else { throw ArchiveFailure(.noLedgerEntry, subject: subject) }
        return (note, found.verifier)
    }

    /// A number, or the entry of the last state of a dossier.
    private func sequence(_ text: String) throws -> Int64 {
        if text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(text)
        {
            return number
        }
        let object = try dossier(named: text, version: nil)
        let states: Set<String> = [LedgerAct.package, LedgerAct.amend]
        guard
            let entry = try catalog.events(object: object).last(where: { states.contains($0.act) })
        else { throw ArchiveFailure(.noLedgerEntry, subject: text) }
        return entry.sequence
    }

    /// Gives acts in the order of the ledger: of one dossier, or all since a day.
    package func forEachAct(
        of id: String?, since day: CivilDate?, _ body: (LedgerAnswer) throws -> Void
    ) throws {
        func give(_ event: CatalogedEvent) throws {
            if let day, event.at.vietnamText.prefix(10) < day.isoText { return }
            try body(LedgerAnswer(event))
        }
        if let id {
            let object = try dossier(named: id, version: nil)
            return try catalog.events(object: object).forEach(give)
        }
        var next: Int64 = 0
        while true {
            let page = try catalog.events(from: next, limit: 500)
            for event in page { try give(event) }
            guard let last = page.last else { return }
            next = last.sequence + 1
        }
    }
}

/// An act as the ledger tells it.
package struct LedgerAnswer: Sendable {
    package let sequence: Int64
    package let at: Instant
    package let act: String
    package let event: String
    package let object: ObjectIdentifier?
    package let version: Int?
    package let agent: String
    package let outcome: String

    init(_ event: CatalogedEvent) {
        sequence = event.sequence
        at = event.at
        act = event.act
        self.event = event.event
        object = event.object
        version = event.version
        agent = event.agent
        outcome = event.outcome
    }
}
