import Bundles
import Cataloging
import Cryptography
import Dossiers
import Evidence
import Files
import Formats
package import Records
import Storage
package import SystemPackage

/// Packages dossier folders one after another: examined, bundled, sealed, stored, entered, cataloged.
package final class Packaging {
    private let archive: Archive
    private let identifier: ObjectIdentifier?
    private let seal: (any SealSigner)?
    private let expect: (Int64) -> Void
    private let progress: (Int) -> Void
    private let fileDone: () -> Void
    private let formats: FormatIdentifier
    /// Folders of this run by archive file code: two with one code are told apart before anything is written.
    private var seen: [String: FilePath] = [:]
    private var isDryRun: Bool { seal == nil }

    init(
        archive: Archive, identifier: ObjectIdentifier?, seal: (any SealSigner)?,
        expect: @escaping (Int64) -> Void, progress: @escaping (Int) -> Void,
        fileDone: @escaping () -> Void
    ) {
        self.archive = archive
        formats = FormatIdentifier(pages: archive.world.pages)
        self.identifier = identifier
        self.seal = seal
        self.expect = expect
        self.progress = progress
        self.fileDone = fileDone
    }

    /// Packages one folder; what is wrong with the dossier is a rejection, what is wrong with the disk an error.
    package func package(_ folder: FilePath) throws -> PackageOutcome {
        try archive.world.stopIfInterrupted()
        let examination = try DossierExamination.examine(
            folder: folder, volume: archive.world.volume, identifier: formats,
            fondsCode: archive.configuration.fondsCode)
        var findings = examination.findings
        if let code = examination.code { findings += try holderFindings(of: code, folder) }
        if let code = examination.code {
            if let other = seen[code], isDryRun {
                findings.append(
                    Finding(
                        .alreadyArchived, subject: folder.string,
                        ["code": code, "id": other.string]))
            }
            seen[code] = folder
        }
        if let organ = examination.closed?.dossier.arrangement[.organId],
            organ != archive.configuration.agencyCode
        {
            findings.append(
                Finding(
                    .agencyDiffers, .warning, subject: folder.string,
                    ["organ": organ, "agency": archive.configuration.agencyCode]))
        }
        var closed = examination.closed
        if let dossier = examination.closed?.dossier {
            findings += try archive.arrangementFindings(of: dossier, in: folder.string)
            let linking = try archive.linking(
                dossier, as: identifier, expecting: Set(seen.keys))
            findings += linking.findings
            closed = closed?.linked(linking.links)
        }
        guard let closed, !findings.containsErrors else {
            return PackageOutcome(folder: folder, result: .rejected, findings: findings)
        }
        guard let seal else {
            return PackageOutcome(
                folder: folder,
                result: .examined(documents: examination.documentCount, bytes: examination.bytes),
                findings: findings)
        }
        expect(examination.bytes)
        do {
            let packaged = try archiveDossier(closed, seal: seal)
            return PackageOutcome(folder: folder, result: .packaged(packaged), findings: findings)
        } catch let failure as BundleFailure {
            findings.append(Finding(.fileChanged, subject: failure.subject))
            return PackageOutcome(folder: folder, result: .rejected, findings: findings)
        } catch let failure as DossierFailure {
            findings.append(Finding(.fileChanged, subject: failure.subject))
            return PackageOutcome(folder: folder, result: .rejected, findings: findings)
        }
    }

    /// Who has the code of a folder's dossier already, or one that is found by it as well.
    private func holderFindings(of code: String, _ folder: FilePath) throws -> [Finding] {
        if let holder = try archive.catalog.existing(code: code) {
            return [
                Finding(
                    .alreadyArchived, subject: folder.string, ["code": code, "id": holder.text])
            ]
        }
        let holder = try archive.catalog.holder(ofCode: code, but: nil, document: nil)
        return holder.map { [Archive.finding(code, $0, in: folder.string)] } ?? []
    }

    private func archiveDossier(_ closed: ClosedDossier, seal: any SealSigner) throws
        -> PackageOutcome.Packaged
    {
        var chance = Chance(archive.world)
        let object = identifier ?? ObjectIdentifier(using: &chance)
        guard try !archive.objects.holds(object) else {
            throw StorageFailure(.exists, subject: object.text)
        }
        let staging = archive.layout.work.appending(object.fileName)
        try archive.world.volume.makeFolder(staging, permissions: .everybodyEnters)
        let bundle: SealedBundle
        do {
            bundle = try stage(closed, as: object, in: staging, seal: seal)
        } catch {
            // Nothing has left staging, so nothing but staging needs undoing.
            try archive.world.volume.removeTree(staging)
            throw error
        }
        let packaged = try keep(bundle)
        try archive.world.volume.removeTree(staging)
        return packaged
    }

    private func stage(
        _ closed: ClosedDossier, as object: ObjectIdentifier, in staging: FilePath,
        seal: any SealSigner
    ) throws -> SealedBundle {
        let configuration = archive.configuration
        let plan = BundlePlan(
            layout: BundleLayout(object: object, version: 1), packagedAt: archive.world.now(),
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode,
            fondsCode: closed.dossier.arrangement[.fonds] ?? configuration.fondsCode,
            softwareName: Software.name, softwareVersion: Software.version,
            agent: archive.world.agent)
        let writer = try BundleWriter(
            plan: plan, staging: staging, volume: archive.world.volume,
            progress: { [archive, progress] count in
                progress(count)
                try archive.world.stopIfInterrupted()
            }, fileDone: fileDone)
        let staged = try writer.write(
            closed, from: closed.folder,
            received: closed.received.map {
                SourceFile(path: $0.path, size: $0.size, modified: $0.modified, stamp: $0.stamp)
            })
        return try staged.sealed(
            by: seal, in: staging, volume: archive.world.volume)
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

extension Archive {
    /// Prepares to package; without a dry run the seal's key is opened first, so that no work is lost to it.
    package func packaging(
        identifier: ObjectIdentifier?, isDryRun: Bool, passphrase: [UInt8]?,
        expect: @escaping (Int64) -> Void = { _ in }, progress: @escaping (Int) -> Void,
        fileDone: @escaping () -> Void
    ) throws -> Packaging {
        Packaging(
            archive: self, identifier: identifier,
            seal: isDryRun ? nil : try sealingKey(passphrase),
            expect: expect, progress: progress, fileDone: fileDone)
    }
}
