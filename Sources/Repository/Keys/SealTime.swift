import Bundles
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Whether a version of a dossier is proved to have been there before an instant.
///
/// What a seal says of its hour proves nothing, nor does the archive's own authority for trials: whoever took one key
/// may have taken the other. An independent authority's token does, over leaves that name these very sums and seal.
struct SealTime {
    private let store: StoreLayout
    private let volume: any Volume
    private let stamped: StampedSeals

    init(
        store: StoreLayout, volume: any Volume, roots: @escaping () throws -> [Certificate]
    ) {
        self.store = store
        self.volume = volume
        stamped = StampedSeals(store.evidence, volume, roots)
    }

    /// Whether evidence proves it.
    func provenBefore(_ object: ObjectIdentifier, version: Int, _ instant: Instant) throws -> Bool {
        guard let found = try stamped.find(object, version), found.time < instant.seconds else {
            return false
        }
        let layout = BundleLayout(object: object, version: version)
        let folder = ObjectStore(layout: store, volume: volume).folder(of: object)
        let files = BundleFiles(layout, in: folder.appending("v\(version)").appending("content"))
        guard try volume.status(files.sums)?.kind == .file,
            try volume.status(files.seal)?.kind == .file,
            let sums = try volume.readIfSmall(files.sums, limit: Sums.limit),
            let seal = try volume.readIfSmall(files.seal, limit: 1 << 20)
        else { return false }
        return StampedSeals.mark(
            Hasher.digest(.sha512, of: sums), Hasher.digest(.sha512, of: seal)) == found.mark
    }
}

/// The sums and seals that independent authorities stamped, gathered from the batches when first asked for.
private final class StampedSeals {
    /// When a version's sums and seal were stamped, and which.
    struct Found {
        let time: Int64
        let mark: [UInt8]
    }

    private struct Key: Hashable {
        let object: ObjectIdentifier
        let version: Int
    }

    private let evidence: FilePath
    private let volume: any Volume
    private let roots: () throws -> [Certificate]
    private var gathered: [Key: Found]?

    init(
        _ evidence: FilePath, _ volume: any Volume, _ roots: @escaping () throws -> [Certificate]
    ) {
        self.evidence = evidence
        self.volume = volume
        self.roots = roots
    }

    func find(_ object: ObjectIdentifier, _ version: Int) throws -> Found? {
        let known: [Key: Found]
        if let gathered { known = gathered } else { known = try gather() }
        gathered = known
        return known[Key(object: object, version: version)]
    }

    /// What stands for the two digests: enough that no other two are found for it.
    static func mark(_ sums: [UInt8], _ seal: [UInt8]) -> [UInt8] {
        Array(Hasher.digest(.sha256, of: sums + seal).prefix(20))
    }

    private func gather() throws -> [Key: Found] {
        guard try volume.status(evidence)?.kind == .folder else { return [:] }
        let roots = try roots()
        var known: [Key: Found] = [:]
        for entry in try volume.list(evidence) where entry.kind == .folder {
            let place = BatchLayout(folder: evidence.appending(entry.name))
            for (key, found) in try stamped(place, roots) {
                if let other = known[key], other.time <= found.time { continue }
                known[key] = found
            }
        }
        return known
    }

    /// The versions of one batch; none of one that is damaged or that nobody trusted stamped.
    private func stamped(_ place: BatchLayout, _ roots: [Certificate]) throws -> [Key: Found] {
        guard try volume.status(place.stamp)?.kind == .file,
            try volume.status(place.leaves)?.kind == .file
        else { return [:] }
        do {
            let token = try TimeStampToken(
                der: volume.readAll(place.stamp, limit: TimeStampToken.largest))
            guard token.policy != TrialAuthority.policy,
                token.check(at: token.generationTime, roots: roots).problems.isEmpty
            else { return [:] }
            return try versions(of: place, token)
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return [:]
        } catch is TimeStampProblem {
            return [:]
        } catch is LeavesReader.Fault {
            return [:]
        }
    }

    private func versions(of place: BatchLayout, _ token: TimeStampToken) throws -> [Key: Found] {
        var reader = LeavesReader(try volume.open(place.leaves), .sha512)
        var tree = StreamedTree(.sha512)
        var versions: [Key: Found] = [:]
        while let group = try reader.next() {
            tree.append(group.leafGroup.leaf)
            guard let sums = group.files.first(where: { $0.name.hasSuffix(".sums") }),
                let seal = group.files.first(where: { $0.name.hasSuffix(".sums.p7s") })
            else { continue }
            versions[Key(object: group.object, version: group.version)] = Found(
                time: token.generationTime, mark: Self.mark(sums.digest, seal.digest))
        }
        guard tree.finished()?.root == token.imprint, token.method == .sha512 else { return [:] }
        return versions
    }
}
