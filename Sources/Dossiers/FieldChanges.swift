import Policies
package import Records

/// New values of elements, checked against the circular's rules as a whole description.
package struct FieldChanges: Sendable {
    /// Element and value, in the order in which they were given.
    package let pairs: [(element: String, value: String)]

    /// Reads `FIELD=VALUE`; nil for a text without `=` or a name.
    package init?(_ texts: [String]) {
        var pairs: [(element: String, value: String)] = []
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else { return nil }
            pairs.append((String(parts[0]).trimmedBlanks, String(parts[1])))
        }
        self.pairs = pairs
    }

    /// An element that was given twice.
    package var repeated: String? {
        var seen: Set<String> = []
        return pairs.first { !seen.insert($0.element).inserted }?.element
    }

    /// Elements that are acts of their own in the ledger, and what is counted or names the record.
    package static let notOfDossier: Set<String> = [
        "mode", "maintenance", "retentionRow", "retentionPeriod", "location", "links",
        "totalDoc", "numberOfPage",
    ]
    package static let notOfDocument: Set<String> = [
        "mode", "maintenance", "docOrdinal", "arcFileCode", "typePic", "typeMedia", "file",
    ]

    /// The dossier described anew.
    package func applied(to dossier: Dossier) -> (dossier: Dossier, findings: [Finding]) {
        let findings = FindingList(limit: 100)
        var file = DossierFile(amending: dossier, findings: findings)
        for (index, pair) in pairs.enumerated() {
            file.set(pair.element, pair.value, number: index + 1)
        }
        file.checkWhole()
        let changed = file.dossier(
            totalDoc: 0, pages: 0, fonds: dossier.arrangement[.fonds, default: ""])
        return (changed, findings.findings)
    }

    /// A document described anew; its kind stays.
    package func applied(
        to fields: DocumentFields, of kind: DocumentKind
    ) -> (fields: DocumentFields, findings: [Finding]) {
        let findings = FindingList(limit: 100)
        let check = FieldCheck(findings, "--set")
        var changed = fields
        for (index, pair) in pairs.enumerated() {
            let place = Place(line: index + 1, column: 1)
            let known = kind.elements.map(\.rawValue)
            guard let field = DocumentField(rawValue: pair.element), known.contains(pair.element),
                let rule = FieldRules.document[pair.element]
            else {
                findings.add(
                    .keyUnknown, "--set", at: place,
                    [
                        "element": pair.element.shown,
                        "nearest": NearestWord.to(pair.element, among: known).asHint,
                    ])
                continue
            }
            let text = pair.value.trimmedBlanks
            changed[field] = text.isEmpty ? nil : check.canonical(text, rule, at: place)
        }
        for element in FieldRules.required(of: kind)
        where DocumentField(rawValue: element).flatMap({ changed[$0] }) == nil {
            check.reportMissing(element, FieldRules.document[element], at: nil)
        }
        return (changed, findings.findings)
    }
}
