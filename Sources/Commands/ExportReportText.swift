import Console
import Records
import Repository
import SystemPackage

/// How the outcome of an export is shown: counts and digests.
enum ExportReportText {
    static func give(_ report: ExportReport, to face: Face) {
        let counts = report.counts
        face.give("exported", payload(report, face.language), text: text(report, counts, face))
    }

    private static func payload(_ report: ExportReport, _ language: Language) -> JSONValue {
        let counts = report.counts
        return [
            "archive": .string(report.archive.text), "path": .string(report.target.string),
            "form": .string(report.form.rawValue), "dossiers": .number(counts.dossiers),
            "files": .number(counts.files), "bytes": .number(counts.bytes),
            "entries": .number(counts.entries), "details": .number(counts.details),
            "policy": .number(counts.policy), "kept": .number(report.keptFiles),
            "manifest": .string(report.manifest.hex),
            "missing": .array(report.missing.map { .string($0.text) }),
            "findings": .array(report.findings.map { $0.json(language) }),
        ]
    }

    private static func text(_ report: ExportReport, _ counts: ExportCounts, _ face: Face)
        -> String
    {
        var lines = [
            Phrases.exported.text(
                face.language,
                [
                    "path": report.target.string, "form": report.form.rawValue,
                    "dossiers": String(counts.dossiers), "files": String(counts.files),
                    "bytes": Progress.size(counts.bytes), "entries": String(counts.entries),
                    "details": String(counts.details), "policy": String(counts.policy),
                    "kept": String(report.keptFiles), "manifest": report.manifest.hex,
                ])
        ]
        if let first = report.missing.first {
            lines.append(
                Phrases.exportLacks.text(
                    face.language,
                    ["count": String(report.missing.count), "first": first.text]))
        }
        return (lines + report.findings.map { $0.text(face.language) }).joined(separator: "\n")
    }
}
