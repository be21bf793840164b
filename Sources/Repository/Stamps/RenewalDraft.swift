import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A time-stamp renewal as batches and earlier renewals make it: the same bytes whenever it is reckoned.
struct RenewalDraft {
    let number: Int64
    /// It covers those of batches 1 to this whose last chain has its digest.
    let batches: Int64
    let leaves: [UInt8]
    let tree: HashTree
    /// Where the leaf of each batch stands.
    private let positions: [Int64: Int]

    /// Reckons a renewal of a number over batches, from the tokens as they stand.
    init(
        _ number: Int64, upTo batches: Int64, _ method: DigestMethod, in archive: Archive
    ) throws {
        let history = try RenewalHistory(archive, before: number)
        var tree = HashTree(method)
        var text: [UInt8] = []
        var positions: [Int64: Int] = [:]
        for batch in 1...max(1, batches) where history.method(of: batch) == method {
            try archive.world.stopIfInterrupted()
            let tokens = try history.lastChain(of: batch)
            let leaf = LeafGroup(tokens.map { method.digest(of: $0.der) }, method).leaf
            positions[batch] = tree.count
            tree.append(leaf)
            text += "\(Hexadecimal.text(of: leaf)) \(BatchLayout.name(batch))\n".utf8
        }
        self.number = number
        self.batches = batches
        self.tree = tree
        self.positions = positions
        leaves = text
    }

    /// How many batches it covers.
    var covered: Int64 { Int64(tree.count) }

    /// The neighbours on the way from a batch's leaf; nil for a batch that it does not cover.
    func path(of batch: Int64) -> [[UInt8]]? { positions[batch].map { tree.path(for: $0) } }

    var root: [UInt8] { tree.root ?? [] }

    var readMe: String { RenewalTexts.readMe(batches: covered, method: tree.method, root: root) }

    static func name(_ number: Int64) -> String {
        "renewal-" + CivilTime.padded(Int(number), 4)
    }

    static func place(_ number: Int64, in evidence: FilePath) -> BatchLayout {
        BatchLayout(folder: evidence.appending(name(number)))
    }

    /// Puts the renewal in its place by one rename, after everything in it is on the disk (invariant W2).
    func store(_ token: TimeStampToken, in archive: Archive) throws {
        let volume = archive.world.volume
        let store = archive.objects.layout
        let aside = BatchLayout(folder: store.incoming.appending(Self.name(number)))
        try volume.removeTree(aside.folder)
        try volume.makeFolder(aside.folder, permissions: .everybodyEnters)
        try volume.makeFolder(aside.stamps, permissions: .everybodyEnters)
        for (path, bytes) in [
            (aside.leaves, leaves), (aside.stamp, token.der),
            (aside.profile, Array(BatchTexts.profile.utf8)), (aside.readMe, Array(readMe.utf8)),
        ] {
            try volume.writeSynchronized(bytes, to: path)
        }
        try volume.synchronizeFolder(aside.stamps)
        try volume.synchronizeFolder(aside.folder)
        try volume.makeDurableFolders(store.evidence)
        try volume.rename(aside.folder, to: Self.place(number, in: store.evidence).folder)
        try volume.synchronizeFolder(store.evidence)
        try volume.synchronizeFolder(store.incoming)
    }
}
