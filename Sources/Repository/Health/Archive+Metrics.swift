import Cataloging
import Files
import Records
package import SystemPackage

extension Archive {
    /// How the archive stands, as a textfile for Prometheus' node exporter; no content of a record is in it.
    package func metrics(_ copies: [OpenedCopy]? = nil) throws -> String {
        var text = MetricsText()
        let copies = try copies ?? openCopies()
        let status = try status(copies)
        text.gauge("luutru_dossiers", "Dossiers kept.", [.init(status.dossiers)])
        text.gauge("luutru_documents", "Documents kept.", [.init(status.documents)])
        text.gauge("luutru_bytes", "Bytes of all bundles.", [.init(status.bytes)])
        text.gauge(
            "luutru_free_bytes", "Bytes free on the disk of the primary store.",
            [.init(status.freeBytes)])
        text.gauge(
            "luutru_ledger_entries", "Entries of the ledger.", [.init(status.ledgerEntries)])
        text.gauge(
            "luutru_ledger_suspect", "1 when the ledger is not the one that was known.",
            [.init(status.isLedgerSuspect ? 1 : 0)])
        text.gauge(
            "luutru_catalog_behind", "Entries of the ledger that the catalog does not have yet.",
            [.init(status.catalogBehind)])
        text.gauge(
            "luutru_checkpoints_wrong", "Signed checkpoints of keys and store that were damaged.",
            [.init(Int64(status.wrongCheckpoints.count))])
        text.gauge(
            "luutru_clock_behind", "1 when the clock stands before the ledger's last entry.",
            [.init(status.lastEntryAhead == nil ? 0 : 1)])
        text.gauge(
            "luutru_incidents_open", "Incidents that nobody closed.", [.init(status.openIncidents)])
        text.gauge(
            "luutru_incident_reports_overdue", "Open incidents that must be reported now.",
            [.init(status.overdueReports)])
        text.gauge(
            "luutru_evidence_waiting", "Versions without a time-stamp.",
            [.init(status.evidence.waiting)])
        text.gauge(
            "luutru_seal_certificate_ends_timestamp_seconds",
            "When the certificate that seals ends.",
            status.certificateExpires.map { [MetricsText.Sample($0.seconds)] } ?? [])
        text.gauge("luutru_void_seals", "Dossiers with void seals.", [.init(status.voidSeals)])
        text.gauge(
            "luutru_evidence_lapsed", "Batches that were renewed only after their proof had ended.",
            [.init(status.lapsedBatches)])
        try addEvidence(to: &text, status)
        try addAudits(to: &text)
        try addStores(copies, to: &text)
        text.gauge(
            "luutru_generated_timestamp_seconds", "When these numbers were taken.",
            [.init(world.now().seconds)])
        return text.text
    }

    /// Writes the numbers aside and puts them in the place of those before; the name must end in `.prom`.
    package func writeMetrics(to path: FilePath, _ copies: [OpenedCopy]? = nil) throws {
        guard path.lastComponent?.string.hasSuffix(".prom") == true else {
            throw ArchiveFailure(
                .usage, subject: path.string, ["detail": "--metrics: …/luutru.prom"])
        }
        try ExportTarget.requireOutside(path, volume: world.volume)
        try world.volume.replaceDurably(Array(metrics(copies).utf8), as: path)
    }

    private func addEvidence(to text: inout MetricsText, _ status: StatusReport) throws {
        guard !status.isLedgerSuspect else { return }
        let first = try batchStandings().compactMap(\.renewBefore).min()
        text.gauge(
            "luutru_evidence_renew_before_timestamp_seconds",
            "Until when the first evidence must be renewed.",
            first.map { [MetricsText.Sample($0.seconds)] } ?? [])
    }

    private var readStores: [(name: String, id: ObjectIdentifier?)] {
        [(ArchiveLayout.firstStore, nil)] + configuration.stores.map { ($0.name, $0.store) }
    }

    private func addAudits(to text: inout MetricsText) throws {
        let stores = readStores
        text.gauge(
            "luutru_open_damage", "Findings of audits that nothing has mended, by store.",
            try stores.map {
                MetricsText.Sample(try catalog.openDamageCount(in: $0.id), [("store", $0.name)])
            })
        text.gauge(
            "luutru_last_audit_timestamp_seconds", "When the last audit of a store ended.",
            try stores.compactMap { store in
                try catalog.lastRun(of: store.id).map {
                    MetricsText.Sample($0.finishedAt.seconds, [("store", store.name)])
                }
            })
    }

    private func addStores(_ copies: [OpenedCopy], to text: inout MetricsText) throws {
        let standings = try standings(of: copies)
        let now = world.now().seconds
        func samples(_ value: (StoreStanding) -> Int64?) -> [MetricsText.Sample] {
            standings.compactMap { standing in
                value(standing).map { MetricsText.Sample($0, [("store", standing.entry.name)]) }
            }
        }
        text.gauge(
            "luutru_store_ready", "1 when a store is there and is the right one.",
            samples { if case .ready = $0.state { 1 } else { 0 } })
        text.gauge(
            "luutru_lacking_copies", "Dossiers that a store does not hold in their last version.",
            samples { Int64($0.lacking) })
        text.gauge(
            "luutru_last_receipt_age_seconds", "Seconds since a store last gave a receipt.",
            samples { $0.lastCopied.map { max(0, now - $0.seconds) } })
        text.gauge(
            "luutru_copies_overdue", "Dossiers short of the policy of copies for too long.",
            try copyCounts().map { [MetricsText.Sample(Int64($0.overdue))] } ?? [])
    }
}
