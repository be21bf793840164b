/// Why bytes are not the tar of a bundle, and where.
package struct TarFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// A header whose checksum is not that of its bytes.
        case checksum
        /// A header that differs from the only form luutru writes: other owner, mode, type, format or extra records.
        case form
        /// A pax record that cannot be read.
        case record
        /// A name that is empty, absolute, climbs out, or holds a NUL.
        case name
        /// Bytes other than zero after content, or after the end of the archive.
        case padding
        /// The file ends before the archive does.
        case truncated
        /// Bytes after the two empty blocks that end the archive.
        case trailing
    }

    package let reason: Reason
    /// Offset in the tar, in bytes.
    package let offset: Int64
}
