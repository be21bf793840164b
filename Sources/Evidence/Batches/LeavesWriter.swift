package import Cryptography
package import Files
package import Records

/// Writes `leaves` of a batch as the groups come, and grows their tree; memory does not grow with them.
package struct LeavesWriter {
    private static let piece = 256 * 1024
    private let file: any OpenFile
    private let hasher = Hasher(.sha512)
    private var buffer: [UInt8] = []
    private var offset: Int64 = 0
    private var tree: StreamedTree

    /// Writes into a file that was just made.
    package init(_ file: any OpenFile, _ method: DigestMethod) {
        self.file = file
        tree = StreamedTree(method)
    }

    package var count: Int { tree.count }

    /// Adds the next version.
    package mutating func add(_ group: BatchGroup) throws {
        tree.append(group.leafGroup.leaf)
        buffer += group.lines.utf8
        if buffer.count >= Self.piece { try flush() }
    }

    /// Brings the file to the disk; gives its digest and the hash to stamp.
    package mutating func finish() throws -> (leaves: Digest, root: [UInt8]) {
        try flush()
        try file.synchronize()
        try file.close()
        guard let digest = Digest(.sha512, bytes: hasher.finalizeAndReset()),
            let top = tree.finished()
        else { preconditionFailure("a batch has at least one version") }
        return (digest, top.root)
    }

    private mutating func flush() throws {
        try file.append(buffer, at: offset)
        hasher.update(buffer)
        offset += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }
}
