import Cataloging
import Policies
import Records

/// What must hold before anything is entered in a register.
extension Archive {
    /// The values in canonical form; a failure that names the element and its rule.
    func checked(
        _ values: [RegisterField: String], of register: Register
    ) throws -> [RegisterField: String] {
        do throws(RegisterFault) {
            let checked = try RegisterRules.checked(values, of: register)
            guard checked[.code].map({ SearchFolding.code($0).isEmpty }) != true else {
                throw RegisterFault(field: .code, fault: nil)
            }
            return checked
        } catch {
            let rule = RegisterRules.rule(of: error.field)
            let length =
                error.field == .code ? RegisterRules.longestCode(of: register) : rule.length
            throw ArchiveFailure(
                .registerField, subject: error.field.rawValue,
                [
                    "vietnamese": rule.vietnamese, "length": String(length), "rule": rule.citation,
                    "fault": Self.words(error.fault), "form": rule.form.map { " – " + $0 } ?? "",
                ])
        }
    }

    private static func words(_ fault: FieldFault?) -> String {
        switch fault {
        case nil: "còn thiếu · missing"
        case .tooLong: "quá dài · too long"
        case .control: "có ký tự điều khiển · holds a control character"
        case .notNumber: "không phải số · not a number"
        case .notBoolean, .notDay, .notDate, .notCode: "không đúng dạng · not of its form"
        }
    }

    func checked(_ series: [Series]) throws -> [Series] {
        for one in series {
            _ = try checked(
                [.code: one.code, .name: one.name, .state: RegisterEntry.open], of: .fonds)
        }
        return series
    }

    /// A day, not a month or a year.
    func whole(_ day: CivilDate?) throws -> CivilDate? {
        guard let day else { return nil }
        guard day.day != nil else {
            throw ArchiveFailure(.usage, subject: day.isoText, ["detail": "YYYY-MM-DD, DD/MM/YYYY"])
        }
        return day
    }

    /// The values with identifiers in place of the codes of other fonds; one that has none yet gets it in `files`.
    func referring(
        _ values: [RegisterField: String], _ files: inout [RegisterEntry]
    ) throws -> [RegisterField: String] {
        var values = values
        for (field, code) in values where field.isReference && !code.isEmpty {
            let found = try registered(.fonds, code)
            let (id, history) = named(found)
            if found.id == nil {
                var entry = history.last
                entry.replaces = found.files.last
                files.append(entry)
            }
            values[field] = id.text
        }
        return values
    }

    /// The lasting name of what is registered, a new one where it has none yet.
    func named(_ found: RegisteredHistory) -> (ObjectIdentifier, RegisteredHistory) {
        if let id = found.id { return (id, found.named(id)) }
        var chance = Chance(world)
        let id = ObjectIdentifier(using: &chance)
        return (id, found.named(id))
    }

    /// A code names one thing only, for ever: otherwise a dossier would stand in two fonds.
    func requireFree(_ entry: RegisterEntry, of unit: Int64?) throws {
        let fonds =
            entry.register == .inventory
            ? entry.values[.fonds].flatMap { ObjectIdentifier($0) } : nil
        let holders = try catalog.units(entry.register, code: entry.code, fonds: fonds)
        guard let holder = holders.first(where: { $0 != unit }) else { return }
        let other = try history(entry.register, holder)
        throw ArchiveFailure(
            .codeTaken, subject: entry.code,
            ["holder": other.last.code + " " + other.last.values[.name, default: ""]])
    }

    /// No fonds stands above itself, on the first day of a state or on any day of it on which another changes.
    func requireNoParentCycle(_ entry: RegisterEntry, until end: String?) throws {
        guard let id = entry.id,
            let parent = entry.values[.parent].flatMap({ ObjectIdentifier($0) })
        else { return }
        let days = try [entry.since] + catalog.changes(of: .fonds, after: entry.since)
        for day in days where end.map({ day < $0 }) ?? true {
            let lineage = Lineage { [catalog] in
                try catalog.parent(of: $0, since: day).map { [$0] } ?? []
            }
            guard try !lineage.leads(from: parent, to: id) else {
                let unit = try catalog.unit(.fonds, id: parent)
                let code = try unit.map { try history(.fonds, $0).last.code }
                throw cycle(code ?? parent.text, entry.code)
            }
        }
    }

    /// On one day a fonds ends in one way; only what is split or transferred may gain another successor then.
    func requireOneSuccession(
        of old: RegisteredHistory, _ link: FondsLink, _ code: String
    ) throws {
        let isDivisible = link.kind == .split || link.kind == .transfer
        let other = old.history.states.flatMap(\.successors).first {
            $0.on == link.on && $0 != link && ($0.kind != link.kind || !isDivisible)
        }
        guard let other else { return }
        let day = link.on.isoText
        throw ArchiveFailure(
            .usage, subject: code,
            [
                "detail": "\(code), \(day): đã có kế tiếp · is succeeded already "
                    + "(\(other.kind.rawValue))"
            ])
    }

    /// No fonds follows itself.
    func requireNoReturn(
        from new: ObjectIdentifier, to old: ObjectIdentifier, _ newCode: String, _ oldCode: String
    ) throws {
        let lineage = Lineage { [self] id in
            guard let unit = try catalog.unit(.fonds, id: id) else { return [] }
            return try history(.fonds, unit).last.successors.map(\.fonds)
        }
        guard try !lineage.leads(from: new, to: old) else { throw cycle(newCode, oldCode) }
    }

    private func cycle(_ one: String, _ other: String) -> ArchiveFailure {
        ArchiveFailure(.registerCycle, subject: one, ["other": other])
    }
}
