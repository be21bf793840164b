import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A hash-tree renewal as batches, earlier renewals and the new digests of all files make it.
struct RehashDraft {
    /// A version that could not be read again as it was stored.
    struct LeftOut: Hashable {
        let object: ObjectIdentifier
        let version: Int
    }

    let progress: RehashProgress
    /// How many versions it covers.
    let versions: Int
    let leftOut: [LeftOut]
    let leaves: Digest
    let files: Digest
    let root: [UInt8]

    var plan: RehashPlan { progress.plan }

    var readMe: String {
        RehashTexts.readMe(versions: versions, method: plan.method, root: root)
    }

    /// Reckons the leaves from `files` and gives each; nil when `files` is not of these versions.
    init?(
        _ progress: RehashProgress, files path: FilePath, in archive: Archive,
        leaf: (BatchGroup) throws -> Void
    ) throws {
        let plan = progress.plan
        var files = LeavesReader(try archive.world.volume.open(path), plan.method)
        var walk = try RehashWalk(
            before: plan.number, upTo: plan.batches, plan.method, in: archive)
        var tree = StreamedTree(plan.method)
        var leftOut: [LeftOut] = []
        let hasher = Hasher(.sha512)
        var next = try files.next()
        var isRight = true
        try walk.forEach { version, record in
            guard let group = next, group.object == version.object,
                group.version == version.version
            else {
                return leftOut.append(LeftOut(object: version.object, version: version.version))
            }
            isRight = isRight && group.files.count == version.files.count
            let hash = record.hashTreeRenewalGroup(
                dataDigests: group.files.map(\.digest), method: plan.method
            ).leaf
            let line = BatchGroup(
                object: version.object, version: version.version, method: plan.method,
                files: [BatchFile(name: RehashTexts.leafName, digest: hash)])
            tree.append(hash)
            hasher.update(Array(line.lines.utf8))
            try leaf(line)
            next = try files.next()
        }
        guard isRight, next == nil, let top = tree.finished(), let digest = files.digest(),
            let leaves = Digest(.sha512, bytes: hasher.finalizeAndReset())
        else { return nil }
        self.progress = progress
        self.leftOut = leftOut
        self.leaves = leaves
        self.files = digest
        versions = tree.count
        root = top.root
    }

    /// Reckons the leaves and writes them aside, with the digests of the files beside them.
    static func gather(_ reading: RehashReading, in archive: Archive) throws -> RehashDraft? {
        let volume = archive.world.volume
        let plan = reading.progress.plan
        let aside = Self.aside(plan, in: archive)
        try volume.removeTree(aside.folder)
        try volume.makeFolder(aside.folder, permissions: .everybodyEnters)
        let file = try volume.create(aside.leaves, permissions: .everybodyReads)
        var writer = LeavesWriter(file, plan.method)
        let draft = try RehashDraft(reading.progress, files: reading.files, in: archive) {
            try writer.add($0)
        }
        guard let draft else { return nil }
        let (leaves, root) = try writer.finish()
        guard leaves == draft.leaves, root == draft.root else { return nil }
        // Another name of the same file: what was gathered stays until the renewal is entered.
        try volume.link(reading.files, as: aside.files)
        return draft
    }

    private static func aside(_ plan: RehashPlan, in archive: Archive) -> BatchLayout {
        BatchLayout(
            folder: archive.objects.layout.incoming.appending(RenewalDraft.name(plan.number)))
    }

    /// What was read stays for the next run; the leaves are made again.
    func abandon(in archive: Archive) throws {
        try archive.world.volume.removeTree(Self.aside(plan, in: archive).folder)
    }

    /// Puts the renewal in its place by one rename, after everything in it is on the disk (invariant W2).
    func store(_ token: TimeStampToken, in archive: Archive) throws {
        let volume = archive.world.volume
        let store = archive.objects.layout
        let aside = Self.aside(plan, in: archive)
        try volume.makeFolder(aside.stamps, permissions: .everybodyEnters)
        for (path, bytes) in [
            (aside.stamp, token.der), (aside.profile, Array(BatchTexts.profile.utf8)),
            (aside.readMe, Array(readMe.utf8)),
        ] {
            try volume.writeSynchronized(bytes, to: path)
        }
        try volume.synchronizeFolder(aside.stamps)
        try volume.synchronizeFolder(aside.folder)
        try volume.makeDurableFolders(store.evidence)
        try volume.rename(
            aside.folder, to: RenewalDraft.place(plan.number, in: store.evidence).folder)
        try volume.synchronizeFolder(store.evidence)
        try volume.synchronizeFolder(store.incoming)
    }
}
