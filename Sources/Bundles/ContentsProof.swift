import Cryptography
import Files
package import Records
import XML

/// What a sealed version must be, as the ledger says it; nil sums where their file is gone or is not what was entered.
package struct SealedVersion: Sendable {
    let tar: Digest
    let sums: Sums?

    /// - Parameters:
    ///   - tar: SHA-512 of the tar, from the ledger.
    ///   - sums: bytes of `.sums`, believed only when they are what the ledger names.
    package init(
        tar: Digest, sums: [UInt8]?, sumsDigest: Digest?, layout: BundleLayout
    ) {
        self.tar = tar
        guard let sums, let sumsDigest,
            Digest(.sha512, bytes: Self.sha512(of: sums)) == sumsDigest,
            let read = Sums(sums, for: layout), read.tar == tar
        else {
            self.sums = nil
            return
        }
        self.sums = read
    }

    private static func sha512(of bytes: [UInt8]) -> [UInt8] {
        let hasher = Hasher(.sha512)
        hasher.update(bytes)
        return hasher.finalizeAndReset()
    }
}

/// Proves that descriptions in a tar are those that were sealed, before anybody believes them.
///
/// A small tar is judged by its own digest. Of a large one, or one with damage somewhere, only the chain is
/// read: ledger, `.sums`, METS of the package, METS of a representation, description. So one damaged byte of
/// a document does not hide what is told of the others.
struct ContentsProof {
    private let tar: any ReadableFile
    private let sealed: SealedVersion
    private let layout: BundleLayout

    init(_ tar: any ReadableFile, layout: BundleLayout, sealed: SealedVersion) {
        self.tar = tar
        self.layout = layout
        self.sealed = sealed
    }

    /// Whether nothing more is to be proved; reads the tar whole where that is cheap or the only way.
    func isWhole(_ size: Int64, cheapUpTo limit: Int64) throws -> Bool {
        guard size <= limit || sealed.sums == nil else { return false }
        let whole = BundleScan.Place(offset: 0, size: size)
        let isRight = try digest(of: whole, .sha512) == sealed.tar
        guard isRight || sealed.sums != nil else { throw failure(layout.tar) }
        return isRight
    }

    /// Gives what the package's METS names, after the METS itself was found to be the sealed one.
    func forEachNamed(
        inMETS place: BundleScan.Place?, _ body: (METSReading.File) throws -> Void
    ) throws {
        guard let place, let sums = sealed.sums, try digest(of: place, .sha512) == sums.mets
        else { throw failure(BundleLayout.mets) }
        try names(in: place, body)
    }

    /// Gives what the METS of a representation names, which must have the given digest.
    func forEachNamed(
        inMETS place: BundleScan.Place?, of folder: String, vouched: String?,
        _ body: (METSReading.File) throws -> Void
    ) throws {
        let path = folder + BundleLayout.representationMETS
        guard let place, let vouched, try isRight(place, vouched) else { throw failure(path) }
        try names(in: place, body)
    }

    /// Throws unless the entry has the digest that METS gives for it.
    func require(_ path: String, at place: BundleScan.Place?, _ sha256: String?) throws {
        guard let place, let sha256, try isRight(place, sha256) else { throw failure(path) }
    }

    private func isRight(_ place: BundleScan.Place, _ sha256: String) throws -> Bool {
        try digest(of: place, .sha256) == Digest(.sha256, hex: sha256)
    }

    private func names(in place: BundleScan.Place, _ body: (METSReading.File) throws -> Void) throws
    {
        try METSReading(tar, at: place).forEachFile(body)
    }

    private func failure(_ entry: String) -> ContentsFailure {
        ContentsFailure(entry: entry, detail: "not what was sealed")
    }

    private func digest(of place: BundleScan.Place, _ algorithm: Hasher.Algorithm) throws -> Digest?
    {
        let hasher = Hasher(algorithm)
        var source = EntrySource(tar, at: place)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Int(min(max(place.size, 1), 1 << 20)), alignment: 64)
        defer { buffer.deallocate() }
        var read: Int64 = 0
        while read < place.size {
            let count = try source.read(into: buffer)
            guard count > 0 else { return nil }
            hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            read += Int64(count)
        }
        return Digest(algorithm == .sha256 ? .sha256 : .sha512, bytes: hasher.finalizeAndReset())
    }
}
