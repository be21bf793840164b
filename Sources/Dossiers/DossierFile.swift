import Files
import Policies
import Readers
import Records
import SystemPackage

/// `dossier.yaml` checked: canonical values by element, with where each stands.
struct DossierFile {
    private(set) var values: [String: String] = [:]
    private var places: [String: Place] = [:]
    /// The time the dossier covers, where it could be read.
    private(set) var span: DateSpan?
    private let findings: FindingList
    private let subject = FolderWalk.dossierFileName

    init(findings: FindingList) { self.findings = findings }

    mutating func read(_ path: FilePath, volume: any Volume) throws {
        let mapping: YAMLMapping
        do {
            guard let bytes = try volume.readIfSmall(path, limit: YAMLMapping.limit) else {
                throw TextFault(.tooLarge, at: Place(line: 1, column: 1))
            }
            mapping = try YAMLMapping(bytes)
        } catch let fault as TextFault {
            return FieldCheck(findings, subject).report(fault)
        }
        for pair in mapping.pairs { take(pair) }
        checkRequired()
        checkDates()
    }

    private mutating func take(_ pair: YAMLMapping.Pair) {
        guard let rule = FieldRules.dossier[pair.key] else {
            let nearest =
                findings.takesErrors
                ? NearestWord.to(pair.key, among: FieldRules.dossier.keys) : nil
            return findings.add(
                .keyUnknown, subject, at: pair.keyPlace,
                ["element": pair.key.shown, "nearest": nearest.asHint])
        }
        let text = pair.value.trimmedBlanks
        guard !text.isEmpty else { return }
        places[pair.key] = pair.valuePlace
        values[pair.key] = FieldCheck(findings, subject).canonical(text, rule, at: pair.valuePlace)
        if pair.key == "maintenance" { exactPeriod = RetentionPeriod(text) }
    }

    /// The exact retention period that `maintenance` was written with.
    private var exactPeriod: RetentionPeriod?

    private func checkRequired() {
        let besides = FieldRules.requiredBesides(
            confidenceLevel: values["confidenceLevel"], riskRecovery: values["riskRecovery"])
        for element in FieldRules.requiredOfDossier + besides where places[element] == nil {
            FieldCheck(findings, subject).reportMissing(
                element, FieldRules.dossier[element], at: nil)
        }
        checkPeriod()
    }

    /// The code and the exact words must be one period.
    private func checkPeriod() {
        guard let period = exactPeriod, let rule = FieldRules.dossier["retentionPeriod"] else {
            return
        }
        let check = FieldCheck(findings, subject)
        guard let words = values[rule.element] else {
            guard period.isUnspecified else { return }
            return findings.add(
                .periodUnspecified, subject, at: places["maintenance"], check.facts(rule))
        }
        let stated = RetentionPeriod(words)
        if period.isUnspecified, let stated, stated.code == period.code, !stated.isUnspecified {
            return
        }
        guard stated != period || period.isUnspecified else { return }
        var facts = check.facts(rule)
        facts["value"] = words.shown
        facts["expected"] = period.words.shown
        findings.add(.periodDiffers, subject, at: places[rule.element], facts)
    }

    private mutating func checkDates() {
        guard let start = date("startDate"), let end = date("endDate") else { return }
        if start.earliestText <= end.latestText {
            span = DateSpan(start: start, end: end)
            return
        }
        findings.add(
            .datesOrder, subject, at: places["endDate"],
            ["start": start.slashedText, "end": end.slashedText, "rule": "TT 05/2025 Annex I"])
    }

    private func date(_ element: String) -> CivilDate? { values[element].flatMap { CivilDate($0) } }

    func place(_ element: String) -> Place? { places[element] }

    /// `organId.fileCatalog.fileNotation`, or what `arcFileCode` says itself; nil when parts are missing.
    var code: String? {
        if let code = values["arcFileCode"] { return code }
        guard let organ = values["organId"], let catalog = values["fileCatalog"],
            let notation = values["fileNotation"]
        else { return nil }
        return organ + "." + catalog + "." + notation
    }

    /// The dossier with its counts filled in.
    func dossier(totalDoc: Int, pages: Int, fonds: String) -> Dossier {
        var fields: [DossierField: String] = [:]
        for field in DossierField.allCases { fields[field] = values[field.rawValue] }
        fields[.arcFileCode] = code
        fields[.totalDoc] = fields[.totalDoc] ?? String(totalDoc)
        fields[.numberOfPage] = fields[.numberOfPage] ?? String(pages)
        var arrangement: [ArrangementField: String] = [:]
        for field in ArrangementField.allCases { arrangement[field] = values[field.rawValue] }
        arrangement[.fonds] = arrangement[.fonds] ?? fonds
        arrangement[.retentionPeriod] = arrangement[.retentionPeriod] ?? exactPeriod?.words
        return Dossier(fields: fields, arrangement: arrangement)
    }
}

extension String {
    /// The text without blanks and line breaks at its ends.
    var trimmedBlanks: String {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            [0x20, 0x0A, 0x0D, 0x09, 0xA0].contains(scalar.value)
        }
        guard let first = unicodeScalars.first, let last = unicodeScalars.last,
            isBlank(first) || isBlank(last)
        else { return self }
        var view = unicodeScalars[...]
        while let scalar = view.first, isBlank(scalar) { view = view.dropFirst() }
        while let scalar = view.last, isBlank(scalar) { view = view.dropLast() }
        return String(view)
    }
}
