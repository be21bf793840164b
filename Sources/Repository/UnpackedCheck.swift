import Bundles
import Cryptography
import Files
import Records
import SystemPackage

/// One dossier of an export in folders or ZIPs: its seals over the sums, and the sums over what was unpacked.
struct UnpackedCheck {
    private let folder: FilePath
    private let form: ExportRequest.Form
    private let volume: any Volume
    private let trusted: [Certificate]
    private(set) var findings: [Finding] = []
    private(set) var trustFindings: [Finding] = []
    private(set) var signer: SignerFacts?

    init(
        _ folder: FilePath, form: ExportRequest.Form, volume: any Volume,
        trusting trusted: [Certificate]
    ) {
        self.folder = folder
        self.form = form
        self.volume = volume
        self.trusted = trusted
    }

    mutating func run() throws {
        let versions = try self.versions()
        guard let newest = versions.max(by: { $0.version < $1.version }) else {
            let name = folder.lastComponent?.string ?? ""
            return trustFindings.append(Finding(.sumsMissing, subject: name, ["file": ".sums"]))
        }
        var sums: Sums?
        for layout in versions {
            let found = try judge(layout)
            if layout == newest { sums = found }
        }
        guard form == .folders else { return }
        var comparison = UnpackedMETS(
            folder.appending(newest.object.fileName), volume: volume)
        let mets = try comparison.run()
        findings += comparison.findings
        if let sums, let mets, mets != sums.mets {
            findings.append(
                Finding(
                    .sumsMismatch, subject: newest.object.fileName + "/" + BundleLayout.mets,
                    ["file": BundleLayout.mets]))
        }
    }

    /// The versions whose sums lie here, by the names `urn_uuid_….v<number>.sums`.
    private func versions() throws -> [BundleLayout] {
        try volume.list(folder).compactMap { entry in
            let parts = entry.name.string.split(separator: ".")
            guard entry.kind == .file, parts.count == 3, parts[2] == "sums",
                parts[1].first == "v", let number = Int(parts[1].dropFirst()), number > 0,
                let object = ObjectIdentifier(parts[0])
            else { return nil }
            let layout = BundleLayout(object: object, version: number)
            return layout.sums == entry.name.string ? layout : nil
        }
    }

    private mutating func judge(_ layout: BundleLayout) throws -> Sums? {
        guard let bytes = try volume.readIfSmall(folder.appending(layout.sums), limit: Sums.limit)
        else {
            findings.append(Finding(.sumsForm, subject: layout.sums))
            return nil
        }
        let sealed = folder.appending(layout.seal)
        guard try volume.status(sealed)?.kind == .file,
            let der = try volume.readIfSmall(sealed, limit: 1 << 20)
        else {
            trustFindings.append(
                Finding(.sealMissing, subject: layout.seal, ["file": layout.seal]))
            return Sums(bytes, for: layout)
        }
        let judged = SealJudgement.judge(der, over: bytes, name: layout.seal, trusting: trusted)
        signer = signer ?? judged.signer
        if let finding = judged.finding {
            if finding.code == .sealBroken {
                findings.append(finding)
            } else {
                trustFindings.append(finding)
            }
        }
        guard let sums = Sums(bytes, for: layout) else {
            // A later version may say more in its sums; the seal over them was judged all the same.
            if layout.version == 1 { findings.append(Finding(.sumsForm, subject: layout.sums)) }
            return nil
        }
        return sums
    }
}
