import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Goes through the versions that a hash-tree renewal is to take, in its order, with the record each has so far.
struct RehashWalk {
    private let archive: Archive
    private let batches: [Int64]
    private var assembly: RecordAssembly
    private var earlier: [Int64: EarlierRehash] = [:]

    /// Over the batches up to one that do not have the new digest yet.
    init(
        before number: Int64, upTo last: Int64, _ method: DigestMethod, in archive: Archive
    ) throws {
        let assembly = try RecordAssembly(archive, before: number)
        self.archive = archive
        self.assembly = assembly
        batches = (1...max(1, last)).filter { assembly.history.method(of: $0) != method }
    }

    /// Gives every version with its record.
    mutating func forEach(_ body: (BatchGroup, EvidenceRecord) throws -> Void) throws {
        let volume = archive.world.volume
        for batch in batches {
            let place = BatchLayout(batch, in: archive.objects.layout.evidence)
            let tree = try Self.tree(of: place, .sha512, in: archive)
            let steps = try assembly.steps(of: batch)
            for case .rehash(let renewal) in steps where earlier[renewal.number] == nil {
                earlier[renewal.number] = try EarlierRehash(renewal, in: archive)
            }
            let token = try assembly.history.token(of: batch)
            var reader = LeavesReader(try volume.open(place.leaves), .sha512)
            var index = 0
            while let group = try reader.next() {
                try archive.world.stopIfInterrupted()
                let first = try group.leafGroup.stamp(path: tree.path(for: index), token: token)
                index += 1
                let record = try assembly.record(from: first, steps) { renewal, record in
                    try earlier[renewal.number]?.stamp(for: group, record)
                }
                try body(group, record)
            }
        }
    }

    /// The tree over a file of leaves: 128 bytes a leaf for a digest of 64.
    fileprivate static func tree(
        of place: BatchLayout, _ method: DigestMethod, in archive: Archive
    ) throws -> HashTree {
        var reader = LeavesReader(try archive.world.volume.open(place.leaves), method)
        var tree = HashTree(method)
        while let group = try reader.next() {
            try archive.world.stopIfInterrupted()
            tree.append(group.leafGroup.leaf)
        }
        return tree
    }
}

/// An earlier hash-tree renewal, read beside the versions as they go by in the same order.
private final class EarlierRehash {
    private let renewal: RenewalHistory.Renewal
    private let tree: HashTree
    private var files: LeavesReader
    private var next: BatchGroup?
    private var index = 0

    init(_ renewal: RenewalHistory.Renewal, in archive: Archive) throws {
        self.renewal = renewal
        tree = try RehashWalk.tree(of: renewal.place, renewal.method, in: archive)
        files = LeavesReader(
            try archive.world.volume.open(renewal.place.files), renewal.method)
        next = try files.next()
    }

    /// The version's stamp; nil when the renewal left it out.
    func stamp(for version: BatchGroup, _ record: EvidenceRecord) throws -> ArchiveTimeStamp? {
        guard let group = next, group.object == version.object, group.version == version.version,
            index < tree.count
        else { return nil }
        let leaves = record.hashTreeRenewalGroup(
            dataDigests: group.files.map(\.digest), method: renewal.method)
        let stamp = try leaves.stamp(path: tree.path(for: index), token: renewal.token)
        next = try files.next()
        index += 1
        return stamp
    }
}
