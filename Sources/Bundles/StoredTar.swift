import Cryptography
package import Files
import Records

/// A stored version's tar as the catalog reads it: a small one is held in memory, a larger one stays on the disk.
package final class StoredTar {
    let file: any ReadableFile
    let size: Int64
    private var known: Digest?

    /// A tar that is not larger is read at once: its many small parts cost more to ask for than their bytes.
    package static let largestHeld: Int64 = 256 << 10

    /// Reads a small tar, into the spare memory where there is some; of a large one nothing is read yet.
    package init(_ tar: any OpenFile, in spare: WorkBuffer? = nil) throws {
        size = try tar.status().size
        file = try HeldFile(tar, atMost: Self.largestHeld, in: spare) ?? tar
    }

    var isHeld: Bool { size <= Self.largestHeld }

    /// Takes the digests of those that are held side by side, which machines with wide vectors do faster.
    package static func takeDigests(of tars: [StoredTar]) {
        let held = tars.filter { $0.isHeld && $0.known == nil }
        let bytes = held.compactMap { $0.file.held(at: 0, count: .max) }
        guard bytes.count == held.count else { return }
        let digests = withExtendedLifetime(held) { LaneDigests.sha512(of: bytes) }
        for (tar, digest) in zip(held, digests) { tar.known = Digest(.sha512, bytes: digest) }
    }

    /// SHA-512 of the whole tar; nil when it ends before its size.
    func sha512() throws -> Digest? {
        if let known { return known }
        known = try digest(of: BundleScan.Place(offset: 0, size: size), .sha512)
        return known
    }

    /// The digest of some of the tar; nil when it ends before.
    func digest(of place: BundleScan.Place, _ algorithm: Hasher.Algorithm) throws -> Digest? {
        let hasher = Hasher(algorithm)
        let named: Digest.Algorithm = algorithm == .sha256 ? .sha256 : .sha512
        if let held = file.held(at: place.offset, count: Int(clamping: place.size)) {
            guard Int64(held.count) == place.size else { return nil }
            withExtendedLifetime(file) { hasher.update(held) }
            return Digest(named, bytes: hasher.finalizeAndReset())
        }
        var source = EntrySource(file, at: place)
        let buffer = WorkBuffer(count: Int(min(max(place.size, 1), 1 << 20)))
        var read: Int64 = 0
        while read < place.size {
            let count = try source.read(into: buffer.bytes)
            guard count > 0 else { return nil }
            hasher.update(UnsafeRawBufferPointer(buffer.prefix(count)))
            read += Int64(count)
        }
        return Digest(named, bytes: hasher.finalizeAndReset())
    }
}
