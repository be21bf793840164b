import Console
import Records
import Repository

/// How the standing of the archive is shown.
enum StatusReporting {
    /// What is wrong first, then how much there is and how it is kept.
    static func lines(
        _ status: StatusReport, _ ending: BatchStanding?, _ language: Language
    ) -> [String] {
        var lines = troubles(status, language)
        lines.append(Phrases.status.text(language, facts(status, language)))
        if status.certificateState == .ending {
            lines.append(KeyPhrases.certificateEnding.text(language, end(status)))
        }
        if let witness = status.witness { lines.append(line(of: witness, language)) }
        if let ending, ending.isOverdue {
            lines.append(EvidenceReport.line(of: ending, language))
        }
        return lines + CopyStatus.lines(status, language)
    }

    private static func troubles(_ status: StatusReport, _ language: Language) -> [String] {
        var lines: [String] = []
        if status.isLedgerSuspect { lines.append(Phrases.ledgerSuspect.text(language)) }
        if !status.wrongPlaces.isEmpty {
            let found = status.wrongPlaces.joined(separator: ", ")
            lines.append(Phrases.wrongPlaces.text(language, ["found": found]))
        }
        if !status.wrongCheckpoints.isEmpty {
            let files = status.wrongCheckpoints.joined(separator: ", ")
            lines.append(LedgerPhrases.checkpointDamaged.text(language, ["files": files]))
        }
        if status.catalogBehind > 0 {
            lines.append(
                LedgerPhrases.catalogBehind.text(
                    language, ["count": String(status.catalogBehind)]))
        }
        if let last = status.lastEntryAhead {
            lines.append(LedgerPhrases.clockBehind.text(language, ["at": last.vietnamText]))
        }
        let damaged = status.damagedDossiers
        if damaged > 0 {
            lines.append(Phrases.damagedDossiers.text(language, ["count": String(damaged)]))
        }
        if status.openDamage > 0, damaged == 0 {
            lines.append(Phrases.lastAuditFailed.text(language))
        }
        if !status.damageAwaits.isEmpty {
            let stores = status.damageAwaits.joined(separator: ", ")
            lines.append(Phrases.damageAwaits.text(language, ["stores": stores]))
        }
        if status.openIncidents > 0 {
            lines.append(
                IncidentPhrases.standing.text(
                    language,
                    [
                        "count": String(status.openIncidents),
                        "overdue": String(status.overdueReports),
                    ]))
        }
        return lines + untrusted(status, language)
    }

    /// Where the bytes match and what vouches for them does not hold.
    private static func untrusted(_ status: StatusReport, _ language: Language) -> [String] {
        var lines: [String] = []
        if status.isSealKeyRevoked { lines.append(KeyPhrases.sealKeyRevoked.text(language)) }
        if status.certificateState == .ended {
            lines.append(KeyPhrases.certificateEnded.text(language, end(status)))
        }
        if status.voidSeals > 0 {
            lines.append(KeyPhrases.voidSeals.text(language, ["count": String(status.voidSeals)]))
        }
        if status.lapsedBatches > 0 {
            lines.append(
                EvidencePhrases.lapsed.text(language, ["count": String(status.lapsedBatches)]))
        }
        return lines
    }

    private static func end(_ status: StatusReport) -> [String: String] {
        ["until": status.certificateExpires?.vietnamText ?? "?"]
    }

    private static func facts(_ status: StatusReport, _ language: Language) -> [String: String] {
        [
            "archive": status.archive.text, "agency": status.agencyName,
            "code": status.agencyCode,
            "dossiers": String(status.dossiers), "documents": String(status.documents),
            "bytes": Progress.size(status.bytes), "entries": String(status.ledgerEntries),
            "signed": String(status.ledgerSigned ?? 0),
            "audit": status.lastAudit?.vietnamText ?? Phrases.never.text(language),
            "evidence": EvidenceReport.text(status.evidence, language),
        ]
    }

    private static func line(of witness: WitnessStanding, _ language: Language) -> String {
        let phrase =
            witness.isContradicted
            ? LedgerPhrases.contradicted
            : witness.hasFailed
                ? LedgerPhrases.lastFailed
                : witness.isOutside ? LedgerPhrases.lastShown : LedgerPhrases.lastOwn
        let at = witness.at?.vietnamText ?? Phrases.never.text(language)
        return phrase.text(language, ["at": at])
    }

    static func json(_ status: StatusReport, _ ending: BatchStanding?) -> JSONValue {
        .object(holding(status).merging(keeping(status, ending)) { one, _ in one })
    }

    /// What the archive holds, and what the last audit said of it.
    private static func holding(_ status: StatusReport) -> [String: JSONValue] {
        [
            "archive": .string(status.archive.text), "agencyName": .string(status.agencyName),
            "agencyCode": .string(status.agencyCode), "dossiers": .number(status.dossiers),
            "documents": .number(status.documents), "bytes": .number(status.bytes),
            "ledgerEntries": .number(status.ledgerEntries),
            "catalogBehind": .number(status.catalogBehind),
            "ledgerSigned": status.ledgerSigned.map { .number($0) } ?? .null,
            "lastAudit": status.lastAudit.map { .string($0.utcText) } ?? .null,
            "lastAuditFailed": .boolean(status.hasLastAuditFailed),
            "lastAuditDamaged": status.lastAuditDamaged.map { .number($0) } ?? .null,
            "openDamage": .number(Int64(status.openDamage)),
            "damageAwaits": .array(status.damageAwaits.map { .string($0) }),
            "certificateExpires": status.certificateExpires.map { .string($0.utcSecondsText) }
                ?? .null,
            "certificateState": status.certificateState.map { .string($0.rawValue) } ?? .null,
        ]
    }

    /// What vouches for it, and where it lies.
    private static func keeping(
        _ status: StatusReport, _ ending: BatchStanding?
    ) -> [String: JSONValue] {
        [
            "freeBytes": .number(status.freeBytes),
            "evidence": .string(status.evidence.state.rawValue),
            "evidenceWaiting": .number(status.evidence.waiting),
            "evidenceSince": status.evidence.since.map { .string($0.utcText) } ?? .null,
            "evidenceLapsed": .number(status.lapsedBatches),
            "renewBefore": ending?.renewBefore.map { .string($0.utcSecondsText) } ?? .null,
            "renewReason": ending.map { .string($0.reason) } ?? .null,
            "sealKeyRevoked": .boolean(status.isSealKeyRevoked),
            "voidSeals": .number(status.voidSeals),
            "witnessContradicts": .boolean(status.witness?.isContradicted == true),
            "witnessedAt": status.witness?.shownOutsideAt.map { .string($0.utcText) } ?? .null,
            "witnessFailed": .boolean(status.witness?.hasFailed == true),
            "openIncidents": .number(status.openIncidents),
            "overdueReports": .number(status.overdueReports),
            "ledgerSuspect": .boolean(status.isLedgerSuspect),
            "checkpointsWrong": .array(status.wrongCheckpoints.map { .string($0) }),
            "placesWrong": .array(status.wrongPlaces.map { .string($0) }),
            "clockBehind": .boolean(status.lastEntryAhead != nil),
            "stores": .number(Int64(status.stores)),
            "storesReady": .number(Int64(status.storesReady)),
            "storesWrong": .number(Int64(status.storesWrong)),
            "copiesShort": status.copies.map { .number(Int64($0.short)) } ?? .null,
            "copiesOverdue": status.copies.map { .number(Int64($0.overdue)) } ?? .null,
        ]
    }
}
