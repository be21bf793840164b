import Cataloging
import Evidence
import Records

/// What one part found in one store, without what a later reading or repair of the same places has dealt with.
struct PartFindings {
    /// What is still to be entered.
    private(set) var open: [Finding] = []
    /// How many findings are history.
    private(set) var settled = 0
    /// Dossiers that what is still to be entered calls damaged.
    let damaged: Set<ObjectIdentifier>

    /// The part read no later than its report was finished, and knew the ledger up to a place at least.
    init(
        of part: ShardReport.Store, in report: ShardReport, _ store: ObjectIdentifier?,
        _ catalog: Catalog
    ) throws {
        var places: [ObjectIdentifier?: Bool] = [:]
        for finding in part.report.findings {
            let place = ObjectIdentifier(finding.objectPart)
            let isSettled =
                try places[place]
                ?? catalog.isSettled(
                    place, in: store, after: report.finished, entry: report.ledger.count)
            places[place] = isSettled
            if isSettled { settled += 1 } else { open.append(finding) }
        }
        damaged = part.damagedDossiers(by: open, isDeep: report.isDeep)
    }
}
