package import Files
package import Records
import SystemPackage

/// An object of an object store read like a file from any place, a few MiB ahead; it stays the same bytes throughout.
package final class S3ObjectReader: ReadableFile {
    private let client: S3Client
    private let path: RelativePath
    package let facts: S3Facts
    private let version: String?
    private var ahead: [UInt8] = []
    private var aheadStart: Int64 = 0
    private let aheadCount: Int64
    /// Why the last read failed: an `S3Failure`, or what ended the program's work.
    package private(set) var failure: (any Error)?

    /// Opens an object, or one version of it; nil when there is none.
    package init?(
        _ client: S3Client, _ path: RelativePath, version: String? = nil,
        ahead count: Int = 4 << 20
    ) throws {
        guard let facts = try client.facts(of: path, version: version) else { return nil }
        self.client = client
        self.path = path
        self.facts = facts
        // Whoever lays another version above this one meanwhile does not change what is read.
        self.version = version ?? facts.version
        aheadCount = Int64(count)
        // A small object is here as soon as it is open, and its store's failure is told in the store's terms.
        if facts.size <= aheadCount { try load(0) }
    }

    /// The version and the server's tag.
    package var identity: String? {
        facts.etag.map { "\(facts.size)-\(version ?? "")-\($0)" }
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64)
        throws(FileFailure) -> Int
    {
        guard offset >= 0, offset < facts.size, !buffer.isEmpty else { return 0 }
        if offset < aheadStart || offset >= aheadStart + Int64(ahead.count) { try fetch(offset) }
        let start = Int(offset - aheadStart)
        let count = min(buffer.count, ahead.count - start)
        buffer.copyBytes(from: ahead[start..<(start + count)])
        return count
    }

    private func load(_ offset: Int64) throws {
        ahead.removeAll(keepingCapacity: true)
        aheadStart = offset
        let end = min(facts.size, offset + aheadCount)
        do {
            try client.get(path, offset..<end, version: version, etag: facts.etag) { ahead += $0 }
        } catch {
            ahead.removeAll(keepingCapacity: true)
            throw error
        }
    }

    private func fetch(_ offset: Int64) throws(FileFailure) {
        do { try load(offset) } catch {
            failure = error
            throw FileFailure(.read, FilePath(client.address.subject(path)), errno(of: error))
        }
    }

    /// What a disk would say: rot is about this object only, everything else about the store.
    private func errno(of error: any Error) -> Errno {
        guard let failure = error as? S3Failure else { return .interrupted }
        return switch failure.reason {
        case .missing: .noSuchFileOrDirectory
        case .denied: .permissionDenied
        case .condition, .checksum, .answer, .refused: .ioError
        case .away, .tls, .keyWrong, .keyFile, .clock, .noBucket, .busy, .full: .hostIsDown
        }
    }
}
