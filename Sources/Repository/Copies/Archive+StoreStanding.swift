import Cataloging
import Evidence
import Files
import Policies
import Records
import Storage

extension Archive {
    /// How every store stands.
    package func storeStandings() throws -> [StoreStanding] {
        try openCopies().map { try standing(of: $0) }
    }

    private func standing(of copy: OpenedCopy) throws -> StoreStanding {
        var lacking = 0
        var since: Instant?
        try catalog.forEachLacking(copy.entry.store) { found in
            lacking += 1
            since = min(since ?? found.since, found.since)
            return true
        }
        return StoreStanding(
            entry: copy.entry, state: copy.state, held: try catalog.heldCount(copy.entry.store),
            lacking: lacking, waitingSince: since,
            lastCopied: try catalog.lastCopied(to: copy.entry.store),
            ledgerLag: try copy.ledgerEntries.map { try (catalog.ledgerHead?.count ?? 0) - $0 })
    }

    /// Which dossiers are short of the policy of copies; nil where the configuration asks for none.
    package func copyStanding() throws -> CopyStanding? {
        guard let policy = configuration.copyPolicy else { return nil }
        var standing = CopyStanding()
        let ended = world.now().microseconds - Int64(policy.lagDays) * 86_400_000_000
        let counted = try catalog.counts().dossiers
        let held = try configuration.stores.map { ($0, try catalog.heldCount($0.store)) }
        let full = held.filter { $0.1 == counted }.map(\.0)
        // Where the stores that hold everything are enough, no dossier need be looked at.
        if shortage(policy, in: Set(full.map(\.store))).isNone { return standing }
        try catalog.forEachHolding { object, since, stores in
            let shortage = shortage(policy, in: stores)
            guard !shortage.isNone else { return }
            let isOverdue = since.microseconds <= ended
            standing.shortCount += 1
            if isOverdue { standing.overdueCount += 1 }
            guard standing.short.count < CopyStanding.mostNamed else { return }
            standing.short.append(
                CopyStanding.Short(
                    object: object, copies: shortage.copies, media: shortage.media,
                    places: shortage.places, isOverdue: isOverdue))
        }
        return standing
    }

    private func shortage(
        _ policy: CopyPolicy, in stores: Set<ObjectIdentifier>
    ) -> CopyPolicy.Shortage {
        let others = configuration.stores.filter { stores.contains($0.store) }.map {
            CopyPolicy.Holding(medium: $0.medium.rawValue, place: $0.place)
        }
        return policy.shortage(of: [configuration.primaryHolding] + others)
    }
}
