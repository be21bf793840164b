import Cataloging
import Evidence
import Files
import Policies
import Records
import Storage

extension Archive {
    /// How every store stands.
    package func storeStandings() throws -> [StoreStanding] {
        try standings(of: openCopies())
    }

    /// How stores stand that this command has met already.
    func standings(of copies: [OpenedCopy]) throws -> [StoreStanding] {
        try copies.map { try standing(of: $0) }
    }

    func standing(of copy: OpenedCopy) throws -> StoreStanding {
        var lacking = 0
        var since: Instant?
        try catalog.forEachLacking(copy.entry.store) { found in
            lacking += 1
            since = min(since ?? found.since, found.since)
            return true
        }
        let known = try (catalog.ledgerHead?.count ?? 0) + catalogLag()
        return StoreStanding(
            entry: copy.entry, state: copy.state, held: try catalog.heldCount(copy.entry.store),
            lacking: lacking, waitingSince: since,
            lastCopied: try catalog.lastCopied(to: copy.entry.store),
            ledgerLag: copy.ledgerEntries.map { max(0, known - $0) },
            ledgerLead: copy.ledgerEntries.map { max(0, $0 - known) },
            isLedgerUnreadable: copy.isLedgerUnreadable, isFork: copy.isFork,
            isBack: copy.isBack, isCardCovered: !copy.covers.isEmpty, lacksRoot: copy.lacksRoot,
            isRefused: copy.isRefused)
    }

    /// How many dossiers are short of the policy of copies; nil where the configuration asks for none.
    package func copyCounts() throws -> CopyCounts? { try copyCounts(without: nil) }

    /// How many dossiers are short of the policy once a store has left.
    func copyCounts(without left: ObjectIdentifier?) throws -> CopyCounts? {
        guard let policy = configuration.copyPolicy else { return nil }
        let counted = try catalog.counts().dossiers
        // Stores that hold everything, or nothing, need not be looked up dossier by dossier.
        var everywhere: Set<ObjectIdentifier> = []
        var some: [ObjectIdentifier] = []
        for entry in configuration.stores where entry.store != left {
            let held = try catalog.heldCount(entry.store)
            if held == counted { everywhere.insert(entry.store) }
            if held > 0, held != counted { some.append(entry.store) }
        }
        var counts = CopyCounts()
        guard !shortage(policy, in: everywhere).isNone else { return counts }
        for held in try catalog.holdingCounts(in: some, madeBy: lagEnd(policy))
        where !shortage(policy, in: held.stores.union(everywhere)).isNone {
            counts.short += held.dossiers
            counts.overdue += held.old
        }
        return counts
    }

    /// What was made by this time is overdue where it is short.
    private func lagEnd(_ policy: CopyPolicy) -> Instant {
        Instant(microseconds: world.now().microseconds - Int64(policy.lagDays) * 86_400_000_000)
    }

    /// Which dossiers are short of the policy of copies; nil where the configuration asks for none.
    package func copyStanding() throws -> CopyStanding? {
        guard let policy = configuration.copyPolicy, let counts = try copyCounts() else {
            return nil
        }
        var standing = CopyStanding(counts: counts)
        guard counts.short > 0 else { return standing }
        let ended = lagEnd(policy)
        try catalog.forEachHolding { object, since, stores in
            guard standing.short.count < CopyStanding.mostNamed else { return }
            let shortage = shortage(policy, in: stores)
            guard !shortage.isNone else { return }
            standing.short.append(
                CopyStanding.Short(
                    object: object, copies: shortage.copies, media: shortage.media,
                    places: shortage.places, isOverdue: since <= ended))
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
