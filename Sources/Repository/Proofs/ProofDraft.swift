import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Retrieval
import Storage
import SystemPackage

/// Gathers what a proof is made of, in the order of its links.
struct ProofDraft {
    private let archive: Archive
    private let newest: CatalogedVersion
    private let document: CatalogedDocument?
    private let progress: (Int) throws -> Void
    private let names: ProofNames
    private let manifest: [String: Digest]
    private var files: [ProofFile] = []
    private var findings: [Finding] = []
    private var records: [Int: EvidenceRecord] = [:]

    init(
        _ archive: Archive, _ newest: CatalogedVersion, _ document: CatalogedDocument?,
        _ progress: @escaping (Int) throws -> Void
    ) throws {
        self.archive = archive
        self.newest = newest
        self.document = document
        self.progress = progress
        names = ProofNames(
            object: newest.object, version: newest.version, ordinal: document?.ordinal)
        let (inventory, digest) = try archive.objects.inventory(of: newest.object)
        guard try archive.catalog.inventoryDigest(of: newest.object) == digest else {
            throw ArchiveFailure(.damaged, subject: "inventory.json", ["id": newest.object.text])
        }
        manifest = inventory.manifest
    }

    private var versions: ClosedRange<Int> {
        (document == nil ? 1 : newest.version)...newest.version
    }

