package import Cryptography
import Files
package import Storage

/// How far a content file was read when its reading was stopped, so that a later run reads only the rest.
package struct FileReading: Hashable, Sendable {
    /// What came of the bytes so far.
    package enum Extent: Hashable, Sendable {
        /// Some of them, from the first on.
        case part(SHA512State)
        /// All of them.
        case whole(ContentDigest)
    }

    /// What the file was (`FileStatus.identity`, `ReadableFile.identity`): of another nothing was read.
    package let identity: String
    package let extent: Extent

    package init(identity: String, extent: Extent) {
        self.identity = identity
        self.extent = extent
    }

    /// Whether a file of this size can have been read so far.
    func fits(size: Int64) -> Bool {
        switch extent {
        case .part(let state): size >= 0 && state.length <= UInt64(size)
        case .whole(let digest): digest.size == size
        }
    }
}

/// Thrown by whoever hears of a run's progress to end its reading in the middle of a file.
package struct ReadingCut: Error {
    package init() {}
}
