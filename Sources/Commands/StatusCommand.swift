import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru status`: how the archive stands.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tình trạng kho · How the archive stands.",
        discussion: HelpText.discussion(
            "--check: 0 tốt, 1 có gì sai, 3 có gì đang chờ hoặc vắng mặt; một dòng."))

    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Một dòng, mã 0/1/3 cho giám sát · One line, 0/1/3 for monitoring.")
    var check = false
    @Option(
        name: .long, help: "Ghi số đo cho Prometheus · Write a textfile for Prometheus: ….prom.",
        completion: .file())
    var metrics: String?

    func run() throws {
        try common.run { face in
            let archive = try Archive.open(common.archivePath(), in: .machine(), for: .reading)
            if let metrics { try archive.writeMetrics(to: FilePath(metrics).absolute) }
            if check { return HealthReport.give(try archive.health(), to: face) }
            let status = try archive.status()
            let ending =
                try status.isLedgerSuspect ? nil : EvidenceReport.firstToEnd(archive)
            let audit = status.lastAudit?.vietnamText ?? Phrases.never.text(face.language)
            let facts = [
                "archive": status.archive.text, "agency": status.agencyName,
                "code": status.agencyCode,
                "dossiers": String(status.dossiers), "documents": String(status.documents),
                "bytes": Progress.size(status.bytes), "entries": String(status.ledgerEntries),
                "signed": String(status.ledgerSigned ?? 0),
                "audit": audit,
                "evidence": EvidenceReport.text(status.evidence, face.language),
            ]
            var lines: [String] = []
            if status.isLedgerSuspect { lines.append(Phrases.ledgerSuspect.text(face.language)) }
            let damaged = status.damagedDossiers
            if damaged > 0 {
                lines.append(
                    Phrases.damagedDossiers.text(face.language, ["count": String(damaged)]))
            }
            if status.openDamage > 0, damaged == 0 {
                lines.append(Phrases.lastAuditFailed.text(face.language))
            }
            if status.openIncidents > 0 {
                lines.append(
                    IncidentPhrases.standing.text(
                        face.language,
                        [
                            "count": String(status.openIncidents),
                            "overdue": String(status.overdueReports),
                        ]))
            }
            if status.isSealKeyRevoked {
                lines.append(KeyPhrases.sealKeyRevoked.text(face.language))
            }
            lines.append(Phrases.status.text(face.language, facts))
            if let witness = status.witness {
                let phrase =
                    witness.isContradicted
                    ? LedgerPhrases.contradicted
                    : witness.hasFailed
                        ? LedgerPhrases.lastFailed
                        : witness.isOutside ? LedgerPhrases.lastShown : LedgerPhrases.lastOwn
                let at = witness.at?.vietnamText ?? Phrases.never.text(face.language)
                lines.append(phrase.text(face.language, ["at": at]))
            }
            if let ending, ending.isOverdue {
                lines.append(EvidenceReport.line(of: ending, face.language))
            }
            lines += CopyStatus.lines(status, face.language)
            face.give("status", Self.json(status, ending), text: lines.joined(separator: "\n"))
            return Self.ending(status, isOverdue: ending?.isOverdue == true)
        }
    }

    private static func ending(_ status: StatusReport, isOverdue: Bool) -> ExitStatus {
        if status.isLedgerSuspect { return .failed }
        if status.openDamage > 0 || status.openIncidents > 0 || isOverdue
            || status.witness?.isContradicted == true || (status.copies?.overdue ?? 0) > 0
        {
            return .findings
        }
        if status.isSealKeyRevoked { return .untrusted }
        return status.witness?.hasFailed == true ? .incomplete : .done
    }

    private static func json(_ status: StatusReport, _ ending: BatchStanding?) -> JSONValue {
        [
            "archive": .string(status.archive.text), "agencyName": .string(status.agencyName),
            "agencyCode": .string(status.agencyCode), "dossiers": .number(status.dossiers),
            "documents": .number(status.documents), "bytes": .number(status.bytes),
            "ledgerEntries": .number(status.ledgerEntries),
            "ledgerSigned": status.ledgerSigned.map { .number($0) } ?? .null,
            "lastAudit": status.lastAudit.map { .string($0.utcText) } ?? .null,
            "lastAuditFailed": .boolean(status.hasLastAuditFailed),
            "lastAuditDamaged": status.lastAuditDamaged.map { .number($0) } ?? .null,
            "openDamage": .number(Int64(status.openDamage)),
            "certificateExpires": status.certificateExpires.map { .string($0.utcSecondsText) }
                ?? .null,
            "freeBytes": .number(status.freeBytes),
            "evidence": .string(status.evidence.state.rawValue),
            "evidenceWaiting": .number(status.evidence.waiting),
            "evidenceSince": status.evidence.since.map { .string($0.utcText) } ?? .null,
            "renewBefore": ending?.renewBefore.map { .string($0.utcSecondsText) } ?? .null,
            "renewReason": ending.map { .string($0.reason) } ?? .null,
            "sealKeyRevoked": .boolean(status.isSealKeyRevoked),
            "witnessContradicts": .boolean(status.witness?.isContradicted == true),
            "witnessedAt": status.witness?.at.map { .string($0.utcText) } ?? .null,
            "witnessFailed": .boolean(status.witness?.hasFailed == true),
            "openIncidents": .number(status.openIncidents),
            "overdueReports": .number(status.overdueReports),
            "ledgerSuspect": .boolean(status.isLedgerSuspect),
            "stores": .number(Int64(status.stores)),
            "storesReady": .number(Int64(status.storesReady)),
            "copiesShort": status.copies.map { .number(Int64($0.short)) } ?? .null,
            "copiesOverdue": status.copies.map { .number(Int64($0.overdue)) } ?? .null,
        ]
    }
}
