import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// Makes a later state of a dossier as a new version; older tars are neither read whole nor copied.
    package func amend(
        _ request: AmendRequest, isDryRun: Bool, passphrase: [UInt8]?,
        progress: @escaping (Int) -> Void
    ) throws -> AmendOutcome {
        let reason = request.reason.trimmed
        guard !reason.isEmpty, reason.count <= 1000,
            !reason.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            throw ArchiveFailure(
                .usage, subject: "--reason", ["detail": "--reason: 1…1000 ký tự · characters"])
        }
        // The seal's key is opened first, so that no work is lost to it.
        let seal = isDryRun ? nil : try sealingKey(passphrase)
        let object = try dossier(named: request.dossier, version: nil)
        guard let current = try catalog.object(object), !current.isUnreadable else {
            throw ArchiveFailure(.damaged, subject: object.text, ["id": object.text])
        }
        let (base, earlier) = try readablePackage(current)
        do {
            let plan = try AmendmentPlan(request, self, current, base)
            let changes = try plan.changes()
            if changes.isEmpty, !plan.findings.containsErrors {
                throw ArchiveFailure(
                    .usage, subject: object.text,
                    ["detail": "không có gì thay đổi · nothing changes"])
            }
            guard let amendment = plan.amendment(changes), let seal else {
                return AmendOutcome(
                    object: object, version: nil, changes: changes, bytes: 0, sha512: nil,
                    findings: plan.findings, isRejected: plan.findings.containsErrors)
            }
            let version = try keep(
                amendment, over: base, current, earlier: earlier, seal: seal, reason: reason,
                progress: progress)
            return AmendOutcome(
                object: object, version: version.version, changes: changes,
                bytes: version.bytes, sha512: version.sha512, findings: plan.findings,
                isRejected: false)
        } catch is ContentsFailure {
            throw ArchiveFailure(.damaged, subject: current.tarName, ["id": object.text])
        }
    }

    /// The same as `storedPackage`; what cannot be read, or is not what was sealed, is damage and no failure.
    private func readablePackage(_ current: CatalogedVersion) throws -> (StoredPackage, [Digest]) {
        do {
            return try storedPackage(current)
        } catch let failure where BundleContents.isRot(failure) {
            throw ArchiveFailure(
                .damaged, subject: current.tarName, ["id": current.object.text])
        }
    }

    /// The package as it stands, proved from the ledger's digest of the inventory down to its METS.
    func storedPackage(_ current: CatalogedVersion) throws -> (StoredPackage, [Digest]) {
        let object = current.object
        let (inventory, digest) = try objects.inventory(of: object)
        guard digest == current.inventorySHA512, inventory.versions.count == current.version else {
            throw StorageFailure(.changed, subject: object.text)
        }
        let folder = objects.folder(of: object)
        let layout = BundleLayout(object: object, version: current.version)
        let content = "v\(current.version)/content/"
        let path = folder.appending(content + layout.sums)
        let damaged = ArchiveFailure(.damaged, subject: layout.sums, ["id": object.text])
        guard let bytes = try world.volume.readIfSmall(path, limit: Sums.limit),
            Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes))
                == inventory.manifest[content + layout.sums],
            let sums = Sums(bytes, for: layout)
        else { throw damaged }
        let earlier = (1...current.version).compactMap { number in
            inventory.manifest["v\(number)/content/" + layout.at(number).tar]
        }
        guard earlier.count == current.version else { throw damaged }
        let package = try StoredPackage(
            layout, metsSHA512: sums.mets,
            open: { [world] number in
                try world.volume.open(
                    folder.appending("v\(number)/content/" + layout.at(number).tar))
            },
            locate: { [catalog] path in
                for number in (1...current.version).reversed() {
                    if let entry = try catalog.entry(
                        of: object, version: number, path: layout.entry(path))
                    {
                        return StoredPackage.Location(
                            version: number, offset: entry.offset, size: entry.size)
                    }
                }
                return nil
            })
        return (package, earlier)
    }

    func keep(
        _ amendment: Amendment, over base: StoredPackage, _ current: CatalogedVersion,
        earlier: [Digest], seal: any SealSigner, reason: String, progress: @escaping (Int) -> Void
    ) throws -> (version: Int, bytes: Int64, sha512: Digest) {
        let staging = layout.work.appending(current.object.fileName)
        try world.volume.makeFolder(staging, permissions: .everybodyEnters)
        let bundle: SealedBundle
        do {
            bundle = try stage(
                amendment, over: base, current, earlier: earlier, in: staging, seal: seal,
                progress: progress)
        } catch {
            // Nothing has left staging, so nothing but staging needs undoing.
            try world.volume.removeTree(staging)
            throw error
        }
        let staged = bundle.staged
        let version = staged.plan.layout.version
        let receipt = try objects.addVersion(
            to: current.object, after: current.inventorySHA512,
            parcels: bundle.files.map {
                Parcel(name: $0.name, file: $0.path, size: $0.size, sha512: $0.sha512)
            }, created: staged.plan.packagedAt, message: "AIP_hoso v\(version)",
            user: configuration.agencyName, address: configuration.archive.text)
        var chance = Chance(world)
        let detail = try details.keep(["reason": .string(reason)], salt: &chance)
        try record(
            draft(
                LedgerAct.amend, amendment.event, object: current.object, version: version,
                digests: [
                    "tar": staged.tar.sha512, "segments": staged.segments.sha512,
                    "sums": staged.sums.sha512, "seal": bundle.seal.sha512,
                    "inventory": receipt.inventory,
                ], details: detail,
                facts: try laterFacts(current, version: version)))
        try world.volume.removeTree(staging)
        return (version, staged.tar.size, staged.tar.sha512)
    }

    private func stage(
        _ amendment: Amendment, over base: StoredPackage, _ current: CatalogedVersion,
        earlier: [Digest], in staging: FilePath, seal: any SealSigner,
        progress: @escaping (Int) -> Void
    ) throws -> SealedBundle {
        let plan = BundlePlan(
            layout: base.layout.at(current.version + 1), packagedAt: world.now(),
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode,
            fondsCode: amendment.dossier.arrangement[.fonds] ?? configuration.fondsCode,
            softwareName: Software.name, softwareVersion: Software.version, agent: world.agent,
            earlier: earlier)
        let writer = try BundleWriter(
            plan: plan, staging: staging, volume: world.volume,
            progress: { [world] count in
                progress(count)
                try world.stopIfInterrupted()
            }, fileDone: {})
        return try writer.write(amendment, over: base)
            .summed(in: staging, volume: world.volume)
            .sealed(by: seal, in: staging, volume: world.volume)
    }

    /// What the ledger says of a later state beside its digests: documents and bytes of the whole.
    func laterFacts(_ before: CatalogedVersion, version: Int) throws -> [String: JSONValue] {
        let layout = BundleLayout(object: before.object, version: version)
        let tar = try world.volume.open(
            objects.folder(of: before.object).appending("v\(version)/content/" + layout.tar))
        let contents = try OverlayContents(of: tar, layout: layout)
        var documents = before.documentCount
        var payload = before.payloadBytes
        try contents.forEachDescribed { change in
            guard let file = change.file else { return }
            let found = try catalog.document(
                of: before.object, version: before.version, matching: String(change.ordinal))
            if case .one(let old) = found {
                payload += file.size - old.size
            } else {
                documents += 1
                payload += file.size
            }
        }
        for name in contents.renditionNames {
            payload += try contents.storedFiles(of: name).reduce(0) { $0 + $1.size }
        }
        return [
            "documents": .number(Int64(documents)), "payload": .number(payload),
            "tar": .number(contents.tarBytes), "stores": [.string(card.store.text)],
        ]
    }
}
