import Cryptography
import Files
import Records
import Storage

/// The SHA-512 of a file behind a network, from its beginning or from where an earlier run stopped.
struct RemoteReading {
    private let file: any ReadableFile
    private let size: Int64
    private let stream = LaneStream(lanes: 1, width: 1)
    private var done: Int64 = 0
    private var digest: ContentDigest?

    /// Begins where a reading of the same file ended, else with the first byte.
    init(_ file: any ReadableFile, size: Int64, after reading: FileReading?) {
        self.file = file
        self.size = size
        guard let reading, reading.identity == file.identity, reading.fits(size: size) else {
            return
        }
        switch reading.extent {
        case .whole(let found): digest = found
        case .part(let state):
            stream.begin(0, at: state)
            done = Int64(state.length)
        }
    }

    /// How far it has come; nil where nothing tells the file from another in its place.
    var reading: FileReading? {
        guard let identity = file.identity else { return nil }
        return FileReading(
            identity: identity, extent: digest.map { .whole($0) } ?? .part(stream.state(of: 0)))
    }

    /// Reads to the end, through a buffer of whole blocks; what `progress` throws ends it between two pieces.
    mutating func run(
        through buffer: WorkBuffer, progress: (Int) throws -> Void
    ) throws -> ContentDigest {
        while true {
            if let digest { return digest }
            let room = buffer.prefix(Int(min(Int64(buffer.bytes.count), size - done)))
            let count = try file.fill(room, at: done)
            done += Int64(count)
            let isLast = count < room.count || done >= size
            stream.feed(0, UnsafeRawBufferPointer(rebasing: room[..<count]), isLast: isLast)
            while !stream.isHungry(0) { stream.run() }
            if isLast { digest = ContentDigest(sha512: found(), size: done) }
            try progress(count)
        }
    }

    private func found() -> Digest {
        return Digest(sha512: stream.digest(of: 0))
    }
}
