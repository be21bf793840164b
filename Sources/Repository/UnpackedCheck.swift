import Bundles
import Cryptography
import Files
import Records
import SystemPackage

/// One dossier of an export in folders or ZIPs: its seals over the sums, and the sums over what lies there.
struct UnpackedCheck {
    private let folder: FilePath
    private let form: ExportRequest.Form
    private let volume: any Volume
    private let trust: SealTrust
    private var seals: [RevokedKeys.Seal] = []
    /// What the ledger says of the dossier's versions: SHA-512 of each version's sums, the first first.
    private let expected: [Digest]
    private let layout: BundleLayout
    private(set) var findings: [Finding] = []
    private(set) var trustFindings: [Finding] = []
    private(set) var signer: SignerFacts?

    init(
        _ object: ObjectIdentifier, in folder: FilePath, expecting expected: [Digest],
        form: ExportRequest.Form, volume: any Volume, trusting trust: SealTrust
    ) {
        layout = BundleLayout(object: object, version: 1)
        self.folder = folder
        self.expected = expected
        self.form = form
        self.volume = volume
        self.trust = trust
    }

    mutating func run() throws {
        var sums: [Sums] = []
        for (index, digest) in expected.enumerated() {
            let version = layout.at(index + 1)
            guard let found = try judge(version, digest) else { continue }
            sums.append(found)
            try compareSegments(version, found)
            if found.earlier != sums.dropLast().map(\.tar), sums.count == index + 1 {
                report(.sumsMismatch, version.sums, ["file": version.sums])
            }
        }
        trustFindings += try trust.revoked.findings(seals, of: layout.object)
        try compareNames()
        guard form == .folders else { return }
        var comparison = UnpackedMETS(
            folder.appending(layout.object.fileName), volume: volume)
        let mets = try comparison.run()
        findings += comparison.findings
        if sums.count == expected.count, let newest = sums.last, mets != newest.mets {
            report(
                .sumsMismatch, layout.object.fileName + "/" + BundleLayout.mets,
                ["file": BundleLayout.mets])
        }
    }

    private mutating func report(
        _ code: FindingCode, _ subject: String, _ facts: [String: String] = [:]
    ) {
        findings.append(Finding(code, subject: subject, facts))
    }

    /// The sums of a version, judged with their seal and held against the ledger.
    private mutating func judge(_ layout: BundleLayout, _ expected: Digest) throws -> Sums? {
        guard let bytes = try self.bytes(layout.sums, limit: Sums.limit) else {
            report(.sumsMissing, layout.sums, ["file": layout.sums])
            return nil
        }
        if let der = try self.bytes(layout.seal, limit: 1 << 20) {
            let judged = SealJudgement.judge(
                der, over: bytes, name: layout.seal, trusting: trust.certificates)
            seals.append(
                RevokedKeys.Seal(
                    version: layout.version, signer: judged.signer,
                    isTrusted: judged.finding == nil, name: layout.seal))
            signer = signer ?? judged.signer
            if let finding = judged.finding {
                if finding.code == .sealBroken {
                    findings.append(finding)
                } else {
                    trustFindings.append(finding)
                }
            }
        } else {
            trustFindings.append(
                Finding(.sealMissing, subject: layout.seal, ["file": layout.seal]))
        }
        if Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes)) != expected {
            report(.sumsMismatch, layout.sums, ["file": "ledger"])
        }
        guard let sums = Sums(bytes, for: layout) else {
            report(.sumsForm, layout.sums)
            return nil
        }
        return sums
    }

    private func bytes(_ name: String, limit: Int) throws -> [UInt8]? {
        let path = folder.appending(name)
        guard try volume.status(path)?.kind == .file else { return nil }
        return try volume.readIfSmall(path, limit: limit)
    }

    private mutating func compareSegments(_ layout: BundleLayout, _ sums: Sums) throws {
        let path = folder.appending(layout.segments)
        guard try volume.status(path)?.kind == .file else {
            return report(.segmentsMissing, layout.segments, ["file": layout.segments])
        }
        let hasher = Hasher(.sha512)
        try volume.open(path).forEachPiece(in: WorkBuffer(count: 1 << 20)) { piece, _ in
            hasher.update(piece)
        }
        if hasher.finalizeAndReset() != sums.segments.bytes {
            report(.sumsMismatch, layout.segments, ["file": layout.segments])
        }
    }

    /// Nothing lies in the folder but the package and what belongs to its versions.
    private mutating func compareNames() throws {
        let package = layout.object.fileName + (form == .zip ? ".zip" : "")
        var names: Set<String> = []
        for version in expected.indices.map({ layout.at($0 + 1) }) {
            names.formUnion([version.segments, version.sums, version.seal])
        }
        var isHere = false
        for entry in try volume.list(folder) {
            let name = entry.name.string
            if name == package, entry.kind == (form == .zip ? .file : .folder) {
                isHere = true
            } else if !names.contains(name) || entry.kind != .file {
                report(.exportFileExtra, (folder.lastComponent?.string ?? "") + "/" + name)
            }
        }
        if !isHere { report(.entryMissing, package) }
    }
}
