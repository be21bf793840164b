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
    /// It covers batches 1 to this.
    let batches: Int64
    let leaves: [UInt8]
    let tree: HashTree

    /// Reckons a renewal of a number over batches, from the tokens as they stand.
    init(_ number: Int64, upTo batches: Int64, in archive: Archive) throws {
        let chains = try TokenChains(archive, before: number)
        var tree = HashTree(.sha512)
        var text: [UInt8] = []
        for batch in 1...max(1, batches) {
            try archive.world.stopIfInterrupted()
            let leaf = LeafGroup(try chains.digests(of: batch), .sha512).leaf
            tree.append(leaf)
            text += "\(Hexadecimal.text(of: leaf)) \(BatchLayout.name(batch))\n".utf8
        }
        self.number = number
        self.batches = batches
        self.tree = tree
        leaves = text
    }

    var root: [UInt8] { tree.root ?? [] }

    var readMe: String { RenewalTexts.readMe(batches: batches, root: root) }

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

/// The tokens of batches, each with the renewals that cover it.
struct TokenChains {
    /// A renewal's token with the batches it covers.
    struct Renewal {
        let number: Int64
        let batches: Int64
        let token: TimeStampToken
    }

    let renewals: [Renewal]
    private let evidence: FilePath
    private let volume: any Volume

    /// Reads the tokens of all renewals before one of a number.
    init(_ archive: Archive, before number: Int64 = .max) throws {
        evidence = archive.objects.layout.evidence
        volume = archive.world.volume
        let evidence = evidence
        let volume = volume
        renewals = try archive.catalog.renewals().filter { $0.number < number }.map {
            Renewal(
                number: $0.number, batches: $0.batches,
                token: try Self.token(RenewalDraft.place($0.number, in: evidence), volume))
        }
    }

    /// The batch's tokens in the order of their making: its one chain.
    func tokens(of batch: Int64) throws -> [TimeStampToken] {
        [try Self.token(BatchLayout(batch, in: evidence), volume)]
            + renewals.filter { $0.batches >= batch }.map(\.token)
    }

    func digests(of batch: Int64) throws -> [[UInt8]] {
        try tokens(of: batch).map { DigestMethod.sha512.digest(of: $0.der) }
    }

    private static func token(_ place: BatchLayout, _ volume: any Volume) throws -> TimeStampToken {
        try TimeStampToken(der: volume.readAll(place.stamp, limit: TimeStampToken.largest))
    }
}
