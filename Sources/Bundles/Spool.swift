import Files
import Records
import SystemPackage

/// A file in staging that collects pieces of metadata, so that memory does not grow with the number of documents.
final class Spool {
    let file: any OpenFile
    private var buffer: [UInt8] = []
    private var written: Int64 = 0

    init(_ path: FilePath, volume: any Volume) throws {
        file = try volume.create(path, permissions: .everybodyReads)
    }

    /// Bytes collected so far.
    var size: Int64 { written + Int64(buffer.count) }

    func append(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 256 * 1024 { try flush() }
    }

    /// Writes what is still in memory, so that the file can be read.
    func flush() throws {
        guard !buffer.isEmpty else { return }
        try file.append(buffer, at: written)
        written += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }
}
