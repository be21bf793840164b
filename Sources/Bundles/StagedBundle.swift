package import Records
package import SystemPackage

/// A file of the dossier's folder that is taken into the bundle as it is.
package struct SourceFile: Hashable, Sendable {
    package let path: RelativePath
    package let size: Int64
    package let modified: Instant
    package let stamp: FileStamp

    package init(path: RelativePath, size: Int64, modified: Instant, stamp: FileStamp) {
        self.path = path
        self.size = size
        self.modified = modified
        self.stamp = stamp
    }
}

/// A file of a bundle in staging, on the disk and with its digest.
package struct StagedFile: Hashable, Sendable {
    package let name: String
    package let path: FilePath
    package let size: Int64
    package let sha512: Digest
}

/// A bundle that stands in staging without its seal; only the digest of a written tar makes one.
package struct StagedBundle: Sendable {
    package let plan: BundlePlan
    package let tar: StagedFile
    package let segments: StagedFile
    package let sums: StagedFile
    /// The bytes the seal is made over.
    package let sumsBytes: [UInt8]
    package let documentCount: Int
    package let payloadBytes: Int64
}

/// A bundle with its seal, ready for the stores; only sealing makes one.
package struct SealedBundle: Sendable {
    package let staged: StagedBundle
    package let seal: StagedFile

    package var files: [StagedFile] { [staged.tar, staged.segments, staged.sums, seal] }
}

/// Why a bundle could not be made from a dossier that was in order a moment ago.
package struct BundleFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// A file changed, shrank or grew while it was read.
        case fileChanged = "LT-FILE-CHANGED"
        /// What was written is read back as something else: memory or the disk is at fault.
        case notReadBack = "LT-BUNDLE-READ-BACK"
    }

    package let reason: Reason
    package let subject: String
}
