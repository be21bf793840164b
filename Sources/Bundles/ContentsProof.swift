import Cryptography
package import Records
import XML

/// What a sealed version must be, as the ledger says it.
package final class SealedVersion {
    let tar: Digest
    private let layout: BundleLayout
    private let sumsDigest: Digest?
    private let readSums: () throws -> [UInt8]?
    private var judged: Sums??

    /// - Parameters:
    ///   - tar: SHA-512 of the tar, from the ledger.
    ///   - sumsDigest: SHA-512 of `.sums`, from the ledger; the bytes are believed only when they are what it names.
    ///   - sums: gives the bytes of `.sums`; asked only where the digest of the tar does not settle the matter.
    package init(
        tar: Digest, sumsDigest: Digest?, layout: BundleLayout,
        sums: @escaping () throws -> [UInt8]?
    ) {
        self.tar = tar
        self.sumsDigest = sumsDigest
        self.layout = layout
        readSums = sums
    }

    /// What `.sums` says; nil where the file is gone or is not what was entered.
    func sums() throws -> Sums? {
        if let judged { return judged }
        let sums = try believed()
        judged = .some(sums)
        return sums
    }

    private func believed() throws -> Sums? {
        guard let sumsDigest, let bytes = try readSums(),
            Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes)) == sumsDigest,
            let sums = Sums(bytes, for: layout), sums.tar == tar
        else { return nil }
        return sums
    }
}

/// Proves that descriptions in a tar are those that were sealed, before anybody believes them.
///
/// A small tar is judged by its own digest. Of a large one, or one with damage somewhere, only the chain is
/// read: ledger, `.sums`, METS of the package, METS of a representation, description. So one damaged byte of
/// a document does not hide what is told of the others.
struct ContentsProof {
    private let tar: StoredTar
    private let sealed: SealedVersion
    private let layout: BundleLayout

    init(_ tar: StoredTar, layout: BundleLayout, sealed: SealedVersion) {
        self.tar = tar
        self.layout = layout
        self.sealed = sealed
    }

    /// Whether nothing more is to be proved; reads the tar whole where that is cheap or the only way.
    func isWhole() throws -> Bool {
        if tar.isHeld, try tar.sha512() == sealed.tar { return true }
        guard try sealed.sums() == nil else { return false }
        guard !tar.isHeld, try tar.sha512() == sealed.tar else { throw failure(layout.tar) }
        return true
    }

    /// Gives what the package's METS names, after the METS itself was found to be the sealed one.
    func forEachNamed(
        inMETS place: BundleScan.Place?, _ body: (METSReading.File) throws -> Void
    ) throws {
        guard let place, let sums = try sealed.sums(),
            try tar.digest(of: place, .sha512) == sums.mets
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
        try tar.digest(of: place, .sha256) == Digest(.sha256, hex: sha256)
    }

    private func names(in place: BundleScan.Place, _ body: (METSReading.File) throws -> Void) throws
    {
        try METSReading(tar.file, at: place).forEachFile(body)
    }

    private func failure(_ entry: String) -> ContentsFailure {
        ContentsFailure(entry: entry, detail: "not what was sealed")
    }
}
