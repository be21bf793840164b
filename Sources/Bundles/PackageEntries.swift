import Cryptography
package import Files
import Records
package import SystemPackage

/// The entries of a package's tars laid over each other, as unpacking them in order would (`docs/bundle.md`).
package struct PackageEntries {
    /// What was read of an entry.
    struct Entry {
        /// Which tar it stands in: 1 for the first version's.
        let tar: Int
        let offset: Int64
        let size: Int64
        let sha256: [UInt8]
        /// Whether METS named it.
        var isNamed = false

        var place: BundleScan.Place { BundleScan.Place(offset: offset, size: size) }
    }

    /// How an entry stands to those already there.
    enum Arrival {
        case new
        /// The same tar has it twice.
        case twice
        /// An earlier tar has it.
        case replacing
    }

    /// By their path's key; the paths themselves are not kept, so that memory stays small.
    private var entries: [PathKey: Entry] = [:]

    /// Lays an entry over those before.
    mutating func add(_ path: RelativePath, _ entry: Entry) -> Arrival {
        guard let old = entries.updateValue(entry, forKey: PathKey(path)) else { return .new }
        return old.tar == entry.tar ? .twice : .replacing
    }

    /// Forgets what METS named, for the next version's METS to name it again.
    mutating func forgetNames() {
        for key in entries.keys { entries[key]?.isNamed = false }
    }

    /// Marks an entry as named by METS; nil when no tar has one of this path.
    mutating func take(_ path: RelativePath) -> Entry? {
        let key = PathKey(path)
        guard let entry = entries[key] else { return nil }
        entries[key]?.isNamed = true
        return entry
    }

    /// What was read of an entry, without marking it.
    func entry(_ path: RelativePath) -> Entry? { entries[PathKey(path)] }

    var unnamedCount: Int { entries.values.count { !$0.isNamed } }

    func isNamed(_ path: RelativePath) -> Bool { entries[PathKey(path)]?.isNamed == true }
}

/// The first sixteen bytes of a path's SHA-256: enough to tell the paths of one bundle apart.
struct PathKey: Hashable {
    private let high: UInt64
    private let low: UInt64

    init(_ path: RelativePath) {
        let digest = Cryptography.Hasher.digest(.sha256, of: path.bytes)
        high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// What verification has read of the versions before one.
package struct EarlierVersions {
    /// The tars in order, the first version's first.
    let tars: [any OpenFile]
    /// SHA-512 of each.
    let digests: [Digest?]
    let entries: PackageEntries

    /// Before the first version there is nothing.
    package static var nothing: EarlierVersions {
        EarlierVersions(tars: [], digests: [], entries: PackageEntries())
    }

    /// Reads the tars of earlier versions in order; nil when one is not there or is no tar of ours.
    package static func reading(
        _ paths: [FilePath], volume: any Volume, buffer: WorkBuffer,
        progress: (Int) throws -> Void
    ) throws -> EarlierVersions? {
        var state = EarlierVersions.nothing
        for path in paths {
            guard try volume.status(path)?.kind == .file else { return nil }
            let tar = try volume.open(path)
            var pass = TarPass(subject: path.lastComponent?.string ?? "", after: state)
            try pass.read(tar, in: buffer, progress)
            guard pass.isWhole else { return nil }
            state = EarlierVersions(
                tars: state.tars + [tar], digests: state.digests + [pass.whole],
                entries: pass.entries)
        }
        return state
    }
}
