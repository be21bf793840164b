import Records
import Repository

extension RegisterView {
    /// An entry as programs read it (`docs/json.md`): its file's members, and what stands in it.
    static func json(_ unit: RegisteredUnit) -> JSONValue {
        var members = unit.entry.json.objectValue ?? [:]
        members["format"] = nil
        members["replaces"] = nil
        members["from"] = members["from"] ?? .null
        members["id"] = members["id"] ?? .null
        for field in unit.entry.register.fields where field.isReference {
            guard let id = unit.entry.values[field].flatMap({ ObjectIdentifier($0) }) else {
                continue
            }
            members[field.rawValue] = reference(id, unit)
        }
        members["predecessors"] = .array(unit.entry.predecessors.map { link($0, unit) })
        members["successors"] = .array(unit.entry.successors.map { link($0, unit) })
        members["holding"] = [
            "dossiers": .number(unit.holding.dossiers),
            "documents": .number(unit.holding.documents), "bytes": .number(unit.holding.bytes),
        ]
        members["states"] = .array(
            unit.states.map { state in
                [
                    "since": state.since.isEmpty ? .null : .string(state.since),
                    "file": .string("policy/" + state.file), "code": .string(state.code),
                    "name": .string(state.name), "state": .string(state.state),
                ]
            })
        return .object(members)
    }

    private static func reference(_ id: ObjectIdentifier, _ unit: RegisteredUnit) -> JSONValue {
        let known = unit.references[id]
        return [
            "id": .string(id.text), "code": known.map { .string($0.code) } ?? .null,
            "name": known.map { .string($0.name) } ?? .null,
        ]
    }

    private static func link(_ link: FondsLink, _ unit: RegisteredUnit) -> JSONValue {
        [
            "fonds": reference(link.fonds, unit), "kind": .string(link.kind.rawValue),
            "on": .string(link.on.isoText),
        ]
    }
}
