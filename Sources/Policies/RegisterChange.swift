package import Records

/// What is to become different in an entry of a register.
package struct RegisterChange: Hashable, Sendable {
    /// New values; an empty one takes the element away.
    package var values: [RegisterField: String] = [:]
    package var predecessors: [FondsLink] = []
    package var successors: [FondsLink] = []
    /// Series to add, or to name anew.
    package var series: [Series] = []

    package init() {}

    /// The parts of the change that an entry does not have yet.
    func missing(in entry: RegisterEntry) -> RegisterChange {
        var rest = RegisterChange()
        rest.values = values.filter { entry.values[$0.key, default: ""] != $0.value }
        rest.predecessors = predecessors.filter { !entry.predecessors.contains($0) }
        rest.successors = successors.filter { !entry.successors.contains($0) }
        rest.series = series.filter { !entry.series.contains($0) }
        return rest
    }

    /// The entry with everything of the change in it; a code given up stays among the earlier ones.
    func applied(to entry: RegisterEntry, on day: CivilDate?) -> RegisterEntry {
        var changed = entry
        for (field, value) in values { changed.values[field] = value.isEmpty ? nil : value }
        if changed.code != entry.code {
            changed.earlierCodes.updateValue(day, forKey: entry.code)
            changed.earlierCodes.removeValue(forKey: changed.code)
        }
        changed.predecessors += predecessors.filter { !entry.predecessors.contains($0) }
        changed.successors += successors.filter { !entry.successors.contains($0) }
        for one in series {
            if let index = changed.series.firstIndex(where: { $0.code == one.code }) {
                changed.series[index] = one
            } else {
                changed.series.append(one)
            }
        }
        return changed
    }
}
