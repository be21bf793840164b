import Bundles
import Cryptography
import Files
import Records
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
            {
                return try verifyExport(path)
            }
            guard status.kind == .file, path.extension == "tar" else {
                throw ArchiveFailure(
                    .usage, subject: target,
                    [
                        "detail":
                            "\(target): không phải tệp .tar hay bản xuất · neither a .tar file nor an export"
                    ])
            }
            return try verifyBundle(path)
        }
        if target.hasSuffix(".tar") || target.contains("/") && archivePath == nil {
            throw ArchiveFailure(.noPath, subject: target)
        }
        return try verifyDossier(target)
    }

    private func verifyBundle(_ path: FilePath) throws -> VerificationReport {
        var verification = BundleVerification(
            of: BundleFiles(besideTar: path), volume: world.volume,
            buffer: WorkBuffer(count: SegmentList.segmentSize), progress: stopping)
        let verdict = try verification.run(trusting: anchors(for: path))
        let kind: VerificationReport.Verdict =
            verdict.isIntact ? (verdict.trustFindings.isEmpty ? .valid : .untrusted) : .invalid
        return VerificationReport(
            subject: path.string, verdict: kind, findings: verdict.findings + verdict.trustFindings,
            signer: verdict.signer?.subject, fingerprint: verdict.signer?.fingerprint,
            bytes: verdict.bytes)
    }

    /// An export is trusted by certificates given, else by the archive's, else by those its own ledger adopted.
    private func verifyExport(_ path: FilePath) throws -> VerificationReport {
        let given = trust.isEmpty && archivePath == nil ? nil : try anchors(for: path)
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
        let check = try StoredObject(object, opened).check(progress: stopping)
        return VerificationReport(
            subject: object.text, verdict: check.verdict, findings: check.findings,
            signer: check.signer?.subject, fingerprint: check.signer?.fingerprint,
            bytes: check.bytes)
    }

    private var stopping: (Int) throws -> Void {
        { [world, progress] count in
            progress(count)
            try world.stopIfInterrupted()
        }
    }

    /// Certificates given, else the archive's, else those of the store the file lies in.
    private func anchors(for path: FilePath) throws -> [Certificate] {
        if !trust.isEmpty { return try TrustAnchors.of(trust, volume: world.volume) }
        if let archivePath {
            let layout = ArchiveLayout(root: archivePath)
            let configuration = try Configuration.read(layout, in: world)
            return try anchors(inStore: Archive.storeRoot(configuration, layout))
        }
        var folder = path.removingLastComponent()
        while !folder.isEmpty, folder.lastComponent != nil {
            if try world.volume.status(folder.appending("store.json")) != nil {
                return try anchors(inStore: folder)
            }
            folder = folder.removingLastComponent()
        }
        return []
    }

    private func anchors(inStore root: FilePath) throws -> [Certificate] {
        try TrustAnchors.of(PolicyStore(layout: StoreLayout(root: root), volume: world.volume))
    }
}
