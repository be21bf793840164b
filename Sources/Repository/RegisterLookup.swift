import Cataloging
import Policies
package import Records

/// One fonds, inventory or accession with every state it had.
struct RegisteredHistory {
    let unit: Int64
    let files: [String]
    let history: RegisterHistory

    var last: RegisterEntry { history.last ?? history.states[0] }
    var id: ObjectIdentifier? { history.states.lazy.compactMap(\.id).last }

    /// The same with an identifier in every state.
    func named(_ id: ObjectIdentifier) -> RegisteredHistory {
        let states = history.states.map { state in
            var state = state
            state.id = id
            return state
        }
        return RegisteredHistory(
            unit: unit, files: files, history: RegisterHistory(states) ?? history)
    }
}

extension Archive {
    /// The day it is in Vietnam, where the archive's periods are counted.
    package var today: CivilDate {
        CivilDate(world.now().vietnamText.prefix(10)) ?? Self.firstDay
    }

    private static var firstDay: CivilDate {
        guard let day = CivilDate(year: 1, month: 1, day: 1) else {
            preconditionFailure("the calendar's first day")
        }
        return day
    }

    /// The fonds, inventory or accession that has or had a code, or has an identifier.
    func registered(
        _ register: Register, _ code: String, inFonds fonds: String? = nil
    ) throws -> RegisteredHistory {
        let within = try fonds.flatMap { try registered(.fonds, $0).id }
        if let id = ObjectIdentifier(code), let unit = try catalog.unit(register, id: id) {
            return try history(register, unit)
        }
        let units = try catalog.units(register, code: code, fonds: within)
        guard let first = units.first else {
            throw ArchiveFailure(
                .unregistered, subject: code,
                [
                    "register": register.rawValue,
                    "nearest": Self.hint(try nearest(register, code, within)),
                ])
        }
        guard units.count == 1 else {
            let found = try units.prefix(5).map { try history(register, $0) }
            let names = found.map { $0.id?.text ?? $0.last.code }
            throw ArchiveFailure(
                .severalRegistered, subject: code, ["nearest": names.joined(separator: ", ")])
        }
        return try history(register, first)
    }

    /// The registered code that was probably meant.
    func nearest(_ register: Register, _ code: String, _ fonds: ObjectIdentifier?) throws -> String?
    {
        NearestWord.to(code, among: try catalog.codes(register, fonds: fonds))
    }

    static func hint(_ nearest: String?) -> String { nearest.map { " (≈ \($0))" } ?? "" }

    func history(_ register: Register, _ unit: Int64) throws -> RegisteredHistory {
        let states = try catalog.states(register, unit: unit)
        guard let history = RegisterHistory(states.map(\.entry)) else {
            throw CatalogFailure(.damaged)
        }
        return RegisteredHistory(unit: unit, files: states.map(\.file), history: history)
    }

    /// A fonds, inventory or accession as it was on a day; without a day as it is today.
    package func registeredUnit(
        _ register: Register, _ code: String, inFonds fonds: String?, asOf day: CivilDate?
    ) throws -> RegisteredUnit {
        let found = try registered(register, code, inFonds: fonds)
        let day = day ?? today
        guard let entry = found.history.state(asOf: day) else {
            throw ArchiveFailure(.notYetRegistered, subject: code, ["day": day.isoText])
        }
        return RegisteredUnit(
            entry: entry, references: try references(of: entry, asOf: day),
            states: zip(found.files, found.history.states).map { file, state in
                RegisteredUnit.State(
                    since: state.since, file: file, code: state.code,
                    name: state.values[.name, default: ""],
                    state: state.values[.state, default: ""])
            },
            holding: try holding(of: entry))
    }

    /// The lines of a register as they stood on a day, by code; of inventories only those of a fonds, if one is given.
    package func registerLines(
        _ register: Register, inFonds fonds: String?, asOf day: CivilDate?
    ) throws -> [ListedUnit] {
        let lines = try catalog.lines(register, asOf: day ?? today).map {
            ListedUnit(id: $0.id, code: $0.code, name: $0.name, state: $0.state, above: $0.above)
        }
        guard let fonds else { return lines }
        let within = try registered(.fonds, fonds).id
        return lines.filter { $0.above != nil && $0.above == within }
    }

    private func references(
        of entry: RegisterEntry, asOf day: CivilDate
    ) throws -> [ObjectIdentifier: RegisteredUnit.Reference] {
        let named = [entry.values[.parent], entry.values[.fonds]].compactMap { $0 }.compactMap {
            ObjectIdentifier($0)
        }
        var found: [ObjectIdentifier: RegisteredUnit.Reference] = [:]
        for id in named + (entry.predecessors + entry.successors).map(\.fonds) {
            guard let unit = try catalog.unit(.fonds, id: id) else { continue }
            let other = try history(.fonds, unit)
            let state = other.history.state(asOf: day) ?? other.last
            found[id] = RegisteredUnit.Reference(
                code: state.code, name: state.values[.name, default: ""])
        }
        return found
    }

    private func holding(of entry: RegisterEntry) throws -> HoldingCount {
        switch entry.register {
        case .fonds: return try catalog.holding(fonds: entry.code, inventory: nil)
        case .inventory:
            let fonds = entry.values[.fonds].flatMap { ObjectIdentifier($0) }
            guard let fonds, let unit = try catalog.unit(.fonds, id: fonds) else {
                return HoldingCount()
            }
            let code = try history(.fonds, unit).last.code
            return try entry.codes.reduce(into: HoldingCount()) { sum, inventory in
                sum.add(try catalog.holding(fonds: code, inventory: inventory))
            }
        case .accession: return try catalog.holding(accessions: entry.codes)
        }
    }
}

extension Catalog {
    /// What stands in a fonds, and where one is given in an inventory of it.
    fileprivate func holding(fonds: String, inventory: String?) throws -> HoldingCount {
        try tally(fonds: fonds, inventory: inventory).reduce(into: HoldingCount()) { sum, line in
            sum.add(HoldingCount(line))
        }
    }

    fileprivate func holding(accessions codes: [String]) throws -> HoldingCount {
        HoldingCount(try tally(accessions: codes))
    }
}

extension HoldingCount {
    init(_ line: TallyLine) {
        self.init(dossiers: line.dossiers, documents: line.documents, bytes: line.payloadBytes)
    }
}
