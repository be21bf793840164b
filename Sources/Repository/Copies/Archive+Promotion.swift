import Auditing
import Cataloging
import Evidence
import Files
package import Records
import Storage
package import SystemPackage

/// What a promotion came to.
package struct Promotion: Sendable {
    package let name: String
    /// The name under which the store that was primary is listed now.
    package let former: String
    package let epoch: Int64
    /// Dossiers of which the new primary store lacks anything.
    package let lacking: Int
    /// The first of them.
    package let missing: [ObjectIdentifier]
    /// Other dossiers that an earlier audit found damaged in the new primary store.
    package internal(set) var damaged = 0
    /// Places beside the dossiers that an earlier audit found damaged there.
    package internal(set) var damagedFiles = 0
    /// The first of them all.
    package internal(set) var findings: [Finding] = []
    /// What telling the other stores of it came to.
    package internal(set) var told: [SyncReport] = []
    /// The store of an earlier promotion that was begun and given up, for it is not listed any more.
    package internal(set) var abandoned: String?
    /// At most so many dossiers are named.
    static let mostNamed = 10
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
        let reason = try oneLine(reason, 4000, "--reason")
        try ImportMarker.requireNone(layout, in: world)
        let abandoned = try giveUpAbandoned(layout, in: world)
        if let begun = try PromotionMarker.read(layout, in: world) {
            let done = try finished(root, in: world)
            if begun.name == name, let done { return done }
            // A note that stays for whatever reason must not be met again and again.
            guard try PromotionMarker.read(layout, in: world) != begun else {
                throw ArchiveFailure(.storeNotThere, subject: begun.name)
            }
            return try promote(root, name, because: reason, in: world)
        }
        try begin(layout, configuration, name, because: reason, in: world)
        // Another run may have finished it between the two locks.
        var done =
            try finished(root, in: world)
            ?? Promotion(name: name, former: "", epoch: 0, lacking: 0, missing: [])
        done.abandoned = abandoned
        return done
    }

    /// The name of a store that was to lead and is not listed any more: its promotion stands in nobody's way.
    private static func giveUpAbandoned(
        _ layout: ArchiveLayout, in world: World
    ) throws -> String? {
        guard try PromotionMarker.read(layout, in: world) != nil else { return nil }
        let lock = try ArchiveLock.take(layout, in: world)
        return try withExtendedLifetime(lock) {
            try StoreSwitch.giveUp(
                layout, Configuration.read(layout, in: world), in: world)
        }
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

    /// Notes for people that a promotion was given up whose store is not listed any more.
    func noteAbandoned(_ name: String) {
        recovered.append("promotion.json: \(name), không còn trong · no longer in stores:")
    }

    /// Enters a promotion whose steps are done.
    func enterPromotion() throws {
        guard let marker = try PromotionMarker.read(layout, in: world),
            marker.store == card.store
        else { return }
        if try catalog.primaryStore?.store != card.store { try enter(marker) }
        try adoptConfiguration(isSwitched: true)
    }

    /// Tells what the new primary store lacks and then takes the marker away, so that a run that is cut short tells it again.
    func finishPromotion() throws {
        guard let marker = try PromotionMarker.read(layout, in: world),
            marker.store == card.store
        else { return }
        let missing = try DossierLook(catalog: catalog, objects: objects, world: world).missing()
        let lost = Set(missing)
        let damaged = try damagedDossiers(in: nil) { !$0.code.isOnlyOfTrust }
            .filter { !lost.contains($0) }
        let broken = try withoutGoodCopy(damaged, ledBefore: marker.former)
        let beside = try (damagedBeside()[nil] ?? []).sorted()
        if !missing.isEmpty { try readLost(missing) }
        try PromotionMarker.remove(layout, in: world)
        let dossiers = damaged.prefix(Promotion.mostNamed).map { object in
            Finding(
                broken.contains(object) ? .copyNoneGood : .copyDamaged, subject: object.text,
                ["store": marker.name])
        }
        let files = beside.prefix(Promotion.mostNamed).map { path in
            Finding(.copyDamaged, subject: path, ["store": marker.name])
        }
        promotion = Promotion(
            name: marker.name, former: marker.formerName, epoch: card.epoch,
            lacking: missing.count, missing: Array(missing.prefix(Promotion.mostNamed)),
            damaged: damaged.count, damagedFiles: beside.count,
            findings: dossiers + files)
    }

    /// An audit of the dossiers that are not all there: status, incidents and repairs know of them from now on.
    private func readLost(_ missing: [ObjectIdentifier]) throws {
        let request = AuditRequest(.objects(missing.map(\.text)))
        let target = AuditTarget(primary: objects)
        let session = AuditSession(
            target, request, missing, try objectAudit(target, request, { _ in }), of: self)
        _ = try session.run(in: AuditPlan([target], request, of: self)) { [] }
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
