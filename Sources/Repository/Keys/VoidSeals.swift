import Bundles
import Cataloging
import Cryptography
import Records

/// How many dossiers have void seals, by what ledger and catalog say: `status` may not read the seal of every dossier.
///
/// From one adopted certificate to the next one key seals, so the first seal in between tells of all. Dossiers of
/// another archive were sealed by several keys: their seals are read. What tells for certain is `SealSurvey`.
struct VoidSeals {
    private let archive: Archive
    private let revoked: RevokedKeys

    init(of archive: Archive) throws {
        self.archive = archive
        revoked = try archive.policy.revokedKeys()
    }

    /// Dossiers whose newest version has a void seal.
    func count() throws -> Int64 {
        guard !revoked.isEmpty else { return 0 }
        // While a revocation cannot be read, no seal is known to be good.
        guard !revoked.isUnknown else { return Int64(try archive.catalog.counts().dossiers) }
        let end = try archive.catalog.ledgerHead?.count ?? 0
        let own = min(try archive.catalog.firstOwnState() ?? end, end)
        var count = try countBrought(before: own)
        for tenure in try tenures(from: own, to: end) { count += try self.count(in: tenure) }
        return count
    }

    /// Ranges of the ledger in each of which one key sealed.
    private func tenures(from start: Int64, to end: Int64) throws -> [Range<Int64>] {
        let adopted = try archive.catalog.policyFiles(kind: PolicyStore.Kind.seal.rawValue)
            .map(\.sequence)
        let changes = Set(adopted).filter { start < $0 && $0 < end }.sorted()
        let bounds = [start] + changes + [end]
        return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    }

    private func count(in tenure: Range<Int64>) throws -> Int64 {
        guard let since = try revocation(in: tenure) else { return 0 }
        var count: Int64 = 0
        for range in try unproven(tenure, before: since) {
            count += try archive.catalog.newestStateCount(in: range)
        }
        return count
    }

    /// Since when the key is revoked that the first readable seal of a tenure names.
    private func revocation(in tenure: Range<Int64>) throws -> Instant? {
        var since: Instant?
        try archive.catalog.forEachState(after: tenure.lowerBound - 1) { event in
            try archive.world.stopIfInterrupted()
            guard event.sequence < tenure.upperBound else { return false }
            guard let object = event.object, let version = event.version,
                let signer = try SealSurvey.signer(object, version, archive)
            else { return true }
            since = revoked.revocation(of: signer.fingerprint)
            return false
        }
        return since
    }

    /// The parts of a range that no independent authority stamped before an instant.
    private func unproven(_ range: Range<Int64>, before since: Instant) throws -> [Range<Int64>] {
        var parts: [Range<Int64>] = []
        var begin = range.lowerBound
        for batch in try archive.catalog.batches() where Self.proves(batch, before: since) {
            let end = min(batch.first, range.upperBound)
            if begin < end { parts.append(begin..<end) }
            begin = max(begin, batch.last + 1)
        }
        if begin < range.upperBound { parts.append(begin..<range.upperBound) }
        return parts
    }

    private static func proves(_ batch: CatalogedBatch, before since: Instant) -> Bool {
        batch.isIndependent && batch.at.seconds < since.seconds
    }

    private func countBrought(before end: Int64) throws -> Int64 {
        var count: Int64 = 0
        for state in try archive.catalog.newestStates(in: 0..<end) {
            try archive.world.stopIfInterrupted()
            guard let signer = try SealSurvey.signer(state.object, state.version, archive),
                let since = revoked.revocation(of: signer.fingerprint)
            else { continue }
            let batch = try archive.catalog.batch(covering: state.sequence)
            if batch.map({ Self.proves($0, before: since) }) != true { count += 1 }
        }
        return count
    }
}
