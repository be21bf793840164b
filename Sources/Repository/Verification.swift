import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Retrieval
import Storage
package import SystemPackage

/// Verifies bundles by path and dossiers by identifier, one after another.
package struct Verification {
    private let archivePath: FilePath?
    private let trust: [FilePath]
    private let version: Int?
    private let world: World
    private let progress: (Int) -> Void
    private var archive: Archive?

    /// Prepares to verify; the archive is opened only when a target needs it.
    package init(
        archive: FilePath?, trust: [FilePath], version: Int?, world: World,
        progress: @escaping (Int) -> Void
    ) {
        archivePath = archive
        self.trust = trust
        self.version = version
        self.world = world
        self.progress = progress
    }

    /// Verifies a target as it was typed; a path that exists is a bundle, anything else names a dossier.
    package mutating func verify(_ target: String, at path: FilePath) throws -> VerificationReport {
        if let status = try world.volume.status(path) {
            if status.kind == .folder,
                try world.volume.status(ExportLayout(root: path).card) != nil
                    || world.volume.status(ExportLayout(root: path).manifest) != nil
            {
                return try verifyExport(path)
            }
            guard version == nil else {
                throw ArchiveFailure(
                    .usage, subject: target,
                    ["detail": "--version: chỉ với mã hồ sơ · only with a dossier's identifier"])
            }
            if status.kind == .file, try path.extension == "zip" || isZIP(path) {
                return try verifyProof(path)
            }
            if status.kind == .folder,
                try world.volume.status(path.appending(ProofNames.script)) != nil
            {
                throw ArchiveFailure(
                    .usage, subject: target,
                    ["detail": "\(target): sh verify.sh, luutru verify TỆP.zip · FILE.zip"])
            }
            guard status.kind == .file, path.extension == "tar" else {
                throw ArchiveFailure(
                    .usage, subject: target,
                    [
                        "detail":
                            "\(target): không phải tệp .tar, .zip hay bản xuất · no .tar, no .zip, no export"
                    ])
            }
            return try verifyBundle(path)
        }
        if target.hasSuffix(".tar") || target.hasSuffix(".zip")
            || target.contains("/") && archivePath == nil
        {
            throw ArchiveFailure(.noPath, subject: target)
        }
        return try verifyDossier(target)
    }

    private func isZIP(_ path: FilePath) throws -> Bool {
        try path.extension != "tar"
            && world.volume.open(path).bytes(at: 0, count: 4) == Array("PK\u{3}\u{4}".utf8)
    }

    private func verifyBundle(_ path: FilePath) throws -> VerificationReport {
        let buffer = WorkBuffer(count: SegmentList.groupSize)
        var verification = BundleVerification(
            of: BundleFiles(besideTar: path),
            over: try EarlierVersions.reading(
                earlierTars(of: path), volume: world.volume, buffer: buffer, progress: stopping),
            volume: world.volume, buffer: buffer, progress: stopping)
        let trust = try sealTrust(for: path)
        var verdict = try verification.run(trusting: trust.certificates)
        try judge(&verdict, of: path, trust)
        let kind: VerificationReport.Verdict =
            verdict.isIntact ? (verdict.trustFindings.isEmpty ? .valid : .untrusted) : .invalid
        return VerificationReport(
            subject: path.string, verdict: kind, findings: verdict.findings + verdict.trustFindings,
            signer: verdict.signer?.subject, fingerprint: verdict.signer?.fingerprint,
            bytes: verdict.bytes)
    }

    /// The tars of the versions before a tar's: beside it, or where an OCFL object has them.
    private func earlierTars(of path: FilePath) throws -> [FilePath] {
        let name = path.lastComponent?.string ?? ""
        let parts = name.split(separator: ".")
        guard parts.count == 3, let object = ObjectIdentifier(parts[0]),
            let version = Int(parts[1].dropFirst()), version > 1,
            version <= BundleLayout.mostVersions
        else { return [] }
        let folder = path.removingLastComponent()
        return try (1..<version).map { number in
            let tar = BundleLayout(object: object, version: number).tar
            let beside = folder.appending(tar)
            guard try world.volume.status(beside) == nil else { return beside }
            return folder.removingLastComponent().removingLastComponent()
                .appending("v\(number)/content").appending(tar)
        }
    }

    /// An export is trusted by certificates given, else by the archive's, else by those its own ledger adopted.
    private func verifyExport(_ path: FilePath) throws -> VerificationReport {
        let given = trust.isEmpty && archivePath == nil ? nil : try sealTrust(for: path)
        var verification = ExportVerification(
            path, trusting: given, volume: world.volume, progress: stopping)
        try verification.run()
        let kind: VerificationReport.Verdict =
            verification.findings.containsErrors
            ? .invalid : verification.trustFindings.isEmpty ? .valid : .untrusted
        return VerificationReport(
            subject: path.string, verdict: kind,
            findings: verification.findings + verification.trustFindings,
            signer: verification.signer?.subject, fingerprint: verification.signer?.fingerprint,
            bytes: verification.bytes)
    }

    private mutating func verifyDossier(_ target: String) throws -> VerificationReport {
        guard let archivePath else { throw ArchiveFailure(.noPath, subject: target) }
        let opened = try archive ?? Archive.open(archivePath, in: world, for: .reading)
        archive = opened
        let object = try opened.dossier(named: target, version: version)
        let given =
            trust.isEmpty
            ? nil
            : SealTrust(
                try TrustAnchors.of(trust, volume: world.volume),
                revoked: try opened.policy.revokedKeys())
        let newest = try opened.catalog.object(object)?.version ?? 1
        var check = try StoredObject(
            object, version: version ?? newest, opened, trusting: given
        ).check(progress: stopping)
        let late = try opened.timeFindings(of: object, upTo: version ?? newest)
        check.findings += late
        if !late.isEmpty, check.verdict == .valid { check.verdict = .untrusted }
        return VerificationReport(
            subject: object.text, verdict: check.verdict, findings: check.findings,
            signer: check.signer?.subject, fingerprint: check.signer?.fingerprint,
            bytes: check.bytes)
    }

    /// A proof is trusted by certificates given, else by the archive's; its time-stamps also by roots of its own.
    private func verifyProof(_ path: FilePath) throws -> VerificationReport {
        let file = try world.volume.open(path)
        var check = ProofCheck(
            file, name: path.lastComponent?.string ?? path.string, trusting: try proofTrust(path),
            at: world.now(), progress: stopping)
        try check.run()
        let kind: VerificationReport.Verdict =
            check.findings.containsErrors
            ? .invalid : check.trustFindings.isEmpty ? .valid : .untrusted
        return VerificationReport(
            subject: path.string, verdict: kind, findings: check.findings + check.trustFindings,
            signer: check.signer?.subject, fingerprint: check.signer?.fingerprint,
            bytes: try file.status().size)
    }

    private func proofTrust(_ path: FilePath) throws -> ProofTrust {
        let seals = try sealTrust(for: path)
        guard trust.isEmpty, let archivePath else {
            return ProofTrust(
                seals: seals.certificates, revoked: seals.revoked, roots: seals.certificates,
                own: [], ledger: nil)
        }
        let opened = try Archive.open(archivePath, in: world, for: .reading)
        return ProofTrust(
            seals: seals.certificates, revoked: seals.revoked, roots: try opened.stampRoots(),
            own: try opened.trialFingerprints(),
            ledger: try opened.ledgerVerifiers().map(\.verifier))
    }

    private var stopping: (Int) throws -> Void {
        { [world, progress] count in
            progress(count)
            try world.stopIfInterrupted()
        }
    }

    /// A bundle that lies in the archive's own store may be mended by a later one beside it, which is not looked at.
    private func judge(
        _ verdict: inout BundleVerdict, of path: FilePath, _ trust: SealTrust
    ) throws {
        let parts = (path.lastComponent?.string ?? "").split(separator: ".")
        guard parts.count == 3, let object = ObjectIdentifier(parts[0]),
            let version = Int(parts[1].dropFirst())
        else { return }
        let seal = RevokedKeys.Seal(
            version: version, signer: verdict.signer, isTrusted: verdict.trustFindings.isEmpty,
            name: BundleFiles(besideTar: path).seal.lastComponent?.string ?? path.string)
        verdict.trustFindings += try trust.revoked.findings([seal], of: object)
    }

    /// Certificates given, else the archive's, else those of the store the file lies in; with what is revoked.
    private func sealTrust(for path: FilePath) throws -> SealTrust {
        if !trust.isEmpty {
            return SealTrust(try TrustAnchors.of(trust, volume: world.volume))
        }
        if let archivePath {
            let layout = ArchiveLayout(root: archivePath)
            let configuration = try Configuration.read(layout, in: world)
            return try sealTrust(inStore: Archive.storeRoot(configuration, layout))
        }
        var folder = path.removingLastComponent()
        while !folder.isEmpty, folder.lastComponent != nil {
            if try world.volume.status(folder.appending("store.json")) != nil {
                return try sealTrust(inStore: folder)
            }
            folder = folder.removingLastComponent()
        }
        return SealTrust([])
    }

    private func sealTrust(inStore root: FilePath) throws -> SealTrust {
        let layout = StoreLayout(root: root)
        do {
            guard
                let card = try world.volume.readIfSmall(layout.card, limit: 64 * 1024)
                    .flatMap({ StoreCard($0) })
            else { return SealTrust([]) }
            return try SealTrust.of(
                PolicyStore(layout: layout, volume: world.volume, archive: card.archive))
        } catch is LedgerFailure {
            // A store whose ledger is broken vouches for nobody.
            return SealTrust([])
        }
    }
}
