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
    private let trusted: [Certificate]
    private let expectedInventory: Digest?

    /// What the whole check of a stored dossier found.
    struct Check {
        var verdict: VerificationReport.Verdict
        var findings: [Finding]
        var signer: SignerFacts?
        var bytes: Int64
        var inventory: Inventory?
        var inventoryDigest: Digest?
        var contents: BundleContents?
    }

    init(_ object: ObjectIdentifier, _ archive: Archive) throws {
        self.object = object
        objects = archive.objects
        volume = archive.world.volume
        trusted = try TrustAnchors.of(archive.policy)
        expectedInventory = try archive.catalog.inventoryDigest(of: object)
    }

    /// An object in any storage root, with the certificates to trust and the inventory to expect.
    init(
        _ object: ObjectIdentifier, in objects: ObjectStore, volume: any Volume,
        trusting trusted: [Certificate], inventory: Digest?
    ) {
        self.object = object
        self.objects = objects
        self.volume = volume
        self.trusted = trusted
        expectedInventory = inventory
    }

    /// Reads every file of the object, and the bundles in it entry by entry.
    func check(progress: @escaping (Int) throws -> Void) throws -> Check {
        let folder = objects.folder(of: object)
        let buffer = WorkBuffer(count: SegmentList.segmentSize)
        let layout = BundleLayout(object: object, version: 1)
        let files = BundleFiles(layout, in: folder.appending("v1/content"))
        var bundle = BundleVerdict()
        if try volume.status(files.tar)?.kind == .file {
            var verification = BundleVerification(
                of: files, volume: volume, buffer: buffer, progress: progress)
            bundle = try verification.run(trusting: trusted)
        }
        var inspection = ObjectInspection(
            of: object.text, in: folder, volume: volume, buffer: buffer,
            alreadyRead: bundle.tarSHA512.map { ["v1/content/" + layout.tar: $0] } ?? [:],
            progress: progress)
        try inspection.run(expecting: object, inventory: expectedInventory)
        var check = Check(
            verdict: .valid, findings: inspection.findings + bundle.findings, signer: bundle.signer,
            bytes: inspection.bytes + bundle.bytes, inventory: inspection.inventory,
            inventoryDigest: nil, contents: nil)
        let trustFindings = bundle.trustFindings
        if check.findings.containsErrors {
            check.verdict = .invalid
        } else {
            check.verdict = trustFindings.isEmpty ? .valid : .untrusted
            check.inventoryDigest = try objects.inventory(of: object).1
            check.contents = try BundleContents(of: volume.open(files.tar), layout: layout)
        }
        check.findings += trustFindings
        return check
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
