import Bundles
import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// What an interrupted run left is finished or set aside before anything is written (`design.md` §5, recovery).
extension Archive {
    /// More objects than this without an entry mean that the ledger itself was cut.
    static let largestRecovery = 3

    /// Brings catalog and ledger together, then finishes what a crash left.
    ///
    /// An audit goes on where an older entry is broken: saying so is its work.
    func catchUp(_ purpose: Purpose = .writing) throws {
        let isAuditing = purpose == .auditing
        guard try areOwnPlacesRight(for: purpose) else { return try proveLedger() }
        try proveLedger()
        if try catalog.lacksPolicy { try indexPolicy() }
        try applyNewEntries()
        try proveTree(isAuditing: isAuditing)
        if !isAuditing { try proveWitness() }
        try provePrimary()
        try proveCopies(purpose)
        // Told before any work is done: an entry earlier than the last one would be refused at its end.
        try Ledger.prove(clock: world.now(), after: head)
        do {
            try enterPromotion()
            if !areEntriesSuspect { try adoptConfiguration(isSwitched: false) }
            try setAsideUnadopted()
            try undoKeySwitch()
        } catch let failure as LedgerFailure {
            guard isAuditing else {
                throw suspect("\(failure.reason.rawValue) \(failure.sequence)")
            }
        }
        if !isLedgerBroken { try finishLedgerKeyChange() }
        if purpose != .rekeying { try requireLedgerKey() }
        try ledgerKeys.removeLeftovers(
            beside: [
                objects.layout.checkpoint, objects.layout.stampedCheckpoint,
                objects.layout.checkpointStamp,
            ]
                + configuration.stores.flatMap {
                    [layout.copyMark(of: $0.store), layout.lockMark(of: $0.store)]
                })
        if try hasLeftovers() { try recover() }
        try finishStamp()
        try finishRenewal()
        // A ledger that takes no entries, or has no key yet, waits for the run that can tell all of it.
        if purpose != .rekeying, !areEntriesSuspect { try finishPromotion() }
    }

    /// An audit says itself what is wrong with an entry, and signs nothing.
    private func proveTree(isAuditing: Bool) throws {
        do {
            do {
                try proveCheckpoint()
            } catch let failure as ArchiveFailure where failure.reason == .checkpointDamaged {
                guard isAuditing else { throw failure }
                isLedgerBroken = true
            }
            try proveEntries(isAuditing: isAuditing)
        } catch let failure as LedgerFailure {
            guard isAuditing else { throw failure }
            isLedgerBroken = true
            areEntriesSuspect = true
        }
    }

    /// Takes up the ledger where the catalog knows its end.
    func proveLedger() throws {
        guard let known = try catalog.ledgerHead else { return }
        do {
            head = try ledger.head(size: known.size, count: known.count, last: known.last)
        } catch let failure as LedgerFailure {
            throw suspect("\(failure.reason.rawValue) \(failure.sequence)")
        }
    }

    /// Shows a catalog of an older version the adopted policy, which it did not index.
    private func indexPolicy() throws {
        var entries: [LedgerEntry] = []
        var ends: [LedgerHead] = []
        _ = try ledger.read { entry, end in
            guard end.count <= head.count, entry.draft.act == LedgerAct.policy else { return }
            entries.append(entry)
            ends.append(end)
        }
        try CatalogFeed(self).index(policyOf: entries, endingAt: ends)
    }

    func suspect(_ detail: String) -> ArchiveFailure {
        ArchiveFailure(
            .ledgerSuspect, subject: objects.layout.ledger.string, ["detail": detail])
    }

    /// Entries that the catalog has not seen: their run ended before its last step.
    func applyNewEntries() throws {
        var entries: [LedgerEntry] = []
        let feed = CatalogFeed(self)
        let end: LedgerHead
        do {
            end = try ledger.read(after: head) { entry, newHead in
                entries.append(entry)
                if entries.count == 256 {
                    try feed.apply(entries, endingAt: newHead)
                    entries.removeAll()
                }
            }
        } catch let failure as LedgerFailure {
            throw suspect("\(failure.reason.rawValue) \(failure.sequence)")
        }
        if !entries.isEmpty { try feed.apply(entries, endingAt: end) }
        head = end
        let tail = try ledger.tornTail(after: end)
        if !tail.isEmpty {
            let kept = try ledger.setAsideTornTail(tail, after: end, in: objects.layout.recovered)
            recovered.append("recovered/" + kept)
        }
    }

