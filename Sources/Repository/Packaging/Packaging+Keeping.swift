import Bundles
import Cataloging
import Cryptography
import Dossiers
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Packaging {
    /// Writes a dossier into staging; one that changed meanwhile is a rejection.
    func write(
        _ dossier: ExaminedDossier, _ closed: ClosedDossier, sealing seal: any SealSigner,
        isOneOfSeveral: Bool
    ) throws -> PackagingGroup.Member {
        var chance = Chance(archive.world)
        let object = identifier ?? ObjectIdentifier(using: &chance)
        guard try !archive.objects.holds(object) else {
            throw StorageFailure(.exists, subject: object.text)
        }
        let staging = archive.layout.work.appending(object.fileName)
        let volume = archive.world.volume
        try volume.makeFolder(staging, permissions: .everybodyEnters)
        do {
            let writer = try BundleWriter(
                plan: plan(for: closed, as: object), staging: staging, volume: volume,
                isOneOfSeveral: isOneOfSeveral,
                progress: { [archive, progress] count in
                    progress(count)
                    try archive.world.stopIfInterrupted()
                }, fileDone: fileDone)
            let bundle = try writer.write(
                closed, from: closed.folder,
                received: closed.received.map {
                    SourceFile(path: $0.path, size: $0.size, modified: $0.modified, stamp: $0.stamp)
                })
            return .written(
                .init(
                    dossier: dossier.withoutDocuments, bundle: bundle, staging: staging, seal: seal)
            )
        } catch {
            // Nothing has left staging, so nothing but staging needs undoing.
            try volume.removeTree(staging)
            guard let changed = Self.changedFile(error) else { throw error }
            return .given(
                dossier.outcome(.rejected, Finding(.fileChanged, subject: changed)))
        }
    }

    private static func changedFile(_ error: any Error) -> String? {
        switch error {
        case let failure as BundleFailure where failure.reason == .fileChanged: failure.subject
        case let failure as DossierFailure: failure.subject
        default: nil
        }
    }

    private func plan(for closed: ClosedDossier, as object: ObjectIdentifier) -> BundlePlan {
        let configuration = archive.configuration
        return BundlePlan(
            layout: BundleLayout(object: object, version: 1), packagedAt: archive.world.now(),
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode,
            fondsCode: closed.dossier.arrangement[.fonds] ?? configuration.fondsCode,
            softwareName: Software.name, softwareVersion: Software.version,
            agent: archive.world.agent)
    }

    /// Keeps the dossiers of the group in their order and gives what came of each.
    ///
    /// After an error those that were not reached are not archived, and nothing of them is left in staging.
    func keepGroup(_ give: (PackageOutcome) -> Void) throws {
        var members = group.takeAll()[...]
        do {
            let waiting = members.compactMap(\.written).filter { !$0.bundle.hasDigest }
            var read = try TarDigests.read(
                waiting.map(\.bundle.tar), volume: archive.world.volume)[...]
            while let next = members.popFirst() {
                switch next {
                case .given(let outcome): give(outcome)
                case .written(let written):
                    let digest = written.bundle.hasDigest ? nil : read.popFirst()
                    give(try keep(written, digest))
                }
            }
        } catch {
            for rest in members.compactMap(\.written) {
                try? archive.world.volume.removeTree(rest.staging)
            }
            throw error
        }
    }

    private func keep(
        _ written: PackagingGroup.Written, _ read: TarDigests.Read?
    ) throws -> PackageOutcome {
        let volume = archive.world.volume
        let bundle: SealedBundle
        let holders: [Finding]
        do {
            // Those of the group that were kept before may have its code.
            holders = try self.holders(of: written.dossier.code, written.dossier.folder)
            guard !holders.containsErrors else {
                try volume.removeTree(written.staging)
                return written.dossier.outcome(.rejected, holders: holders)
            }
            let staging = written.staging
            let summed =
                try read.map { try written.bundle.summed($0, in: staging, volume: volume) }
                ?? written.bundle.summed(in: staging, volume: volume)
            bundle = try summed.sealed(by: written.seal, in: staging, volume: volume)
        } catch {
            // Nothing has left staging, so nothing but staging needs undoing.
            try volume.removeTree(written.staging)
            throw error
        }
        let packaged = try keep(bundle)
        try volume.removeTree(written.staging)
        return written.dossier.outcome(.packaged(packaged), holders: holders)
    }

    /// Store, ledger, catalog, in this order (`design.md` §5, steps 2 to 4).
    private func keep(_ bundle: SealedBundle) throws -> PackageOutcome.Packaged {
        let plan = bundle.staged.plan
        let configuration = archive.configuration
        let receipt = try archive.objects.add(
            plan.layout.object,
            parcels: bundle.files.map {
                Parcel(name: $0.name, file: $0.path, size: $0.size, sha512: $0.sha512)
            },
            created: plan.packagedAt, message: "AIP_hoso v\(plan.layout.version)",
            user: configuration.agencyName, address: configuration.archive.text)
        let staged = bundle.staged
        try archive.record(
            archive.draft(
                LedgerAct.package, "information package creation", object: receipt.object,
                version: receipt.version,
                digests: [
                    "tar": staged.tar.sha512, "segments": staged.segments.sha512,
                    "sums": staged.sums.sha512, "seal": bundle.seal.sha512,
                    "inventory": receipt.inventory,
                ],
                facts: [
                    "documents": .number(Int64(staged.documentCount)),
                    "payload": .number(staged.payloadBytes), "tar": .number(staged.tar.size),
                    "stores": [.string(archive.card.store.text)],
                ]))
        try archive.checkpointIfDue()
        return PackageOutcome.Packaged(
            object: receipt.object, version: receipt.version, documents: staged.documentCount,
            bytes: staged.tar.size, sha512: staged.tar.sha512)
    }
}
