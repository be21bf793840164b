import Cataloging
import Evidence
import Files
import Records
import Storage

extension CatalogFeed {
    /// Indexes the files that an entry adopted, and what those of the registers say.
    func addPolicy(_ entry: LedgerEntry, at offset: Int64, _ writer: CatalogWriter) throws {
        let adopted = entry.draft.digests.compactMap { name, digest in
            PolicyFile(name).map { (file: $0, digest: digest) }
        }
        let ordered = adopted.sorted {
            ($0.file.kind.rawValue, $0.file.number) < ($1.file.kind.rawValue, $1.file.number)
        }
        let store = PolicyStore(layout: objects.layout, volume: volume, archive: entry.archive)
        for (file, digest) in ordered where digest.algorithm == .sha256 {
            try writer.add(
                CatalogedPolicy(
                    file: file.name, kind: file.kind.rawValue, number: file.number,
                    sequence: entry.sequence, offset: offset, digest: digest))
            // A file that is no longer what was adopted says nothing; the audit names it.
            guard let register = file.kind.register,
                let bytes = try store.bytes(of: file.name),
                PolicyStore.digest(of: bytes) == digest,
                let state = RegisterEntry(register, reading: bytes)
            else { continue }
            try writer.add(state, file: file.name, number: file.number)
        }
    }

    /// Indexes where the paper of a dossier was put.
    func addPlace(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        guard let object = entry.draft.object else { return }
        let content = try entry.draft.details.flatMap { try readableDetails($0) }
        try writer.add(
            CatalogedPlace(
                object: object, location: content?["location"]?.stringValue,
                reason: content?["reason"]?.stringValue, at: entry.at, sequence: entry.sequence))
    }

    /// What an act says in detail; nil when that was erased, or is no longer what was entered.
    func readableDetails(_ digest: Digest) throws -> JSONValue? {
        do {
            return try Details(folder: objects.layout.details, volume: volume).content(digest)
        } catch let failure as LedgerFailure where failure.reason == .detailsMismatch {
            return nil
        }
    }
}
