import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// How the archive stands, with its stores as this command has met them, or meets them now.
    package func status(_ copies: [OpenedCopy]? = nil) throws -> StatusReport {
        let counts = try catalog.counts()
        let last = try lastEntry()
        let isSuspect = last == nil
        let audit = try catalog.auditRuns(limit: 1).first
        let incidents = try incidents(onlyOpen: true)
        let copies = try copies ?? openCopies()
        let open = try catalog.openDamageCount()
        let lag = isSuspect ? 0 : try catalogLag()
        let certificate = isSuspect ? nil : try sealCertificate()
        return StatusReport(
            archive: configuration.archive, agencyName: configuration.agencyName,
            agencyCode: configuration.agencyCode, dossiers: Int64(counts.dossiers),
            documents: Int64(counts.documents), bytes: counts.tarBytes,
            ledgerEntries: try (catalog.ledgerHead?.count ?? 0) + lag, catalogBehind: lag,
            ledgerSigned: try LedgerNote.read(objects.layout.checkpoint, world.volume)?
                .checkpoint.size,
            lastAudit: audit?.finishedAt,
            lastAuditDamaged: audit.map { Int64($0.damaged) },
            certificateExpires: certificate.map { Instant(seconds: $0.notAfter) },
            certificateState: certificate.map { state(of: $0) },
            isSealKeyRevoked: try certificate.map { try isRevoked($0) } ?? false,
            voidSeals: isSuspect ? 0 : try VoidSeals(of: self).count(),
            freeBytes: try world.volume.freeSpace(objects.layout.root),
            hasLastAuditFailed: audit.map { $0.outcome == LedgerDraft.Outcome.fail.rawValue }
                ?? false,
            damagedDossiers: open.dossiers, openDamage: open.places,
            damageAwaits: try awaitedStores(),
            isLedgerSuspect: isSuspect,
            wrongCheckpoints: isSuspect ? [] : try wrongCheckpoints(),
            wrongPlaces: try objects.layout.wrongPlaces(world.volume).map(\.text),
            lastEntryAhead: last.flatMap { $0 > world.now() ? $0 : nil },
            evidence: try evidenceStanding(),
            lapsedBatches: isSuspect ? 0 : Int64(try lapseFindings().count),
            witness: try witnessStanding(), openIncidents: Int64(incidents.count),
            overdueReports: Int64(incidents.count(where: \.isOverdue)), stores: copies.count,
            storesReady: copies.count { $0.ready != nil },
            storesWrong: copies.count(where: \.isWrong), copies: try copyCounts())
    }

    /// The certificate that seals; nil where its file is gone.
    private func sealCertificate() throws -> Certificate? {
        guard try world.volume.status(layout.sealCertificate)?.kind == .file else { return nil }
        return try currentCertificate()
    }

    /// When the last entry was made; nil where the ledger has lost or changed what the catalog or a checkpoint knew.
    private func lastEntry() throws -> Instant? {
        guard let known = try catalog.ledgerHead else { return nil }
        do {
            let head = try ledger.head(size: known.size, count: known.count, last: known.last)
            let end = try ledger.read(after: head) { _, _ in }
            return try areEntriesProved(upTo: end) ? end.at : nil
        } catch is LedgerFailure {
            return nil
        }
    }
}
