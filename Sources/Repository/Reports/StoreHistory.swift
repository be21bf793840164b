import Cataloging
import Policies
import Records
import Storage

/// What stores were called and where they stood at any time, as the ledger's entries tell.
struct StoreHistory {
    /// From when on something was so.
    private struct Step<Value> {
        let at: Instant
        let value: Value
    }

    private let configuration: Configuration
    /// The store that leads now.
    private let leading: ObjectIdentifier
    private var copies: [ObjectIdentifier: [Step<ActivityReport.Store>]] = [:]
    private var leads: [Step<ActivityReport.Store>] = []

    init(_ archive: Archive) throws {
        configuration = archive.configuration
        leading = archive.card.store
        try archive.catalog.forEachEvent(
            of: [LedgerAct.initialise, LedgerAct.importing, LedgerAct.store],
            from: Instant(microseconds: .min), before: Instant(microseconds: .max)
        ) { event in
            guard let facts = (try? JSONValue(parsing: event.line.utf8))?["facts"] else { return }
            take(facts, at: event.at)
        }
    }

    /// A store as it was at a moment; nil stands for the one that was primary then.
    func store(_ id: ObjectIdentifier?, at instant: Instant) -> ActivityReport.Store {
        guard let id else {
            return Self.last(of: leads, at: instant)
                ?? ActivityReport.Store(id: nil, name: ArchiveLayout.firstStore)
        }
        return Self.last(of: copies[id] ?? [], at: instant) ?? configured(id)
    }

    /// What was last so; before the first step, what it says.
    private static func last<Value>(of steps: [Step<Value>], at instant: Instant) -> Value? {
        (steps.last { $0.at <= instant } ?? steps.first)?.value
    }

    private mutating func take(_ facts: JSONValue, at instant: Instant) {
        let change = facts["change"]?.stringValue.flatMap { StoreChange(rawValue: $0) }
        if let leader = facts["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            facts["epoch"] != nil
        {
            let name = change == .promote ? facts["name"]?.stringValue : nil
            leads.append(Step(at: instant, value: lead(leader, named: name, at: instant)))
        }
        guard let change, let id = facts["copy"]?.stringValue.flatMap({ ObjectIdentifier($0) })
        else { return }
        let said = configured(id)
        let keys =
            change == .promote
            ? ("former", "formerMedium", "formerPlace") : ("name", "medium", "place")
        copies[id, default: []].append(
            Step(
                at: instant,
                value: ActivityReport.Store(
                    id: id, name: facts[keys.0]?.stringValue ?? said.name,
                    medium: facts[keys.1]?.stringValue ?? said.medium,
                    place: facts[keys.2]?.stringValue ?? said.place)))
    }

    /// A store that begins to lead: with the medium and place that it had as a copy, and the name of that time.
    private func lead(
        _ id: ObjectIdentifier, named before: String?, at instant: Instant
    ) -> ActivityReport.Store {
        let copy = Self.last(of: copies[id] ?? [], at: instant)
        return ActivityReport.Store(
            id: id, name: ArchiveLayout.firstStore, medium: copy?.medium ?? "",
            place: copy?.place ?? "", before: before)
    }

    /// What the configuration says of a store, for what older entries do not tell.
    private func configured(_ id: ObjectIdentifier) -> ActivityReport.Store {
        let entry = configuration.stores.first { $0.store == id }
        let holding = id == leading ? configuration.primaryHolding : nil
        return ActivityReport.Store(
            id: id, name: entry?.name ?? id.text,
            medium: entry?.medium.rawValue ?? holding?.medium ?? "",
            place: entry?.place ?? holding?.place ?? "")
    }
}
