package import Cryptography
package import Files
package import Records

/// Reads `leaves` of a batch version by version; what is not written as we write it is a fault of its line.
package struct LeavesReader {
    /// A line that is none of a batch.
    package struct Fault: Error, Hashable, Sendable {
        package let line: Int
    }

    private static let piece = 256 * 1024
    private static let longestLine = 1_000
    /// A version adds four files; a later profile may add some.
    private static let mostFiles = 100
    private let file: any OpenFile
    private let method: DigestMethod
    private let hasher = Hasher(.sha512)
    private var offset: Int64 = 0
    private var buffer: [UInt8] = []
    private var start = 0
    private var waiting: LeafLine?
    private var number = 0

    /// Reads from the beginning.
    package init(_ file: any OpenFile, _ method: DigestMethod) {
        self.file = file
        self.method = method
    }

    /// The next version; nil at the end.
    package mutating func next() throws -> BatchGroup? {
        guard let first = try waiting ?? line() else { return nil }
        var files = [first.file]
        waiting = nil
        while let more = try line() {
            guard more.object == first.object, more.version == first.version else {
                waiting = more
                break
            }
            files.append(more.file)
            guard files.count <= Self.mostFiles else { throw Fault(line: number) }
        }
        let group = BatchGroup(
            object: first.object, version: first.version, method: method, files: files)
        // The order is part of the format: a stranger joins the digests as they stand.
        guard group.files == files else { throw Fault(line: number) }
        return group
    }

    /// SHA-512 of everything read so far; of the whole file once it has ended.
    package func digest() -> Digest? { Digest(.sha512, bytes: hasher.finalizeAndReset()) }

    private mutating func line() throws -> LeafLine? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                number += 1
                defer { start = end + 1 }
                guard let line = LeafLine(buffer[start..<end], method) else {
                    throw Fault(line: number)
                }
                return line
            }
            guard buffer.count - start <= Self.longestLine else { throw Fault(line: number + 1) }
            buffer.removeSubrange(..<start)
            start = 0
            searched = buffer.count
            let piece = try file.bytes(at: offset, count: Self.piece)
            if piece.isEmpty {
                guard buffer.isEmpty else { throw Fault(line: number + 1) }
                return nil
            }
            hasher.update(piece)
            offset += Int64(piece.count)
            buffer += piece
        }
    }
}
