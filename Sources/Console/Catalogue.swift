package import Records
package import Repository

/// The one message catalogue: what every finding and failure says, in both languages.
package enum Catalogue {
    /// Texts of findings by code.
    package static let findings: [FindingCode: FindingText] = merged([
        DossierTexts.all, CatalogTexts.all, StoreTexts.all, BundleTexts.all, PackageTexts.all,
        ExportTexts.all, LinkTexts.all, EvidenceTexts.all, KeyTexts.all, StampTexts.all,
        ProofTexts.all, CopyTexts.all, IncidentTexts.all,
    ])

    /// Texts of failures by code.
    package static let failures: [String: FindingText] = FailureTexts.all

    /// What a finding says in a language.
    package static func wording(of finding: Finding, _ language: Language) -> FindingText.Wording {
        wording(findings[finding.code], finding.facts, language)
    }

    /// What a failure says in a language.
    package static func wording(of failure: FailureReport, _ language: Language)
        -> FindingText.Wording
    {
        var facts = failure.facts
        facts["subject"] = failure.subject
        return wording(failures[failure.code], facts, language)
    }

    private static func wording(
        _ text: FindingText?, _ facts: [String: String], _ language: Language
    ) -> FindingText.Wording {
        guard let text else { return FindingText.Wording("", "") }
        let wording = language == .vietnamese ? text.vietnamese : text.english
        var shown = facts.mapValues { SafeText.shown($0) }
        // What was noted without its facts is told without them.
        for name in Template.names(in: wording.explanation + wording.remedy)
        where shown[name] == nil { shown[name] = "…" }
        return FindingText.Wording(
            Template.filled(wording.explanation, shown), Template.filled(wording.remedy, shown))
    }

    private static func merged(_ tables: [[FindingCode: FindingText]]) -> [FindingCode: FindingText]
    {
        tables.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }
}
