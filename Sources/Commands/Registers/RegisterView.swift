import Console
import Records
import Repository

/// How fonds, inventories and accessions are shown.
enum RegisterView {
    /// Shows an entry that was just made.
    static func give(
        _ archive: Archive, _ register: Register, _ entry: RegisterEntry, _ face: Face
    ) throws -> ExitStatus {
        // By its identifier, as the code may hold only from a later day on.
        let name = entry.id?.text ?? entry.code
        let day = entry.from.flatMap { $0.isoText > archive.today.isoText ? $0 : nil }
        give(try archive.registeredUnit(register, name, inFonds: nil, asOf: day), face)
        return .done
    }

    /// Shows one entry.
    static func give(_ unit: RegisteredUnit, _ face: Face) {
        face.give(unit.entry.register.rawValue, json(unit), text: text(unit, face.language))
    }

    /// Lists a register.
    static func list(
        _ register: Register, inFonds fonds: String?, asOf day: CivilDate?, _ common: CommonOptions,
        _ face: Face
    ) throws -> ExitStatus {
        let archive = try common.openToRead(face)
        for line in try archive.registerLines(register, inFonds: fonds, asOf: day) {
            let state =
                line.state.isEmpty
                ? "" : "  [" + RegisterPhrases.state(line.state).text(face.language) + "]"
            face.give(
                "registered",
                [
                    "register": .string(register.rawValue),
                    "id": line.id.map { .string($0.text) } ?? .null, "code": .string(line.code),
                    "name": .string(line.name), "state": .string(line.state),
                    "above": line.above.map { .string($0.text) } ?? .null,
                ],
                text: "\(SafeText.shown(line.code))  \(SafeText.shown(line.name))\(state)")
        }
        return .done
    }

    private static func text(_ unit: RegisteredUnit, _ language: Language) -> String {
        let entry = unit.entry
        var lines = [SafeText.shown(entry.code) + (entry.id.map { "  " + $0.text } ?? "")]
        for field in entry.register.fields where field != .code {
            guard let value = entry.values[field] else { continue }
            let label = RegisterPhrases.label(field).text(language)
            lines.append("  \(label): \(SafeText.shown(shown(value, field, unit, language)))")
        }
        lines += entry.series.map {
            "  \(RegisterPhrases.series.text(language)) \(SafeText.shown($0.code)): "
                + SafeText.shown($0.name)
        }
        lines += entry.earlierCodes.sorted { $0.key < $1.key }.map { code, until in
            RegisterPhrases.earlierCode.text(
                language, ["code": SafeText.shown(code), "until": until?.isoText ?? "?"])
        }
        lines += entry.predecessors.map { link($0, RegisterPhrases.predecessor, unit, language) }
        lines += entry.successors.map { link($0, RegisterPhrases.successor, unit, language) }
        lines.append(
            RegisterPhrases.holding.text(
                language,
                [
                    "dossiers": String(unit.holding.dossiers),
                    "documents": String(unit.holding.documents),
                    "bytes": Progress.size(unit.holding.bytes),
                ]))
        lines += unit.states.map { state in
            let since = state.since.isEmpty ? "…" : state.since
            return "  \(since)  \(SafeText.shown(state.code))  \(SafeText.shown(state.name))"
                + (state.state.isEmpty ? "" : "  [\(state.state)]") + "  policy/\(state.file)"
        }
        return lines.joined(separator: "\n")
    }

    private static func shown(
        _ value: String, _ field: RegisterField, _ unit: RegisteredUnit, _ language: Language
    ) -> String {
        switch field {
        case .state: RegisterPhrases.state(value).text(language)
        case .parent, .fonds: reference(value, unit)
        case .riskRecovery: RegisterPhrases.flag(value).text(language)
        default: value
        }
    }

    private static func reference(_ value: String, _ unit: RegisteredUnit) -> String {
        ObjectIdentifier(value).flatMap { unit.references[$0] }.map { $0.code + "  " + $0.name }
            ?? value
    }

    private static func link(
        _ link: FondsLink, _ phrase: Phrase, _ unit: RegisteredUnit, _ language: Language
    ) -> String {
        let fonds = SafeText.shown(reference(link.fonds.text, unit))
        let kind = RegisterPhrases.kind(link.kind).text(language)
        return phrase.text(language, ["fonds": fonds, "kind": kind, "on": link.on.isoText])
    }
}
