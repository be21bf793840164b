import Cataloging
import Policies
package import Records

extension Archive {
    /// The most files that one entry adopts, so that its line stays readable without an index.
    private static let mostFiles = 30

    /// Enters a fonds, inventory or accession; `parent` and `fonds` are given by code.
    package func enter(
        _ register: Register, _ values: [RegisterField: String], series: [Series] = [],
        from day: CivilDate? = nil
    ) throws -> RegisterEntry {
        try requireWholeRegisters()
        var files: [RegisterEntry] = []
        var values = try referring(values, &files)
        if register != .accession { values[.state] = values[.state] ?? RegisterEntry.open }
        var chance = Chance(world)
        var entry = RegisterEntry(
            register, id: ObjectIdentifier(using: &chance), from: try whole(day),
            values: try checked(values, of: register))
        entry.series = try checked(series)
        try requireFree(entry, of: nil)
        try adopt(files + [entry])
        return entry
    }

    /// Changes an entry from a day on; nothing is overwritten, and every earlier day is answered as before.
    package func amend(
        _ register: Register, _ code: String, inFonds fonds: String? = nil,
        _ values: [RegisterField: String], series: [Series] = [], from day: ChangeDay
    ) throws -> RegisterEntry {
        try requireWholeRegisters()
        let (_, found) = named(try registered(register, code, inFonds: fonds))
        var files: [RegisterEntry] = []
        var change = RegisterChange()
        change.values = try referring(values, &files)
        change.series = try checked(series)
        let since: CivilDate? =
            switch day {
            case .today: today
            case .day(let day): try whole(day)
            case .correction: found.last.from
            }
        let changed = try changes(of: found, change, from: since, asked: code)
        guard !changed.isEmpty else { throw unchanged(register, code) }
        try adopt(files + changed)
        return try registered(register, code, inFonds: fonds).last
    }

    /// Closes a fonds or inventory.
    package func close(_ register: Register, _ code: String, on day: CivilDate?) throws
        -> RegisterEntry
    {
        try amend(
            register, code, [.state: RegisterEntry.closed], from: day.map { .day($0) } ?? .today)
    }

    /// Lets fonds follow a fonds: it is closed, and each knows of the other; entered as one act.
    package func succeed(
        _ code: String, by successors: [String], on day: CivilDate, _ kind: FondsLink.Kind
    ) throws -> RegisterEntry {
        try requireWholeRegisters()
        let day = try whole(day) ?? day
        guard successors.count == 1 || kind == .split || kind == .transfer else {
            throw ArchiveFailure(
                .usage, subject: kind.rawValue,
                ["detail": "\(kind.rawValue): một phông kế tiếp · one successor"])
        }
        let (oldID, old) = named(try registered(.fonds, code))
        var files: [RegisterEntry] = []
        var change = RegisterChange()
        change.values[.state] = RegisterEntry.closed
        for successor in successors {
            let (id, new) = named(try registered(.fonds, successor))
            try requireOneSuccession(of: old, FondsLink(fonds: id, kind: kind, on: day), code)
            try requireNoReturn(from: id, to: oldID, successor, code)
            var reverse = RegisterChange()
            reverse.predecessors = [FondsLink(fonds: oldID, kind: kind, on: day)]
            files += try changes(of: new, reverse, from: day, asked: successor)
            change.successors.append(FondsLink(fonds: id, kind: kind, on: day))
        }
        files += try changes(of: old, change, from: day, asked: code)
        guard !files.isEmpty else { throw unchanged(.fonds, code) }
        try adopt(files)
        return try registered(.fonds, code).last
    }

    /// The states that a change makes, checked; none when everything is so already.
    private func changes(
        of found: RegisteredHistory, _ change: RegisterChange, from day: CivilDate?,
        asked code: String
    ) throws -> [RegisterEntry] {
        guard let changed = found.history.states(changedBy: change, from: day) else {
            throw ArchiveFailure(
                .notYetRegistered, subject: code, ["day": day?.isoText ?? "0001-01-01"])
        }
        let days = (found.history.states + changed).map(\.since)
        return try changed.map { state in
            var state = state
            state.values = try checked(state.values, of: state.register)
            state.replaces = found.files.last
            try requireFree(state, of: found.unit)
            try requireNoParentCycle(state, until: days.filter { $0 > state.since }.min())
            return state
        }
    }

    private func unchanged(_ register: Register, _ code: String) -> ArchiveFailure {
        ArchiveFailure(.registerUnchanged, subject: code, ["register": register.rawValue])
    }

    /// Keeps the states as files, then adopts all of them with one entry: all are in force, or none is.
    private func adopt(_ states: [RegisterEntry]) throws {
        guard states.count <= Self.mostFiles else {
            throw ArchiveFailure(.registerTooMuch, subject: states.last?.code ?? "")
        }
        for state in states {
            let bytes = Array(state.json.readableText.utf8)
            guard bytes.count <= RegisterEntry.largestFile,
                RegisterEntry(state.register, reading: bytes) == state
            else { throw ArchiveFailure(.registerTooMuch, subject: state.code) }
        }
        var files: [String: Digest] = [:]
        for state in states {
            let kept = try policy.keep(
                Array(state.json.readableText.utf8), as: PolicyStore.Kind(state.register))
            files["policy/" + kept.name] = kept.digest
        }
        try adopt(files)
    }
}
