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
    private let subject: String

    init(findings: FindingList) {
        self.findings = findings
        subject = FolderWalk.dossierFileName
    }

    /// A dossier that is described already and gets new values of some elements.
    init(amending dossier: Dossier, findings: FindingList) {
        self.findings = findings
        subject = "--set"
        for (field, value) in dossier.fields { values[field.rawValue] = value }
        for (field, value) in dossier.arrangement { values[field.rawValue] = value }
        for element in values.keys { places[element] = Place(line: 1, column: 1) }
    }

    /// Takes a new value, or with an empty one removes the element; the n-th `--set` is the finding's line.
    mutating func set(_ element: String, _ text: String, number: Int) {
        let place = Place(line: number, column: 1)
        guard !text.trimmedBlanks.isEmpty else {
            values[element] = nil
            places[element] = nil
            return
        }
        if ["organId", "fileCatalog", "fileNotation"].contains(element) {
            values["arcFileCode"] = nil
        }
        take(element, text, at: place, place)
    }

    /// Checks what elements say about each other.
    mutating func checkWhole() {
        checkRequired()
        checkDates()
    }

    mutating func read(_ path: FilePath, volume: any Volume) throws {
        let mapping: YAMLMapping
        do {
            guard let bytes = try volume.readIfSmall(path, limit: YAMLMapping.limit) else {
                throw TextFault(.tooLarge, at: Place(line: 1, column: 1))
            }
            mapping = try YAMLMapping(bytes, pairsIn: [Self.links])
        } catch let fault as TextFault {
            return FieldCheck(findings, subject).report(fault)
        }
        for pair in mapping.pairs {
            if pair.key == Self.links {
                takeLinks(pair.parts)
            } else {
                take(pair.key, pair.value, at: pair.keyPlace, pair.valuePlace)
            }
        }
        checkRequired()
        checkDates()
    }

    private static let links = ArrangementField.links.rawValue

    /// Links as they are written: a list of `kind: target`; whether targets are here is asked later.
    private mutating func takeLinks(_ parts: [YAMLMapping.Part]) {
        let written = parts.filter { !$0.text.trimmedBlanks.isEmpty }
        if written.count > Link.most {
            findings.add(
                .linksMany, subject, at: written[Link.most].place,
                ["count": String(written.count), "limit": String(Link.most)])
        }
        var links: [Link] = []
        for part in written.prefix(Link.most) {
            do {
                links.append(try Link(part.text.trimmedBlanks))
            } catch Link.Fault.kind(let word) {
                let kinds = Link.Kind.allCases.map(\.rawValue)
                findings.add(
                    .linkKind, subject, at: part.place,
                    [
                        "kind": word.shown, "kinds": kinds.joined(separator: ", "),
                        "nearest": NearestWord.to(word, among: kinds).asHint,
                    ])
            } catch {
                findings.add(.linkForm, subject, at: part.place, ["link": part.text.shown])
            }
        }
        guard let first = written.first, !links.isEmpty else { return }
        places[Self.links] = first.place
        values[Self.links] = Link.lines(links)
    }

    private mutating func take(
        _ key: String, _ value: String, at keyPlace: Place, _ valuePlace: Place
    ) {
        guard let rule = FieldRules.dossier[key] else {
            let nearest =
                findings.takesErrors
                ? NearestWord.to(key, among: FieldRules.dossier.keys) : nil
            return findings.add(
                .keyUnknown, subject, at: keyPlace,
                ["element": key.shown, "nearest": nearest.asHint])
        }
        let text = value.trimmedBlanks
        guard !text.isEmpty else { return }
        places[key] = valuePlace
        values[key] = FieldCheck(findings, subject).canonical(text, rule, at: valuePlace)
        if key == "maintenance" { exactPeriod = RetentionPeriod(text) }
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
