import Cryptography
package import Files
import Records
package import SystemPackage

/// A bundle whose tar and segments are on the disk; its sums wait for the digest of the tar.
package struct WrittenBundle: Sendable {
    /// What is known of the whole tar.
    enum Whole: Hashable, Sendable {
        case digest(Digest)
        /// Its digest is taken when it is read again; the sum tells whether that gives what was written.
        case words(WordSum)
    }

    let plan: BundlePlan
    package let tar: FilePath
    package let tarSize: Int64
    let whole: Whole
    let segments: StagedFile
    let metsSHA512: Digest
    let documentCount: Int
    let payloadBytes: Int64

    /// Whether the digest of the tar was taken as it was written.
    package var hasDigest: Bool {
        if case .digest = whole { true } else { false }
    }

    /// Writes the sums; a tar whose digest was left for later is read for it.
    package func summed(in staging: FilePath, volume: any Volume) throws -> StagedBundle {
        if case .digest(let sha512) = whole {
            return try summed(sha512, in: staging, volume: volume)
        }
        let read = try TarDigests.read([tar], volume: volume)
        guard let only = read.first else { throw notReadBack }
        return try summed(only, in: staging, volume: volume)
    }

    /// Writes the sums after the tar was read again; one that is not as it was written is an error.
    package func summed(
        _ read: TarDigests.Read, in staging: FilePath, volume: any Volume
    ) throws -> StagedBundle {
        guard read.size == tarSize, whole == .words(read.words) else { throw notReadBack }
        return try summed(read.sha512, in: staging, volume: volume)
    }

    private var notReadBack: BundleFailure {
        BundleFailure(reason: .notReadBack, subject: plan.layout.tar)
    }

    private func summed(
        _ sha512: Digest, in staging: FilePath, volume: any Volume
    ) throws -> StagedBundle {
        let sums = Sums(
            tar: sha512, segments: segments.sha512, mets: metsSHA512, earlier: plan.earlier)
        let bytes = sums.bytes(for: plan.layout)
        let file = try StagedFile.write(bytes, as: plan.layout.sums, in: staging, volume: volume)
        return StagedBundle(
            plan: plan,
            tar: StagedFile(name: plan.layout.tar, path: tar, size: tarSize, sha512: sha512),
            segments: segments, sums: file, sumsBytes: bytes, documentCount: documentCount,
            payloadBytes: payloadBytes)
    }
}
