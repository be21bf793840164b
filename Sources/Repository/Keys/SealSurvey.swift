import Bundles
import Cataloging
import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// Which certificate each stored version's seal names, read from the seals themselves.
struct SealSurvey {
    /// Versions by the fingerprint that their seals name.
    private(set) var counts: [String: Int64] = [:]
    private(set) var unreadable: Int64 = 0
    /// Void seals that no later version mends, by dossier.
    private(set) var void: [(object: ObjectIdentifier, findings: [Finding])] = []

    /// Reads the seals of dossiers in the order of their codes.
    init(of archive: Archive) throws {
        let trust = try SealTrust.of(archive.policy)
        try archive.catalog.forEachDossier { newest in
            try archive.world.stopIfInterrupted()
            try take(newest.object, newest.version, archive, trust)
        }
    }

    /// Reads the seals of one dossier.
    init(of object: ObjectIdentifier, upTo version: Int, in archive: Archive) throws {
        try take(object, version, archive, SealTrust.of(archive.policy))
    }

    /// Who sealed a version, as its seal says; nil where that cannot be read.
    static func signer(
        _ object: ObjectIdentifier, _ version: Int, _ archive: Archive
    ) throws -> SignerFacts? {
        let layout = BundleLayout(object: object, version: version)
        return try judged(layout, archive, SealTrust([]))?.signer
    }

    private mutating func take(
        _ object: ObjectIdentifier, _ newest: Int, _ archive: Archive, _ trust: SealTrust
    ) throws {
        var seals: [RevokedKeys.Seal] = []
        for number in 1...max(1, newest) {
            let layout = BundleLayout(object: object, version: number)
            guard let judged = try Self.judged(layout, archive, trust), let signer = judged.signer
            else {
                unreadable += 1
                continue
            }
            counts[signer.fingerprint, default: 0] += 1
            seals.append(
                RevokedKeys.Seal(
                    version: number, signer: signer, isTrusted: judged.isTrusted,
                    name: "\(object.text) v\(number)"))
        }
        let found = try trust.revoked.findings(seals, of: object)
        if !found.isEmpty { void.append((object, found)) }
    }

    /// The seal of a version over its sums; nil when either cannot be read.
    private static func judged(
        _ layout: BundleLayout, _ archive: Archive, _ trust: SealTrust
    ) throws -> (signer: SignerFacts?, isTrusted: Bool)? {
        let content = "v\(layout.version)/content/"
        let files = BundleFiles(
            layout, in: archive.objects.folder(of: layout.object).appending(content))
        let volume = archive.world.volume
        do {
            guard let sums = try volume.readIfSmall(files.sums, limit: Sums.limit),
                let der = try volume.readIfSmall(files.seal, limit: 1 << 20)
            else { return nil }
            let judged = SealJudgement.judge(
                der, over: sums, name: layout.seal, trusting: trust.certificates)
            return (judged.signer, judged.finding == nil)
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return nil
        }
    }
}
