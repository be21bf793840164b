import Foundation

/// That an entry stands in a tree, as a text of its own (C2SP tlog-proof).
package struct EntryProof: Hashable, Sendable {
    package let index: Int64
    package let path: [TreeHash]
    package let checkpoint: SignedNote

    private static let form = "c2sp.org/tlog-proof@v1"
    private static let longest = 64

    package init(index: Int64, path: [TreeHash], checkpoint: SignedNote) {
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
    }

    package var bytes: [UInt8] {
        let lines =
            [Self.form, "index \(index)"]
            + path.map { Data($0.bytes).base64EncodedString() } + ["", ""]
        return Array(lines.joined(separator: "\n").utf8) + checkpoint.bytes
    }

    /// Reads a proof; an `extra` line of other makers is passed over.
    package init?(reading bytes: [UInt8]) {
        guard bytes.count <= 2 * SignedNote.limit,
            let text = String(validating: bytes, as: UTF8.self),
            let gap = text.range(of: "\n\n"),
            let checkpoint = SignedNote(reading: Array(text[gap.upperBound...].utf8))
        else { return nil }
        var lines = text[..<gap.lowerBound].split(
            separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map(String.init) == Self.form else { return nil }
        if lines.first?.hasPrefix("extra ") == true { lines = lines.dropFirst() }
        guard let second = lines.popFirst(), second.hasPrefix("index "),
            let index = Int64(second.dropFirst(6)), String(index) == second.dropFirst(6),
            index >= 0,
            lines.count <= Self.longest
        else { return nil }
        let path = lines.compactMap { line in
            Data(base64Encoded: String(line)).flatMap { TreeHash($0) }
        }
        guard path.count == lines.count else { return nil }
        self.init(index: index, path: path, checkpoint: checkpoint)
    }

    /// Whether the proof leads from an entry's line to the checkpoint's root, and a key signed that.
    package func proves(_ line: [UInt8], signedBy verifier: NoteVerifier) -> Bool {
        guard let head = Checkpoint(checkpoint.text), checkpoint.isSigned(by: verifier) else {
            return false
        }
        return TreeProof.isIncluded(
            TreeHasher().leaf(line), at: index, in: head.size, path, root: head.root)
    }
}