    /// A configuration that was edited becomes a new version of the policy.
    ///
    /// Where a promotion changed it, the promotion's own entry tells of the stores.
    func adoptConfiguration(isSwitched: Bool) throws {
        let bytes = try world.volume.readAll(layout.configuration, limit: Configuration.limit)
        let digest = PolicyStore.digest(of: bytes)
        guard try policy.currentDigest(.configuration) != digest else { return }
        if !isSwitched { try enterStoreChanges() }
        // A crash between keeping the file and its entry: the entry is made now.
        if let left = try policy.unfinished(.configuration).last,
            try policy.bytes(of: left.name) == bytes
        {
            return try adopt(["policy/" + left.name: digest])
        }
        let kept = try policy.keep(bytes, as: .configuration)
        try adopt(["policy/" + kept.name: kept.digest])
    }

    /// Enters that files of `policy/` are in force from now on.
    func adopt(_ files: [String: Digest]) throws {
        try record(draft(LedgerAct.policy, "policy assignment", digests: files))
    }

    /// Files of a register whose run ended before their entry were never in force: they are set aside.
    private func setAsideUnadopted() throws {
        for kind in Register.allCases.map({ PolicyStore.Kind($0) }) + [.stampRoots, .ledger] {
            let left = try policy.unfinished(kind)
            let next = try policy.nextNumber(kind)
            for number in next...(next + left.count) {
                let name = PolicyFile(kind, number).name
                let aside = objects.layout.policy.appending("." + name + ".aside")
                // A name aside was never the file.
                if try world.volume.status(aside) != nil { try world.volume.remove(aside) }
            }
            // The last first: what is left after another crash still follows the last adopted one.
            for file in left.reversed() { try setAside(file.name) }
        }
    }

    func setAside(_ name: String) throws {
        try world.volume.makeFolders(objects.layout.recovered)
        var target = objects.layout.recovered.appending(name)
        var number = 1
        while try world.volume.status(target) != nil {
            number += 1
            target = objects.layout.recovered.appending(name + "-\(number)")
        }
        try world.volume.rename(objects.layout.policy.appending(name), to: target)
        try world.volume.synchronizeFolder(objects.layout.policy)
        try world.volume.synchronizeFolder(objects.layout.recovered)
        let moved = "recovered/" + (target.lastComponent?.string ?? name)
        try record(
            draft(
                LedgerAct.recovery, "quarantine", outcome: .warning,
                facts: ["moved": .string(moved)]))
        recovered.append(moved)
    }

    /// What a run left in staging; a renewal that has read bundles goes on where it stopped.
    private func leftovers(in folder: FilePath) throws -> [FolderEntry] {
        try world.volume.list(folder).filter { $0.name.string != RehashReading.folderName }
    }

    private func hasLeftovers() throws -> Bool {
        for folder in [layout.work, objects.layout.incoming] {
            if try world.volume.status(folder) == nil {
                try world.volume.makeFolders(folder)
            } else if try !leftovers(in: folder).isEmpty {
                return true
            }
        }
        return false
    }

    private func recover() throws {
        try objects.removeEmptyFolders()
        var strays: [(ObjectIdentifier, FilePath)] = []
        try objects.forEachObject { object, folder in
            if let object, try !catalog.knows(object) {
                strays.append((object, folder))
            }
        }
        guard strays.count <= Self.largestRecovery else {
            throw suspect("\(strays.count) objects without entry")
        }
        for (object, folder) in strays { try complete(object, in: folder) }
        for object in try interruptedObjects() { try completeVersion(of: object) }
        for folder in [layout.work, objects.layout.incoming] {
            for entry in try leftovers(in: folder) {
                try world.volume.removeTree(folder.appending(entry.name))
            }
            try world.volume.synchronizeFolder(folder)
        }
        try objects.removeEmptyFolders()
    }

    /// An object whose seals verify gets its entries; any other is moved to `recovered/`, never removed.
    private func complete(_ object: ObjectIdentifier, in folder: FilePath) throws {
        let checked = try StoredObject(
            object, in: objects, volume: world.volume, trusting: SealTrust.of(policy),
            inventory: nil
        ).check(progress: { _ in })
        guard checked.verdict == .valid, let inventory = checked.inventory,
            let digest = checked.inventoryDigest
        else { return try setAside(object, folder) }
        try recordStates(of: object, inventory, digest, facts: ["recovered": true])
        recovered.append(object.text)
    }

