import Console
import Records
import Repository

/// How the end of an audit is shown.
enum AuditReportText {
    /// `rest` tells how a run that was stopped is gone on with.
    static func give(_ report: AuditReport, rest: AuditRest, to face: Face) {
        face.give("audit", json(report, face.language), text: text(report, rest, face.language))
    }

    /// What this run found, its earlier parts included, as an exit status.
    static func ending(_ report: AuditReport) -> ExitStatus {
        if report.isOnlyUntrusted { return .untrusted }
        if report.hasErrors { return .findings }
        return report.isComplete ? .done : .incomplete
    }

    private static func json(_ report: AuditReport, _ language: Language) -> JSONValue {
        [
            "checked": .number(Int64(report.checked)), "bytes": .number(report.bytes),
            "damaged": .number(Int64(report.damaged)), "complete": .boolean(report.isComplete),
            "incidents": .array(report.incidents.map { .number($0) }),
            "earlier": json(report.earlier), "settled": .number(Int64(report.settled)),
            "stores": .array(
                report.stores.map { store in
                    [
                        "store": .string(store.store), "checked": .number(Int64(store.checked)),
                        "bytes": .number(store.bytes), "damaged": .number(Int64(store.damaged)),
                        "complete": .boolean(store.isComplete),
                        "earlier": json(store.earlier),
                        "settled": .number(Int64(store.settled)),
                        "findings": .array(store.findings.map { $0.json(language) }),
                    ]
                }), "findings": .array(report.findings.map { $0.json(language) }),
        ]
    }

    private static func json(_ earlier: EarlierParts?) -> JSONValue {
        guard let earlier else { return .null }
        return [
            "checked": .number(Int64(earlier.checked)), "bytes": .number(earlier.bytes),
            "damaged": .number(Int64(earlier.damaged)),
            "findings": .number(Int64(earlier.findings)),
        ]
    }

    private static func text(_ earlier: EarlierParts, _ language: Language) -> String {
        AuditPhrases.earlier.text(
            language,
            [
                "checked": String(earlier.checked), "damaged": String(earlier.damaged),
                "findings": String(earlier.findings),
            ])
    }

    private static func text(
        _ report: AuditReport, _ rest: AuditRest, _ language: Language
    ) -> String {
        var lines: [String] = []
        for store in report.stores {
            let facts = [
                "checked": String(store.checked), "bytes": Progress.size(store.bytes),
                "damaged": String(store.damaged),
            ]
            let name = report.stores.count > 1 ? store.store + ": " : ""
            lines.append(name + Phrases.audited.text(language, facts))
            if let earlier = store.earlier { lines.append(text(earlier, language)) }
            if !store.isComplete { lines.append(rest.text(language)) }
            if store.settled > 0 {
                let count = ["count": String(store.settled)]
                lines.append(AuditPhrases.settled.text(language, count))
            }
            lines += store.findings.map { $0.text(language) }
        }
        if !report.incidents.isEmpty {
            let numbers = report.incidents.map { String($0) }.joined(separator: ", ")
            lines.append(IncidentPhrases.opened.text(language, ["numbers": numbers]))
        }
        lines += report.absent.map { $0.text(language) }
        return lines.joined(separator: "\n")
    }
}
