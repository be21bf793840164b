import Cataloging
import Policies
import Records

extension Archive {
    /// What is wrong with where a dossier says that it stands: its fonds, inventory, series and accession.
    func arrangementFindings(of dossier: Dossier, in subject: String) throws -> [Finding] {
        let arrangement = dossier.arrangement
        let fonds = arrangement[.fonds, default: ""]
        var findings: [Finding] = []
        let unit = try catalog.units(.fonds, code: fonds).first
        let history = try unit.map { try self.history(.fonds, $0) }
        if let state = history.map({ $0.history.state(asOf: today) ?? $0.last }) {
            if state.isClosed { findings.append(try closed(state, fonds, subject)) }
        } else {
            findings.append(
                Finding(
                    .fondsUnregistered, .warning, subject: subject,
                    ["fonds": fonds, "nearest": Self.hint(try nearest(.fonds, fonds, nil))]))
        }
        if let code = arrangement[.inventory] {
            findings += try inventoryFindings(
                code, arrangement[.series], fonds, history?.id, subject)
        }
        if let code = arrangement[.accession],
            try catalog.units(.accession, code: code).isEmpty
        {
            findings.append(
                Finding(
                    .accessionUnregistered, .warning, subject: subject,
                    [
                        "accession": code, "fonds": fonds,
                        "nearest": Self.hint(try nearest(.accession, code, nil)),
                    ]))
        }
        return findings
    }

    private func closed(_ state: RegisterEntry, _ code: String, _ subject: String) throws -> Finding
    {
        let codes = try state.successors.prefix(5).compactMap { link in
            try catalog.unit(.fonds, id: link.fonds).map { try history(.fonds, $0).last.code }
        }
        return Finding(
            .fondsClosed, subject: subject,
            [
                "fonds": code, "name": state.values[.name, default: ""],
                "successors": codes.isEmpty ? "" : " (→ " + codes.joined(separator: ", ") + ")",
            ])
    }

    private func inventoryFindings(
        _ code: String, _ series: String?, _ fonds: String, _ id: ObjectIdentifier?,
        _ subject: String
    ) throws -> [Finding] {
        let unit = try id.flatMap { try catalog.units(.inventory, code: code, fonds: $0).first }
        guard let unit else {
            let near = try id.flatMap { try nearest(.inventory, code, $0) }
            return [
                Finding(
                    .inventoryUnregistered, .warning, subject: subject,
                    ["inventory": code, "fonds": fonds, "nearest": Self.hint(near)])
            ]
        }
        let inventory = try history(.inventory, unit).last
        guard let series else { return [] }
        let key = SearchFolding.code(series)
        guard !inventory.series.contains(where: { SearchFolding.code($0.code) == key }) else {
            return []
        }
        let near = NearestWord.to(series, among: inventory.series.map(\.code))
        return [
            Finding(
                .seriesUnregistered, .warning, subject: subject,
                [
                    "series": series, "inventory": inventory.code, "fonds": fonds,
                    "nearest": Self.hint(near),
                ])
        ]
    }
}
