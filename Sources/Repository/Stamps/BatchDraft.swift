import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A batch on its way into the store: gathered aside, stamped, then renamed in whole.
struct BatchDraft {
    let number: Int64
    /// The first and last entry it covers.
    let first: Int64
    private(set) var last: Int64
    private(set) var count = 0
    private(set) var leaves: Digest
    private(set) var root: [UInt8] = []
    private let archive: Archive
    private let aside: BatchLayout
    private var volume: any Volume { archive.world.volume }

    init(_ archive: Archive) throws {
        let before = try archive.catalog.lastBatch()
        self.archive = archive
        number = (before?.number ?? 0) + 1
        first = (before?.last ?? -1) + 1
        last = first
        leaves = Inventory.digest(of: [])
        aside = BatchLayout(
            folder: archive.objects.layout.incoming.appending(
                "evidence-" + BatchLayout.name(number)))
    }

    /// Where the batch stands once it is whole.
    var place: BatchLayout { BatchLayout(number, in: archive.objects.layout.evidence) }

    /// Writes `leaves` of every version that waits; false when none of them has digests.
    mutating func gather() throws -> Bool {
        try volume.removeTree(aside.folder)
        try volume.makeFolder(aside.folder, permissions: .everybodyEnters)
        var writer = LeavesWriter(
            try volume.create(aside.leaves, permissions: .everybodyReads), .sha512)
        var last = first
        try archive.catalog.forEachState(after: first - 1) { event in
            try archive.world.stopIfInterrupted()
            if let group = BatchGroup(event) { try writer.add(group) }
            last = event.sequence
            return true
        }
        self.last = last
        count = writer.count
        guard count > 0 else {
            try abandon()
            return false
        }
        (leaves, root) = try writer.finish()
        return true
    }

    /// Reads a batch that stands whole but without its entry; nil when it is not what the ledger asks for.
    static func reading(_ archive: Archive) throws -> BatchDraft? {
        var draft = try BatchDraft(archive)
        let read = try BatchReading(archive).read(draft.place, first: draft.first, last: nil)
        guard let read else { return nil }
        draft.count = read.count
        draft.last = read.last
        draft.root = read.root
        draft.leaves = read.leaves
        return draft
    }

    /// Nothing has left staging, so nothing but staging needs undoing.
    func abandon() throws { try volume.removeTree(aside.folder) }

    /// Puts the batch in its place by one rename, after everything in it is on the disk (invariant W2).
    func store(_ token: TimeStampToken) throws {
        try volume.makeFolder(aside.stamps, permissions: .everybodyEnters)
        try volume.writeSynchronized(token.der, to: aside.stamp)
        try volume.writeSynchronized(Array(BatchTexts.profile.utf8), to: aside.profile)
        let readMe = BatchTexts.readMe(versions: count, root: root)
        try volume.writeSynchronized(Array(readMe.utf8), to: aside.readMe)
        try volume.synchronizeFolder(aside.stamps)
        try volume.synchronizeFolder(aside.folder)
        try volume.makeDurableFolders(place.folder.removingLastComponent())
        try volume.rename(aside.folder, to: place.folder)
        try volume.synchronizeFolder(place.folder.removingLastComponent())
        try volume.synchronizeFolder(archive.objects.layout.incoming)
    }
}

extension BatchGroup {
    /// The data group of the version that an act made: the files whose digests the ledger names.
    init?(_ event: CatalogedEvent) {
        guard let object = event.object, let version = event.version,
            let digests = (try? JSONValue(parsing: event.line.utf8))?["digests"]
        else { return nil }
        let layout = BundleLayout(object: object, version: version)
        let names = [
            ("tar", layout.tar), ("segments", layout.segments), ("sums", layout.sums),
            ("seal", layout.seal),
        ]
        let files = names.compactMap { kind, name -> BatchFile? in
            let text = digests[kind]?.stringValue ?? ""
            guard text.hasPrefix("sha512:"),
                let digest = Digest(.sha512, hex: text.dropFirst("sha512:".utf8.count))
            else { return nil }
            return BatchFile(name: name, digest: digest.bytes)
        }
        guard !files.isEmpty else { return nil }
        self.init(object: object, version: version, method: .sha512, files: files)
    }
}