    /// The entries that say an object is here, one for each of its versions; gives the bytes of their tars.
    @discardableResult
    func recordStates(
        of object: ObjectIdentifier, _ inventory: Inventory, _ digest: Digest,
        after entered: Int = 0, facts more: [String: JSONValue]
    ) throws -> Int64 {
        var bytes: Int64 = 0
        for version in (entered + 1)...max(entered + 1, inventory.versions.count) {
            let layout = BundleLayout(object: object, version: version)
            var digests = versionDigests(inventory, layout)
            digests["inventory"] =
                version == inventory.versions.count
                ? digest : try objects.inventoryDigest(of: object, at: version)
            let facts = try stateFacts(layout)
            bytes += facts["tar"]?.numberValue ?? 0
            try record(
                draft(
                    version == 1 ? LedgerAct.package : LedgerAct.amend,
                    version == 1 ? "information package creation" : "modification",
                    object: object, version: version, digests: digests,
                    facts: facts.merging(more) { one, _ in one }))
        }
        return bytes
    }

    /// What the ledger says of a version beside its digests.
    private func stateFacts(_ layout: BundleLayout) throws -> [String: JSONValue] {
        if layout.version > 1,
            let before = try catalog.object(
                layout.object, version: layout.version - 1)
        {
            return try laterFacts(before, version: layout.version)
        }
        let folder = objects.folder(of: layout.object)
        let contents = try BundleContents(
            of: world.volume.open(BundleFiles(layout, in: folder.appending("v1/content")).tar),
            layout: layout)
        return [
            "documents": .number(Int64(contents.documentCount)),
            "payload": .number(contents.payloadBytes), "tar": .number(contents.tarBytes),
            "stores": [.string(card.store.text)],
        ]
    }

    /// Objects that the ledger knows and that a run left something of in staging.
    private func interruptedObjects() throws -> [ObjectIdentifier] {
        var found: Set<ObjectIdentifier> = []
        for folder in [layout.work, objects.layout.incoming] {
            for entry in try world.volume.list(folder) {
                let name = entry.name.string.prefix { $0 != "." }
                if let object = ObjectIdentifier(name), try catalog.knows(object) {
                    found.insert(object)
                }
            }
        }
        return found.sorted()
    }

    /// A version without entry gets it when all of it verifies; any other is moved to `recovered/`.
    private func completeVersion(of object: ObjectIdentifier) throws {
        guard let before = try catalog.object(object) else { return }
        let version = before.version + 1
        guard try objects.holds(object, version: version) else { return }
        let isWhole = try objects.finishVersion(version, of: object)
        let checked = try StoredObject(object, version: version, self, isEntered: false)
            .check(progress: { _ in })
        guard isWhole, checked.verdict == .valid, !before.isUnreadable,
            let inventory = checked.inventory, let digest = checked.inventoryDigest
        else {
            let name = "\(object.fileName).v\(version)"
            try objects.setAside(version: version, of: object, as: name)
            try record(
                draft(
                    LedgerAct.recovery, "quarantine", object: object, outcome: .warning,
                    facts: ["moved": .string("recovered/" + name)]))
            recovered.append("recovered/" + name)
            return
        }
        var facts = try laterFacts(before, version: version)
        facts["recovered"] = true
        try record(
            draft(
                LedgerAct.amend, "modification", object: object, version: version,
                digests: versionDigests(inventory, BundleLayout(object: object, version: version))
                    .merging(["inventory": digest]) { one, _ in one }, facts: facts))
        recovered.append(object.text + " v\(version)")
    }

    func versionDigests(_ inventory: Inventory, _ layout: BundleLayout) -> [String: Digest] {
        var digests: [String: Digest] = [:]
        for (kind, name) in [
            ("tar", layout.tar), ("segments", layout.segments), ("sums", layout.sums),
            ("seal", layout.seal),
        ] {
            digests[kind] = inventory.manifest["v\(layout.version)/content/" + name]
        }
        return digests
    }

    private func setAside(_ object: ObjectIdentifier, _ folder: FilePath) throws {
        try world.volume.makeFolders(objects.layout.recovered)
        let target = objects.layout.recovered.appending(object.fileName)
        try world.volume.rename(folder, to: target)
        try world.volume.synchronizeFolder(folder.removingLastComponent())
        try world.volume.synchronizeFolder(objects.layout.recovered)
        try record(
            draft(
                LedgerAct.recovery, "quarantine", object: object, outcome: .warning,
                facts: ["moved": .string("recovered/" + object.fileName)]))
        recovered.append("recovered/" + object.fileName)
    }
}