    /// Gathers everything and writes it.
    func write(to target: FilePath) throws -> ProofAnswer {
        var draft = self
        do {
            return try draft.gatherAndWrite(to: target)
        } catch DeliveryFailure.damaged {
            throw ArchiveFailure(
                .damaged, subject: newest.tarName, ["id": newest.object.text])
        } catch DeliveryFailure.targetExists(let path) {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }

    private mutating func gatherAndWrite(to target: FilePath) throws -> ProofAnswer {
        let proved = try addDocument()
        let states = try archive.catalog.versions(of: newest.object)
        var told: [ProofClaims.Version] = []
        for number in versions {
            guard let state = states.first(where: { $0.version == number }) else {
                throw ArchiveFailure(
                    .unknownVersion, subject: newest.object.text, ["version": String(number)])
            }
            told.append(try add(state))
        }
        let place = try addLedger()
        let roots = try addRoots(place)
        let history = try ProofHistory.of(newest.object, since: states[0].packagedAt, archive)
        files.append(ProofFile(ProofNames.checks, history.bytes))
        let claims = ProofClaims(
            object: newest.object, code: newest.dossier.code, title: newest.dossier.title,
            agency: archive.configuration.agencyName, version: newest.version,
            made: archive.world.now().wholeSecond, software: Software.text, document: proved,
            versions: told, checks: history.checks,
            ledger: place.map { $0.claims }, roots: roots)
        let zip = try ProofZIP(
            claims, files: ProofReport.files(claims) + files, volume: archive.world.volume,
            script: { [records] list in
                try ProofScript(claims, records: records, ledger: place?.proof, list: list).bytes()
            }, progress: progress)
        let (size, sha256) = try zip.write(to: target)
        return ProofAnswer(
            summary: ProofSummary(claims), path: target.string, bytes: size, sha256: sha256,
            findings: findings)
    }

    /// A version's bundle, or only what vouches for the document, with seal and evidence record.
    private mutating func add(_ state: CatalogedVersion) throws -> ProofClaims.Version {
        let layout = names.layout.at(state.version)
        let wanted =
            document == nil
            ? [layout.tar, layout.segments, layout.sums, layout.seal] : [layout.sums, layout.seal]
        for name in wanted { try addStored(name, of: state.version) }
        let signer = try addSeal(state.version)
        let record = try archive.evidenceRecord(of: newest.object, version: state.version)
        if let record {
            records[state.version] = record
            files += ProofFacts.files(of: record, version: state.version, names)
        } else {
            findings.append(
                Finding(
                    .proofNoStamp, .warning, subject: layout.stem,
                    ["version": String(state.version)]))
        }
        let late = try archive.timeFindings(
            of: newest.object, versions: state.version...state.version)
        // Versions of one batch have the same findings.
        let new = late.filter { !findings.contains($0) }
        findings += new
        let trust = try SealTrust.of(archive.policy)
        return ProofClaims.Version(
            number: state.version, packaged: state.packagedAt.wholeSecond,
            tarBytes: state.tarBytes, signer: signer.subject, fingerprint: signer.fingerprint,
            sealed: Instant(seconds: signer.signingTime),
            revoked: trust.revoked.revocation(of: signer.fingerprint)?.wholeSecond,
            timeFault: Self.timeFault(late),
            stamps: try record.map {
                try ProofFacts.stamps(of: $0, own: archive.trialFingerprints())
            } ?? [])
    }

    /// A gap is never mended, so it is told before an end.
    private static func timeFault(_ findings: [Finding]) -> ProofClaims.TimeFault? {
        if findings.contains(where: { $0.code == .evidenceLapsed }) { return .lapsed }
        return findings.contains { $0.code == .recordExpiredLast } ? .ended : nil
    }

    private mutating func addStored(_ name: String, of version: Int) throws {
        let path = "v\(version)/content/" + name
        let file = try archive.world.volume.open(
            archive.objects.folder(of: newest.object).appending(path))
        guard let digest = manifest[path] else { throw DeliveryFailure.damaged }
        files.append(
            ProofFile(
                ProofNames.record(name), from: file, at: 0, size: try file.status().size,
                sha512: digest))
    }

    /// The certificates by which the archive trusts the seal, the signer's own first.
    private mutating func addSeal(_ version: Int) throws -> SignerFacts {
        let layout = names.layout.at(version)
        let folder = archive.objects.folder(of: newest.object).appending("v\(version)/content")
        let volume = archive.world.volume
        let judged = SealJudgement.judge(
            try volume.readAll(folder.appending(layout.seal), limit: 1 << 20),
            over: try volume.readAll(folder.appending(layout.sums), limit: Sums.limit),
            name: layout.seal, trusting: [])
        guard let signer = judged.signer else { throw DeliveryFailure.damaged }
        let adopted = try archive.policy.adopted(.seal).map { try Certificate.reading(pem: $0) }
        let own = adopted.last { $0.contains { $0.fingerprint == signer.fingerprint } }
        let chain = own ?? adopted.flatMap { $0 }
        let sorted =
            chain.filter { $0.fingerprint == signer.fingerprint }.prefix(1)
            + chain.filter { $0.fingerprint != signer.fingerprint }
        files.append(ProofFile(ProofNames.seal(version), try sorted.flatMap { try $0.pem }))
        return signer
    }

    /// The roots of the authorities, each a file of its own; gives their fingerprints.
    private mutating func addRoots(_ place: ProvedPlace?) throws -> [String] {
        guard !records.isEmpty || place?.token != nil else { return [] }
        var fingerprints: [String] = []
        for root in try archive.stampRoots() where !fingerprints.contains(root.fingerprint) {
            fingerprints.append(root.fingerprint)
            files.append(ProofFile(ProofNames.root(fingerprints.count), try root.pem))
        }
        return fingerprints
    }

    /// The entry that made the newest version, under a signed checkpoint.
    private mutating func addLedger() throws -> ProvedPlace? {
        guard
            let entry = try archive.catalog.stateEntry(of: newest.object, version: newest.version),
            let place = try archive.place(ofEntry: entry)
        else {
            findings.append(
                Finding(
                    .proofNoLedger, .warning, subject: names.layout.stem,
                    ["version": String(newest.version)]))
            return nil
        }
        files += place.proof.files(line: place.line, token: place.token)
        return place
    }

    /// The one document and the two METS files that lead from it to the sums.
    private mutating func addDocument() throws -> ProofClaims.Document? {
        guard let document else { return nil }
        let chain = try ProofDocument(archive, newest, document, progress)
        files += chain.files
        return chain.claims
    }
}
