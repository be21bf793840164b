import Bundles
import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// One dossier as it lies in the store, with everything that can be checked about it.
struct StoredObject {
    private let object: ObjectIdentifier
    private let objects: ObjectStore
    private let volume: any Volume
    private let trust: SealTrust
    private let expectedInventory: Digest?

    /// What the whole check of a stored dossier found.
    struct Check {
        var verdict: VerificationReport.Verdict
        var findings: [Finding]
        var signer: SignerFacts?
        var bytes: Int64
        var inventory: Inventory?
        var inventoryDigest: Digest?
    }

    /// The version to check with those before it; nil for all that the inventory tells of.
    private let version: Int?

    /// A version with all before it; seals are judged by the certificates given, else by those the archive adopted.
    init(
        _ object: ObjectIdentifier, version: Int, _ archive: Archive,
        trusting given: SealTrust? = nil, isEntered: Bool = true
    ) throws {
        self.version = version
        self.object = object
        objects = archive.objects
        volume = archive.world.volume
        trust = try given ?? SealTrust.of(archive.policy)
        expectedInventory = isEntered ? try archive.catalog.inventoryDigest(of: object) : nil
    }

    /// An object in any storage root, with the certificates to trust and the inventory to expect.
    init(
        _ object: ObjectIdentifier, in objects: ObjectStore, volume: any Volume,
        trusting trust: SealTrust, inventory: Digest?
    ) {
        self.object = object
        self.objects = objects
        self.volume = volume
        self.trust = trust
        version = nil
        expectedInventory = inventory
    }

    /// Reads every file of the object, and the bundles in it entry by entry.
    func check(progress: @escaping (Int) throws -> Void) throws -> Check {
        let folder = objects.folder(of: object)
        let buffer = WorkBuffer(count: SegmentList.groupSize)
        let (bundle, read) = try verify(
            upTo: version ?? versionCount(), in: folder, buffer, progress)
        var inspection = ObjectInspection(
            of: object.text, in: folder, volume: volume, buffer: buffer, alreadyRead: read,
            progress: progress)
        try inspection.run(expecting: object, inventory: expectedInventory)
        var check = Check(
            verdict: .valid, findings: inspection.findings + bundle.findings, signer: bundle.signer,
            bytes: inspection.bytes + bundle.bytes, inventory: inspection.inventory,
            inventoryDigest: nil)
        let trustFindings = bundle.trustFindings
        if check.findings.containsErrors {
            check.verdict = .invalid
        } else {
            check.verdict = trustFindings.isEmpty ? .valid : .untrusted
            check.inventoryDigest = try objects.inventory(of: object).1
        }
        check.findings += trustFindings
        return check
    }

    /// How many versions the inventory tells of; 1 where it cannot be read, which the inspection will say.
    private func versionCount() throws -> Int {
        do {
            return try min(
                objects.inventory(of: object).0.versions.count, BundleLayout.mostVersions)
        } catch is StorageFailure {
            return 1
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return 1
        }
    }

    /// Verifies the versions in their order, each over those before it; gives what was read of the tars.
    private func verify(
        upTo last: Int, in folder: FilePath, _ buffer: WorkBuffer,
        _ progress: @escaping (Int) throws -> Void
    ) throws -> (BundleVerdict, [String: Digest]) {
        var whole = BundleVerdict()
        var read: [String: Digest] = [:]
        var state: EarlierVersions? = EarlierVersions.nothing
        var seals: [RevokedKeys.Seal] = []
        for number in 1...max(1, last) {
            let layout = BundleLayout(object: object, version: number)
            let content = "v\(number)/content/"
            let files = BundleFiles(layout, in: folder.appending(content))
            guard try volume.status(files.tar)?.kind == .file else {
                state = nil
                continue
            }
            var verification = BundleVerification(
                of: files, over: state, volume: volume, buffer: buffer, progress: progress)
            let verdict = try verification.run(trusting: trust.certificates)
            state = verification.state
            read[content + layout.tar] = verdict.tarSHA512
            whole.findings += verdict.findings
            whole.trustFindings += verdict.trustFindings
            whole.signer = verdict.signer
            whole.bytes += verdict.bytes
            seals.append(
                RevokedKeys.Seal(
                    version: number, signer: verdict.signer,
                    isTrusted: verdict.trustFindings.isEmpty && verdict.isIntact,
                    name: layout.seal))
        }
        whole.trustFindings += try trust.revoked.findings(seals, of: object)
        return (whole, read)
    }
}

/// The certificates that an archive or store trusts for its seals: every version that a ledger entry adopted.
enum TrustAnchors {
    static func of(_ policy: PolicyStore) throws -> [Certificate] {
        try policy.adopted(.seal).flatMap { try Certificate.reading(pem: $0) }
    }

    /// The certificates in files given on the command line.
    static func of(_ paths: [FilePath], volume: any Volume) throws -> [Certificate] {
        try paths.flatMap {
            try Certificate.reading(pem: volume.readAll($0, limit: Configuration.limit))
        }
    }
}
