import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// What an audit looks at beside the dossiers of a copy store: each file against the primary ledger's word, not its own.
struct CopyBeside {
    private static let pieceSize = 1 << 20
    private let store: any CopyStore
    private let name: String
    private let mark: CopyMark?
    private let archive: Archive

    init(_ store: any CopyStore, _ name: String, _ mark: CopyMark?, _ archive: Archive) {
        self.store = store
        self.name = name
        self.mark = mark
        self.archive = archive
    }

    /// Findings of the ledger there and of every file that its entries name.
    func findings() throws -> [Finding] {
        let wrong = try store.wrongPlaces()
        let size = try store.ledgerSize()
        var findings = wrong.map(\.finding)
        // What cannot stand there is told once, by the place.
        if !wrong.contains(where: { $0.hides(CopyLedgerRepair.path) }) {
            let ofLedger = try ledgerFindings(size)
            findings += try ofLedger.isEmpty ? markFindings() : ofLedger
        }
        findings += try archive.readMeFindings(in: store)
        findings += try archive.strangeFiles(in: store) + strangeEvidence()
        do {
            findings += try unadoptedFiles()
            for (path, digest) in try archive.ledgerFiles(
                upTo: max(size, mark?.size ?? 0))
            where !wrong.contains(where: { $0.hides(path) }) {
                if let finding = try finding(of: path, digest) { findings.append(finding) }
            }
        } catch is LedgerFailure {
            // The primary's own findings tell of it.
        }
        return findings
    }

    private func strangeEvidence() throws -> [Finding] {
        let (batches, renewals) = try (archive.catalog.batches(), archive.catalog.renewals())
        guard let disk = store as? DirectoryStore else {
            return try archive.strangeEvidence(below: store, besides: batches, renewals)
        }
        return try archive.strangeEvidence(in: disk.layout, besides: batches, renewals)
    }

    /// Files of its policy that no entry adopted, or of which none tells.
    private func unadoptedFiles() throws -> [Finding] {
        // A sync that was cut short may have brought files before their entries.
        let known = Set(try archive.ledgerFiles(upTo: .max).map(\.path))
        var findings: [Finding] = []
        try store.forEachName(in: "policy") { name in
            guard !known.contains("policy/" + name) else { return }
            findings.append(Finding(.policyFileUnadopted, subject: "policy/" + name))
        }
        return findings
    }

    /// The first byte of the ledger there that is not the primary's; nil when it has none.
    static func firstDifference(
        _ store: any CopyStore, _ archive: Archive, upTo size: Int64
    ) throws -> Int64? {
        var offset: Int64 = 0
        while offset < size {
            let count = Int(min(Int64(pieceSize), size - offset))
            let here = try archive.ledger.bytes(at: offset, count: count)
            let there = try store.ledgerBytes(at: offset, count: count)
            guard there == here, here.count == count else {
                return offset + Int64(zip(here, there).prefix { $0 == $1 }.count)
            }
            offset += Int64(count)
        }
        return nil
    }

    /// Every byte of the ledger there must stand in the primary one.
    private func ledgerFindings(_ size: Int64) throws -> [Finding] {
        guard let place = try Self.firstDifference(store, archive, upTo: size) else { return [] }
        return [
            Finding(
                .ledgerInconsistent, subject: "ledger/entries.jsonl", ["entry": "byte \(place)"])
        ]
    }

    /// What is no longer there of the ledger, and checkpoint files that somebody changed.
    private func markFindings() throws -> [Finding] {
        let ledger = try CopyLedger(of: store, beside: archive.ledger)
        guard ledger.relation == .prefix else { return [] }
        if let back = archive.backFinding(ledger, mark, name) { return [back] }
        return try archive.changedCheckpoints(in: store, ledger, mark).map {
            Finding(.copyFileWrong, subject: $0, ["store": name])
        }
    }

    private func finding(of path: String, _ digest: Digest) throws -> Finding? {
        do {
            guard let size = try store.size(of: path) else { return missing(path) }
            return try self.digest(of: path, size, digest) == digest.bytes ? nil : wrong(path)
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return wrong(path)
        }
    }

    private func digest(of path: String, _ size: Int64, _ wanted: Digest) throws -> [UInt8] {
        let method = wanted.algorithm == .sha512 ? DigestMethod.sha512 : .sha256
        let hasher = Cryptography.Hasher(method: method)
        let file = try store.reader(of: path, mark: nil)
        var offset: Int64 = 0
        while offset < size {
            let piece = try file.bytes(
                at: offset, count: Int(min(Int64(Self.pieceSize), size - offset)))
            if piece.isEmpty { break }
            hasher.update(piece)
            offset += Int64(piece.count)
            try archive.world.stopIfInterrupted()
        }
        return hasher.finalizeAndReset()
    }

    private func missing(_ path: String) -> Finding {
        if path.hasPrefix("policy/") { return Finding(.policyFileMissing, subject: path) }
        if path.hasPrefix("details/") { return Finding(.detailsFileWrong, subject: path) }
        return Finding(.batchMissing, subject: path)
    }

    private func wrong(_ path: String) -> Finding {
        if path.hasPrefix("policy/") { return Finding(.policyFileWrong, subject: path) }
        if path.hasPrefix("details/") { return Finding(.detailsFileWrong, subject: path) }
        return Finding(.batchDamaged, subject: path, ["detail": path])
    }
}

extension WrongPlace {
    /// As an audit tells it.
    var finding: Finding {
        Finding(.storePlaceWrong, subject: path, ["found": found.rawValue])
    }
}
