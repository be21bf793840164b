import Cataloging
import Evidence
import Records

extension CatalogFeed {
    /// Indexes what became of an incident.
    func changeIncident(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        guard let number = facts["number"]?.numberValue,
            let change = facts["change"]?.stringValue
        else { return }
        if change == "open" {
            let deadline = facts["deadline"]?.stringValue.flatMap { Instant($0) }
            try writer.add(
                CatalogedIncident(
                    number: number, store: Self.copyStore(of: entry),
                    name: facts["store"]?.stringValue ?? "",
                    run: facts["first"]?.numberValue ?? -1, opened: entry.at,
                    deadline: deadline
                        ?? Instant(seconds: entry.at.seconds + RunIncidents.hours * 3600),
                    sequence: entry.sequence))
        }
        if change == "close" {
            try writer.closeIncident(
                number, by: entry.sequence,
                isUnresolved: facts["unresolved"]?.booleanValue ?? false)
        }
        if facts["reported"]?.booleanValue == true {
            try writer.markIncidentReported(number, by: entry.sequence)
        }
        try writer.add(
            IncidentAct(
                number: number, sequence: entry.sequence, change: change,
                way: facts["way"]?.stringValue ?? ""))
    }
}
