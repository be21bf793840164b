import Cryptography
import Evidence
import Files
import Records
import Storage

/// What an audit looks at beside the dossiers of a copy store: each file against the primary ledger's word, not its own.
struct CopyBeside {
    private static let pieceSize = 1 << 20
    private let store: any CopyStore
    private let archive: Archive

    init(_ store: any CopyStore, _ archive: Archive) {
        self.store = store
        self.archive = archive
    }

    /// Findings of the ledger there and of every file that its entries name.
    func findings() throws -> [Finding] {
        let size = try store.ledgerSize()
        var findings = try ledgerFindings(size)
        do {
            _ = try archive.ledger.read { entry, end in
                guard end.size <= size else { return }
                for (path, digest) in LedgerFiles(entry).files {
                    if let finding = try finding(of: path, digest) { findings.append(finding) }
                }
            }
        } catch is LedgerFailure {
            // The primary's own findings tell of it.
        }
        return findings
    }

    /// Every byte of the ledger there must stand in the primary one.
    private func ledgerFindings(_ size: Int64) throws -> [Finding] {
        var offset: Int64 = 0
        while offset < size {
            let count = Int(min(Int64(Self.pieceSize), size - offset))
            let here = try archive.ledger.bytes(at: offset, count: count)
            guard try store.ledgerBytes(at: offset, count: count) == here, here.count == count
            else {
                return [
                    Finding(
                        .ledgerInconsistent, subject: "ledger/entries.jsonl",
                        ["entry": "byte \(offset)"])
                ]
            }
            offset += Int64(count)
        }
        return []
    }

    private func finding(of path: String, _ digest: Digest) throws -> Finding? {
        guard let size = try store.size(of: path) else { return missing(path) }
        let method = digest.algorithm == .sha512 ? DigestMethod.sha512 : .sha256
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
        return hasher.finalizeAndReset() == digest.bytes ? nil : wrong(path)
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
