import Containers
package import Cryptography
package import Files
import Records
import SystemPackage
import XML

/// Reads a bundle whole, in one pass over its tar, and says whether every byte is what METS, sums and seal say.
package struct BundleVerification {
    private let files: BundleFiles
    private let volume: any Volume
    private let buffer: WorkBuffer
    private let progress: (Int) throws -> Void
    private let earlier: EarlierVersions?
    private var verdict = BundleVerdict()
    /// This version with those before it, for the verification of the next; nil until its tar was read whole.
    package private(set) var state: EarlierVersions?

    /// Prepares to verify a version that lies over earlier ones; the buffer holds at least one segment.
    ///
    /// Without the earlier ones a later version is judged by itself, and that they are missing is a finding.
    package init(
        of files: BundleFiles, over earlier: EarlierVersions?, volume: any Volume,
        buffer: WorkBuffer, progress: @escaping (Int) throws -> Void
    ) {
        self.earlier = earlier
        self.files = files
        self.volume = volume
        self.buffer = buffer
        self.progress = progress
    }

    /// Verifies everything; trust is judged by the certificates given, only after the bytes.
    package mutating func run(trusting trusted: [Certificate]) throws -> BundleVerdict {
        let tar = try volume.open(files.tar)
        var pass = TarPass(subject: tarName, after: earlier ?? .nothing)
        try pass.read(tar, in: buffer, progress)
        verdict.findings += pass.findings
        verdict.tarSHA512 = pass.whole
        verdict.bytes = pass.length
        let layout = self.layout(pass)
        if pass.isWhole, let layout { try compareWithMETS(tar, pass, layout) }
        let segments = try compareSegments(pass)
        let mets = try layout.flatMap { try metsDigest(tar, pass, $0) }
        if let sums = try compareSums(pass, segments: segments, mets: mets, layout) {
            try judgeSeal(over: sums, trusting: trusted)
        }
        return verdict
    }

    private var tarName: String { files.tar.lastComponent?.string ?? files.tar.string }

    private mutating func report(
        _ code: FindingCode, _ subject: String, _ facts: [String: String] = [:]
    ) {
        verdict.findings.append(Finding(code, subject: subject, facts))
    }

    /// The identity that the tar's name states, which its inner folder must share.
    private mutating func layout(_ pass: TarPass) -> BundleLayout? {
        let parts = tarName.split(separator: ".")
        guard parts.count == 3, parts[2] == "tar", let object = ObjectIdentifier(parts[0]),
            let version = Int(parts[1].dropFirst()), parts[1].first == "v",
            (1...BundleLayout.mostVersions).contains(version)
        else {
            verdict.findings.append(
                Finding(
                    .bundleName, .warning, subject: tarName,
                    ["expected": (inner(pass)?.fileName ?? "urn_uuid_…") + ".v1.tar"]))
            return inner(pass).map { BundleLayout(object: $0, version: 1) }
        }
        let layout = BundleLayout(object: object, version: version)
        if let inner = inner(pass), inner != object {
            report(.bundleName, tarName, ["expected": inner.fileName])
        }
        if pass.isWhole,
            pass.firstPath != layout.entry(layout.own(BundleLayout.readMe))
                || pass.lastPath != layout.entry(BundleLayout.mets)
        {
            report(.bundleOrder, tarName)
        }
        return layout
    }

    private func inner(_ pass: TarPass) -> ObjectIdentifier? {
        pass.firstPath.flatMap { ObjectIdentifier($0.text.prefix { $0 != "/" }) }
    }

    private mutating func compareWithMETS(
        _ tar: any OpenFile, _ pass: TarPass, _ layout: BundleLayout
    ) throws {
        let before = earlier ?? .nothing
        guard layout.version == before.tars.count + 1 else {
            return report(
                .earlierMissing, tarName,
                ["file": (1..<layout.version).map { layout.at($0).tar }.joined(separator: ", ")])
        }
        var comparison = METSComparison(
            tars: before.tars + [tar], layout: layout, entries: pass.entries)
        try comparison.run()
        verdict.findings += comparison.findings
        state = EarlierVersions(
            tars: before.tars + [tar], digests: before.digests + [pass.whole],
            entries: pass.entries)
    }

    private func metsDigest(_ tar: any OpenFile, _ pass: TarPass, _ layout: BundleLayout) throws
        -> Digest?
    {
        guard pass.isWhole, let entry = pass.entries.entry(layout.entry(BundleLayout.mets)),
            entry.tar == (earlier ?? .nothing).tars.count + 1
        else { return nil }
        let hasher = Cryptography.Hasher(.sha512)
        var source = EntrySource(tar, at: entry.place)
        while true {
            let count = try source.read(into: buffer.bytes)
            if count == 0 { break }
            hasher.update(UnsafeRawBufferPointer(buffer.prefix(count)))
        }
        return Digest(.sha512, bytes: hasher.finalizeAndReset())
    }

    /// A file beside the tar; nil, with a finding, when it is not there or larger than any of its kind.
    private mutating func beside(
        _ path: FilePath, limit: Int, missing: FindingCode, malformed: FindingCode
    ) throws -> [UInt8]? {
        let name = path.lastComponent?.string ?? path.string
        guard try volume.status(path) != nil else {
            // The bytes may be whole all the same; without these files nobody vouches for them.
            verdict.trustFindings.append(Finding(missing, subject: name, ["file": name]))
            return nil
        }
        guard let bytes = try volume.readIfSmall(path, limit: limit) else {
            report(malformed, name, ["detail": "> \(limit)"])
            return nil
        }
        return bytes
    }

    /// Compares the digests of segments; gives the digest of the file itself.
    private mutating func compareSegments(_ pass: TarPass) throws -> Digest? {
        let limit = Int(pass.segmentDigests.count / 64 + 16) * 129 + 4096
        guard
            let bytes = try beside(
                files.segments, limit: limit, missing: .segmentsMissing, malformed: .segmentsForm)
        else { return nil }
        let name = files.segments.lastComponent?.string ?? ""
        switch SegmentComparison.damaged(bytes, pass) {
        case .malformed: report(.segmentsForm, name)
        case .damaged(let numbers) where !numbers.isEmpty:
            let shown = numbers.prefix(20).map { String($0) }.joined(separator: ", ")
            report(.segmentDamaged, tarName, ["segments": shown + (numbers.count > 20 ? "…" : "")])
        case .damaged: break
        }
        return Digest(.sha512, bytes: Cryptography.Hasher.digest(.sha512, of: bytes))
    }

    private mutating func compareSums(
        _ pass: TarPass, segments: Digest?, mets: Digest?, _ layout: BundleLayout?
    ) throws -> [UInt8]? {
        let name = files.sums.lastComponent?.string ?? ""
        guard
            let bytes = try beside(
                files.sums, limit: Sums.limit, missing: .sumsMissing, malformed: .sumsForm)
        else { return nil }
        guard let layout, let sums = Sums(bytes, for: layout) else {
            report(.sumsForm, name)
            return bytes
        }
        if pass.whole != sums.tar { report(.sumsMismatch, tarName, ["file": layout.tar]) }
        if let segments, segments != sums.segments {
            report(.sumsMismatch, layout.segments, ["file": layout.segments])
        }
        for (number, digest) in (earlier ?? .nothing).digests.enumerated() {
            guard number < sums.earlier.count, digest != sums.earlier[number] else { continue }
            let name = layout.at(number + 1).tar
            report(.sumsMismatch, name, ["file": name])
        }
        if let mets, mets != sums.mets {
            report(.sumsMismatch, BundleLayout.mets, ["file": BundleLayout.mets])
        }
        return bytes
    }

    private mutating func judgeSeal(over sums: [UInt8], trusting trusted: [Certificate]) throws {
        let name = files.seal.lastComponent?.string ?? ""
        guard try volume.status(files.seal) != nil else {
            verdict.trustFindings.append(Finding(.sealMissing, subject: name, ["file": name]))
            return
        }
        guard
            let der = try beside(
                files.seal, limit: 1 << 20, missing: .sealMissing, malformed: .sealBroken)
        else { return }
        let judged = SealJudgement.judge(der, over: sums, name: name, trusting: trusted)
        verdict.signer = judged.signer
        if let finding = judged.finding {
            if finding.code == .sealBroken {
                verdict.findings.append(finding)
            } else {
                verdict.trustFindings.append(finding)
            }
        }
    }
}
