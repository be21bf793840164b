package import Files
package import Records
package import SystemPackage
import XML

/// Writes the bundle of one dossier into staging in one pass over its files (`design.md` §4.3, §5 step 1).
package final class BundleWriter {
    let plan: BundlePlan
    let volume: any Volume
    let staging: FilePath
    let identifiers: PackageIdentifiers
    let mets: METSElements
    let premis: PREMISElements
    let assembly: TarAssembly
    private let tarFile: any OpenFile
    private let segmentDigests: any OpenFile
    private let fileDone: () -> Void
    var documentCount = 0
    var payloadBytes: Int64 = 0

    /// Opens the staging files in an existing empty folder; `isOneOfSeveral` leaves the digest of the tar for later.
    package init(
        plan: BundlePlan, staging: FilePath, volume: any Volume, isOneOfSeveral: Bool = false,
        progress: @escaping (Int) throws -> Void,
        fileDone: @escaping () -> Void
    ) throws {
        self.plan = plan
        self.volume = volume
        self.staging = staging
        self.fileDone = fileDone
        identifiers = PackageIdentifiers(plan.layout.object)
        mets = METSElements(plan: plan, identifiers: identifiers)
        premis = PREMISElements(plan: plan, identifiers: identifiers)
        tarFile = try volume.create(
            staging.appending(plan.layout.tar), permissions: .everybodyReads)
        segmentDigests = try volume.create(
            staging.appending("segment-digests"), permissions: .everybodyReads)
        assembly = TarAssembly(
            tar: tarFile, segments: segmentDigests, modified: plan.packagedAt.seconds,
            takesWhole: !isOneOfSeveral, progress: progress)
    }

    /// Writes tar and segments and brings them to the disk.
    package func write(
        _ arranged: some ArrangedDossier, from folder: FilePath, received: [SourceFile]
    ) throws -> WrittenBundle {
        let readMe = try add(
            BundleLayout.readMe, Array(readMeText.utf8), mimeType: "text/plain", below: "")
        let representation = try RepresentationWriter(self).write(arranged, from: folder)
        let metsDigest = try PackageWriter(self).write(
            arranged.dossier, from: folder, received: received, readMe: readMe,
            representation: representation)
        return try finish(metsSHA512: metsDigest)
    }

    var readMeText: String {
        ReadMe.text(
            for: plan.layout, packagedAt: plan.packagedAt,
            software: plan.softwareName + " " + plan.softwareVersion)
    }

    /// Adds a file at hand; its href counts from the folder of the METS that will name it.
    func add(
        _ href: String, _ bytes: [UInt8], mimeType: String, below folder: String
    ) throws -> PackagedFile {
        let digest = try assembly.add(plan.layout.entry(folder + href), bytes)
        return PackagedFile(
            href: href, size: Int64(bytes.count), sha256: digest, created: plan.packagedAt,
            mimeType: mimeType)
    }

    /// Adds what a spool collected as one file.
    func add(_ href: String, _ spool: Spool, mimeType: String, below folder: String) throws
        -> PackagedFile
    {
        try spool.flush()
        let digest = try assembly.add(
            plan.layout.entry(folder + href), size: spool.size, from: [spool.file])
        return PackagedFile(
            href: href, size: spool.size, sha256: digest, created: plan.packagedAt,
            mimeType: mimeType)
    }

    /// Copies a file of the dossier; one that is not as it was examined stops the dossier.
    func copy(_ source: SourceFile, from folder: FilePath, to entry: RelativePath) throws -> Digest
    {
        try reading(source, in: folder) { file in
            try assembly.add(entry, size: source.size, from: [file])
        }
    }

    /// Copies a file of the dossier, whose digest the assembly gives later.
    func copyWaiting(_ source: SourceFile, from folder: FilePath, to entry: RelativePath) throws {
        try reading(source, in: folder) { file in
            try assembly.addWaiting(entry, size: source.size, from: file)
        }
    }

    private func reading<Value>(
        _ source: SourceFile, in folder: FilePath, _ body: (any OpenFile) throws -> Value
    ) throws -> Value {
        let path = folder.appending(bytes: source.path.bytes)
        let changed = BundleFailure(reason: .fileChanged, subject: source.path.text)
        let file = try volume.open(path)
        guard try isUnchanged(file, source) else { throw changed }
        do {
            let value = try body(file)
            guard try isUnchanged(file, source) else { throw changed }
            fileDone()
            return value
        } catch is ContentChanged {
            throw changed
        }
    }

    private func isUnchanged(_ file: any OpenFile, _ source: SourceFile) throws -> Bool {
        let status = try file.status()
        let stamp = FileStamp(device: status.device, inode: status.inode, changed: status.changed)
        return status.kind == .file && status.size == source.size && stamp == source.stamp
    }

    func spool(_ name: String) throws -> Spool {
        try Spool(staging.appending(name), volume: volume)
    }

    func finish(metsSHA512: Digest) throws -> WrittenBundle {
        let (length, whole, digestsLength) = try assembly.finish()
        try tarFile.synchronize()
        try tarFile.close()
        let segments = try writeSegments(tarLength: length, digestsLength: digestsLength)
        return WrittenBundle(
            plan: plan, tar: staging.appending(plan.layout.tar), tarSize: length, whole: whole,
            segments: segments, metsSHA512: metsSHA512, documentCount: documentCount,
            payloadBytes: payloadBytes)
    }

    /// The `.segments` file: its first line needs the tar's length, so the digests wait in a file of their own.
    private func writeSegments(tarLength: Int64, digestsLength: Int64) throws -> StagedFile {
        let path = staging.appending(plan.layout.segments)
        let file = try volume.create(path, permissions: .everybodyReads)
        var output = DigestingOutput(file)
        try output.append(Array(SegmentList.heading(tarLength: tarLength).utf8))
        let buffer = WorkBuffer(count: 256 * 1024)
        try segmentDigests.forEachPiece(in: buffer) { piece, _ in try output.append(piece) }
        try file.synchronize()
        try file.close()
        return StagedFile(
            name: plan.layout.segments, path: path, size: output.size, sha512: output.finish())
    }
}
