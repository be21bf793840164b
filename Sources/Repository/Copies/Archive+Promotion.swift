import Cataloging
import Evidence
import Files
import Records
import Storage
package import SystemPackage

/// What a promotion came to.
package struct Promotion: Sendable {
    package let name: String
    /// The name under which the store that was primary is listed now.
    package let former: String
    package let epoch: Int64
    /// Dossiers that the new primary store lacks.
    package let lacking: Int
    /// What telling the other stores of it came to.
    package internal(set) var told: [SyncReport] = []
}

extension Archive {
    /// Makes a copy store the primary one: for a primary that is lost, or that goes into retirement.
    ///
    /// One that was begun before is finished first; asked for the same store again, that is all.
    package static func promote(
        _ root: FilePath, _ name: String, because reason: String, in world: World
    ) throws -> Promotion {
        let layout = ArchiveLayout(root: root)
        let configuration = try Configuration.read(layout, in: world)
        try ImportMarker.requireNone(layout, in: world)
        if let begun = try PromotionMarker.read(layout, in: world) {
            let done = try finished(root, in: world)
            if begun.name == name, let done { return done }
            return try promote(root, name, because: reason, in: world)
        }
        try begin(layout, configuration, name, because: reason, in: world)
        guard let done = try finished(root, in: world) else {
            // Another run has finished it between the two locks.
            return Promotion(name: name, former: "", epoch: 0, lacking: 0)
        }
        return done
    }

    /// Writes down what is to be done; the lock is let go at the end, for the opening takes it again.
    private static func begin(
        _ layout: ArchiveLayout, _ configuration: Configuration, _ name: String,
        because reason: String, in world: World
    ) throws {
        let lock = try ArchiveLock.take(layout, in: world)
        try withExtendedLifetime(lock) {
            try PromotionPlan(
                layout: layout, configuration: configuration, name: name, world: world
            ).marker(because: reason).write(layout, in: world)
        }
    }

    private static func finished(_ root: FilePath, in world: World) throws -> Promotion? {
        let archive = try open(root, in: world, for: .writing)
        try archive.finish()
        guard var done = archive.promotion else { return nil }
        // The new epoch reaches every store that answers before anybody else meets them.
        done.told = try archive.syncNews(progress: { _ in })
        return done
    }

    /// Enters a promotion whose steps are done, and takes its marker away.
    func finishPromotion() throws {
        guard let marker = try PromotionMarker.read(layout, in: world),
            marker.store == card.store
        else { return }
        var lacking = 0
        if try catalog.primaryStore?.store != card.store {
            try catalog.forEachLacking(card.store) { _ in
                lacking += 1
                return true
            }
            try enter(marker)
        }
        try adoptConfiguration(isSwitched: true)
        try PromotionMarker.remove(layout, in: world)
        promotion = Promotion(
            name: marker.name, former: marker.formerName, epoch: card.epoch, lacking: lacking)
    }

    private func enter(_ marker: PromotionMarker) throws {
        var chance = Chance(world)
        let detail = try details.keep(["reason": .string(marker.reason)], salt: &chance)
        var facts: [String: JSONValue] = [
            "change": .string(StoreChange.promote.rawValue), "name": .string(marker.name),
            "copy": .string(marker.former.text), "store": .string(card.store.text),
            "epoch": .number(card.epoch),
        ]
        // What the store that led is from now on.
        if let former = configuration.stores.first(where: { $0.store == marker.former }) {
            facts["former"] = .string(former.name)
            facts["formerMedium"] = .string(former.medium.rawValue)
            facts["formerPlace"] = .string(former.place)
        }
        try record(
            draft(LedgerAct.store, "policy assignment", details: detail, facts: facts))
    }
}
