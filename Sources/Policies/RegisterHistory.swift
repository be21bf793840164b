package import Records

/// Every state that a fonds, inventory or accession ever had, and which of them is in force on a day.
package struct RegisterHistory: Hashable, Sendable {
    /// In the order in which they were adopted.
    package let states: [RegisterEntry]

    /// Adopts states in their order; nil when there is none.
    package init?(_ states: [RegisterEntry]) {
        guard !states.isEmpty else { return nil }
        self.states = states
    }

    /// The states in force one after another; of those that begin on one day the one adopted last.
    package var timeline: [RegisterEntry] {
        var latest: [String: RegisterEntry] = [:]
        for state in states { latest[state.since] = state }
        return latest.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The state in force on a day; nil before the first.
    package func state(asOf day: CivilDate) -> RegisterEntry? {
        timeline.last { $0.since <= day.isoText }
    }

    /// The state that will be in force when every adopted one has begun.
    package var last: RegisterEntry? { timeline.last }

    /// The states to adopt so that a change holds from a day on; none when it holds already, nil before the first.
    ///
    /// Each element goes on through later states up to the first that already says something else of it.
    package func states(changedBy change: RegisterChange, from day: CivilDate?) -> [RegisterEntry]?
    {
        let line = timeline
        let since = day?.isoText ?? ""
        guard let index = line.lastIndex(where: { $0.since <= since }) else { return nil }
        let base = line[index]
        let missing = change.missing(in: base)
        guard missing != RegisterChange() else { return [] }
        var first = missing.applied(to: base, on: day)
        first.from = day
        return [first] + later(line[(index + 1)...], than: base, changedTo: first, by: missing)
    }

    private func later(
        _ line: ArraySlice<RegisterEntry>, than base: RegisterEntry,
        changedTo first: RegisterEntry, by missing: RegisterChange
    ) -> [RegisterEntry] {
        var rest = missing
        var changed: [RegisterEntry] = []
        for state in line {
            rest.values = rest.values.filter { base.values[$0.key] == state.values[$0.key] }
            var next = rest.applied(to: state, on: first.from)
            for (code, until) in first.earlierCodes where code != next.code {
                next.earlierCodes.updateValue(until, forKey: code)
            }
            if next.code != first.code, next.earlierCodes[first.code] == nil {
                next.earlierCodes.updateValue(state.from, forKey: first.code)
            }
            if next != state { changed.append(next) }
        }
        return changed
    }
}
