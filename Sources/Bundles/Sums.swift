package import Records

/// The `.sums` file: what the seal vouches for, in the form `sha512sum -c` reads.
package struct Sums: Hashable, Sendable {
    package let tar: Digest
    package let segments: Digest
    package let mets: Digest
    /// Of the tars of every earlier version, the first first.
    package let earlier: [Digest]

    package init(tar: Digest, segments: Digest, mets: Digest, earlier: [Digest] = []) {
        self.earlier = earlier
        self.tar = tar
        self.segments = segments
        self.mets = mets
    }

    /// The longest file read: a line for each version and a few more.
    package static let limit = 256 * (BundleLayout.mostVersions + 16)

    /// The file's bytes.
    package func bytes(for layout: BundleLayout) -> [UInt8] {
        Array(lines(for: layout).map { "\($0.0.hex)  \($0.1)\n" }.joined().utf8)
    }

    private func lines(for layout: BundleLayout) -> [(Digest, String)] {
        [
            (tar, layout.tar), (segments, layout.segments),
            (mets, layout.entry(BundleLayout.mets).text),
        ] + earlier.enumerated().map { ($1, layout.at($0 + 1).tar) }
    }

    /// Reads the file; nil when it is not exactly what luutru writes for this version.
    package init?(_ bytes: [UInt8], for layout: BundleLayout) {
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard (1...BundleLayout.mostVersions).contains(layout.version) else { return nil }
        let count = 2 + layout.version
        guard lines.count == count + 1 else { return nil }
        let digests = lines.prefix(count).compactMap { Digest(.sha512, hex: $0.prefix(128)) }
        guard digests.count == count else { return nil }
        self.init(
            tar: digests[0], segments: digests[1], mets: digests[2],
            earlier: Array(digests.dropFirst(3)))
        guard self.bytes(for: layout) == bytes else { return nil }
    }
}
