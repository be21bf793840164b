import Cataloging
import Evidence
import Records

extension Archive {
    /// Incidents, the newest first; with `onlyOpen` those that nobody closed.
    package func incidents(onlyOpen: Bool) throws -> [ListedIncident] {
        try catalog.incidents(onlyOpen: onlyOpen).map { try listed($0) }
    }

    /// One incident with what the ledger tells of it.
    package func incident(_ number: Int64) throws -> ShownIncident {
        let incident = try requireIncident(number)
        let found = try catalog.findings(ofIncident: number)
        return ShownIncident(
            listed: try listed(incident), acts: try acts(on: incident),
            damages: found.map {
                ShownIncident.Damage(
                    at: $0.first, last: $0.last, count: $0.count, code: $0.finding.code,
                    object: $0.finding.object, path: $0.finding.path)
            },
            repairs: try repairs(of: incident, Set(found.map { $0.finding.object })),
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode,
            archive: configuration.archive)
    }

    /// Writes something down about an incident; `isReport` says that it was reported, to whom and how in the text.
    package func noteIncident(_ number: Int64, _ text: String, isReport: Bool) throws {
        let incident = try requireIncident(number)
        let text = try oneLine(text, 4000, "--text")
        var facts = facts(of: incident, "note")
        if isReport { facts["reported"] = true }
        try enter(incident, facts, ["text": .string(text)])
    }

    /// Closes an incident; refused while damage of it is open, unless people say that it stays so.
    package func closeIncident(
        _ number: Int64, because reason: String, isUnresolved: Bool
    ) throws {
        let incident = try requireIncident(number)
        guard incident.isOpen else {
            throw ArchiveFailure(.incidentClosed, subject: String(number))
        }
        let reason = try oneLine(reason, 4000, "--reason")
        let damage = try catalog.openDamage(ofIncident: number)
        guard damage == 0 || isUnresolved else {
            throw ArchiveFailure(
                .incidentDamaged, subject: String(number), ["count": String(damage)])
        }
        var facts = facts(of: incident, "close")
        facts["count"] = .number(damage)
        if damage > 0 { facts["unresolved"] = true }
        try enter(incident, facts, ["text": .string(reason)])
    }

    private func requireIncident(_ number: Int64) throws -> CatalogedIncident {
        guard let incident = try catalog.incident(number) else {
            throw ArchiveFailure(.unknownIncident, subject: String(number))
        }
        return incident
    }

    func facts(of incident: CatalogedIncident, _ change: String) -> [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "number": .number(incident.number), "change": .string(change),
            "store": .string(incident.name),
        ]
        if let store = incident.store { facts["copy"] = .string(store.text) }
        return facts
    }

    private func enter(
        _ incident: CatalogedIncident, _ facts: [String: JSONValue], _ content: JSONValue
    ) throws {
        try requireOwnPlaces()
        var chance = Chance(world)
        let detail = try details.keep(content, salt: &chance)
        try record(
            draft(LedgerAct.incident, "metadata modification", details: detail, facts: facts))
    }

    func listed(_ incident: CatalogedIncident) throws -> ListedIncident {
        func moment(_ sequence: Int64?) throws -> Instant? {
            try sequence.flatMap { try catalog.events(from: $0, limit: 1).first?.at }
        }
        let isLate = incident.isOpen && incident.reported == nil
        return ListedIncident(
            number: incident.number, store: incident.name, opened: incident.opened,
            deadline: incident.deadline, closed: try moment(incident.closed),
            isUnresolved: incident.isUnresolved, reported: try moment(incident.reported),
            findings: try catalog.findingCount(ofIncident: incident.number),
            openDamage: try catalog.openDamage(ofIncident: incident.number),
            isOverdue: isLate && incident.deadline <= world.now())
    }

    private func acts(on incident: CatalogedIncident) throws -> [ShownIncident.Act] {
        try catalog.acts(onIncident: incident.number).map { act, event in
            let facts = try? JSONValue(parsing: event.line.utf8)["facts"]
            let content = try event.details.flatMap {
                try CatalogFeed(self).readableDetails($0)
            }
            return ShownIncident.Act(
                at: event.at, change: act.change, way: act.way, agent: event.agent,
                count: facts?["count"]?.numberValue, text: content?["text"]?.stringValue)
        }
    }

    /// Repairs of the places of an incident, from its opening to its end.
    private func repairs(
        of incident: CatalogedIncident, _ places: Set<ObjectIdentifier?>
    ) throws -> [ShownIncident.Repair] {
        var repairs: [ShownIncident.Repair] = []
        let end = try incident.closed.flatMap { try catalog.events(from: $0, limit: 1).first?.at }
        try catalog.forEachEvent(
            of: [LedgerAct.repair], from: incident.opened,
            before: end ?? Instant(microseconds: .max)
        ) { event in
            guard places.contains(event.object) else { return }
            let facts = try? JSONValue(parsing: event.line.utf8)["facts"]
            guard
                facts?["copy"]?.stringValue.flatMap({ ObjectIdentifier($0) }) == incident.store
            else { return }
            repairs.append(try repair(event, facts))
        }
        return repairs
    }

    private func repair(
        _ event: CatalogedEvent, _ facts: JSONValue?
    ) throws -> ShownIncident.Repair {
        let content = try event.details.flatMap { try CatalogFeed(self).readableDetails($0) }
        let files = (content?["files"]?.arrayValue ?? []).map { file in
            ShownIncident.Repair.File(
                path: file["path"]?.stringValue ?? "",
                kind: file["kind"]?.stringValue.flatMap { DamageKind(rawValue: $0) },
                isMended: file["mended"]?.booleanValue ?? false)
        }
        return ShownIncident.Repair(
            at: event.at, agent: event.agent, object: event.object,
            ending: facts?["ending"]?.stringValue.flatMap { RepairItem.Ending(rawValue: $0) },
            kind: facts?["kind"]?.stringValue.flatMap { DamageKind(rawValue: $0) },
            source: facts?["source"]?.stringValue, away: RepairItem.away(facts),
            transferred: facts?["transferred"]?.numberValue ?? 0, files: files)
    }
}
