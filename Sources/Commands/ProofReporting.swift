import Console
import Records
import Repository

/// How a proof that was written is shown.
enum ProofReporting {
    static func give(_ answer: ProofAnswer, to face: Face) {
        let language = face.language
        let summary = answer.summary
        let versions = summary.versions.map { version -> JSONValue in
            [
                "version": .number(Int64(version.number)),
                "provedSince": version.provedSince.map { .string($0.utcSecondsText) } ?? .null,
                "authority": version.authority.map { .string($0) } ?? .null,
                "independent": version.isIndependent.map { .boolean($0) } ?? .null,
            ]
        }
        face.give(
            "proved",
            [
                "id": .string(summary.object.text), "version": .number(Int64(summary.version)),
                "document": summary.document.map { .number(Int64($0.ordinal)) } ?? .null,
                "path": .string(answer.path), "bytes": .number(answer.bytes),
                "sha256": .string(answer.sha256.hex), "versions": .array(versions),
                "entry": summary.entry.map { .number($0) } ?? .null,
                "size": summary.size.map { .number($0) } ?? .null,
                "findings": .array(answer.findings.map { $0.json(language) }),
            ], text: lines(answer, summary, language).joined(separator: "\n"))
    }

    private static func lines(
        _ answer: ProofAnswer, _ summary: ProofSummary, _ language: Language
    ) -> [String] {
        var lines = [
            ProofPhrases.proved.text(
                language,
                [
                    "path": SafeText.shown(answer.path), "bytes": Progress.size(answer.bytes),
                    "id": summary.object.text, "version": String(summary.version),
                    "sha256": answer.sha256.hex,
                ])
        ]
        if let document = summary.document {
            lines.append(
                ProofPhrases.document.text(
                    language,
                    [
                        "document": String(document.ordinal),
                        "name": SafeText.shown(document.name),
                    ]))
        }
        lines += summary.versions.map { text($0, language) }
        if let entry = summary.entry, let size = summary.size {
            lines.append(
                ProofPhrases.ledger.text(
                    language, ["entry": String(entry), "size": String(size)]))
        }
        lines += answer.findings.map { $0.text(language) }
        return lines + [
            ProofPhrases.check.text(language, ["path": SafeText.shown(answer.path)])
        ]
    }

    private static func text(_ version: ProofSummary.Version, _ language: Language) -> String {
        guard let at = version.stampedAt else {
            return ProofPhrases.unstamped.text(language, ["version": String(version.number)])
        }
        let phrase =
            version.provedSince == nil
            ? ProofPhrases.stampOver
            : version.isIndependent == false
                ? ProofPhrases.stampedByItself : ProofPhrases.stampedSince
        return phrase.text(
            language,
            [
                "version": String(version.number), "at": at.vietnamText,
                "authority": SafeText.shown(version.authority ?? ""),
            ])
    }
}
