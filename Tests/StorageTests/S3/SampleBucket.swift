import Files
import Network
import Records
import Rehearsal
import Storage
import Synchronization

/// A bucket of a test's own on a real object store.
struct SampleBucket {
    let server: SeaweedServer
    let name: String

    /// Makes the bucket; nil, after a word on the output, when there is no store.
    init?(withLocks: Bool = false, on own: SeaweedServer? = nil) throws {
        guard let server = try own ?? SeaweedServer.shared.get() else { return nil }
        self.server = server
        name = try server.makeBucket(withLocks: withLocks)
    }

    func client(
        _ prefix: String = "Kho lưu trữ", keys: String = SeaweedServer.writer,
        check: @escaping @Sendable () throws -> Void = {}
    ) throws -> S3Client {
        try Self.client("s3://\(name)/\(prefix)", server.connection(keys), check: check)
    }

    static func client(
        _ address: String, _ connection: S3Connection, retries: Int = 3,
        check: @escaping @Sendable () throws -> Void = {}
    ) throws -> S3Client {
        guard let address = S3Address(address) else { throw NotAnAddress() }
        return S3Client(
            address, connection: connection, pace: S3Pace(retries: retries, sleep: { _ in }),
            check: check)
    }

    struct NotAnAddress: Error {}
}

extension S3Client {
    /// Everything that a listing gives.
    func everything(pageSize: Int = 1000) throws -> [S3Listed] {
        var all: [S3Listed] = []
        try list(pageSize: pageSize) { all.append($0) }
        return all
    }

    func everyVersion(pageSize: Int = 1000) throws -> [S3Listed] {
        var all: [S3Listed] = []
        try listVersions(pageSize: pageSize) { all.append($0) }
        return all
    }
}

/// A file of any size that is never anywhere: each byte follows from its place.
final class EndlessPattern: ReadableFile, Sendable {
    let size: Int64
    /// The most bytes that were asked for at once.
    let largestRead = Mutex(0)
    private let before: @Sendable (Int64) throws(FileFailure) -> Void

    init(
        size: Int64, before: @escaping @Sendable (Int64) throws(FileFailure) -> Void = { _ in }
    ) {
        self.size = size
        self.before = before
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    {
        try before(offset)
        largestRead.withLock { $0 = max($0, buffer.count) }
        let count = Int(max(0, min(Int64(buffer.count), size - offset)))
        let period = Int64(Self.table.count)
        var done = 0
        while done < count {
            let place = Int((offset + Int64(done)) % period)
            let piece = min(count - done, Self.table.count - place)
            UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + piece)])
                .copyBytes(from: Self.table[place..<(place + piece)])
            done += piece
        }
        return count
    }

    /// Repeats at no round number, so that no two pieces are alike.
    private static let table: [UInt8] = (0..<65_537).map {
        UInt8(truncatingIfNeeded: (UInt64($0) &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
}
