/// Whether the archive is well, as monitoring asks every few minutes.
package struct Health: Sendable {
    /// What can trouble it, each with a stable word.
    package enum Kind: String, Sendable, CaseIterable {
        case ledgerSuspect = "ledger-suspect"
        case placesWrong = "places-wrong"
        case checkpointWrong = "checkpoint-wrong"
        case clockBehind = "clock-behind"
        case openDamage = "open-damage"
        case openIncidents = "incidents"
        case overdueReports = "reports-overdue"
        case evidenceOverdue = "evidence-overdue"
        case evidenceLapsed = "evidence-lapsed"
        case witnessContradicts = "witness-contradicts"
        case sealKeyRevoked = "seal-key-revoked"
        case sealCertificateEnded = "seal-certificate-ended"
        case voidSeals = "void-seals"
        case storesWrong = "stores-wrong"
        case copiesOverdue = "copies-overdue"
        case catalogBehind = "catalog-behind"
        case storesAway = "stores-away"
        case copiesLacking = "copies-lacking"
        case evidenceWaits = "evidence-waits"
        case sealCertificateEnding = "seal-certificate-ending"
        case witnessFailed = "witness-failed"
        case auditsBehind = "audits-behind"
        case noticesWait = "notices-wait"
    }

    /// One trouble and how often it is met.
    package struct Trouble: Sendable {
        package let kind: Kind
        package let count: Int64
    }

    /// What is wrong: somebody must do something.
    package internal(set) var wrong: [Trouble] = []
    /// What waits, or is away, and may mend itself.
    package internal(set) var waiting: [Trouble] = []

    /// Wrong before waiting.
    package var status: ExitStatus {
        wrong.isEmpty ? (waiting.isEmpty ? .done : .incomplete) : .findings
    }

    mutating func note(wrong kind: Kind, _ count: Int64) {
        if count > 0 { wrong.append(Trouble(kind: kind, count: count)) }
    }

    mutating func note(waiting kind: Kind, _ count: Int64) {
        if count > 0 { waiting.append(Trouble(kind: kind, count: count)) }
    }
}
