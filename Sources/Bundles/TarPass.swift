import Containers
import Cryptography
import Files
import Records

/// One reading of a whole tar: structure, the SHA-256 of each entry, the SHA-512 of the whole and of each segment.
struct TarPass {
    /// What was read of an entry.
    struct Entry {
        let offset: Int64
        let size: Int64
        let sha256: [UInt8]
        /// Whether METS named it.
        var isNamed = false
    }

    /// Entries by their path's key; the paths themselves are not kept, so that memory stays small.
    private(set) var entries: [PathKey: Entry] = [:]
    private(set) var findings: [Finding] = []
    private(set) var firstPath: RelativePath?
    private(set) var lastPath: RelativePath?
    private(set) var whole: Digest?
    private(set) var length: Int64 = 0
    private(set) var isWhole = false
    /// SHA-512 of each segment, 64 bytes one after another.
    private(set) var segmentDigests: [UInt8] = []

    private let subject: String

    init(subject: String) { self.subject = subject }

    /// Reads the tar; its own damage becomes findings, a disk that does not answer is an error.
    mutating func read(_ tar: any OpenFile, in buffer: WorkBuffer, _ progress: (Int) throws -> Void)
        throws
    {
        var parser: TarParser? = TarParser()
        let wholeHasher = Hasher(.sha512)
        let segmentHasher = Hasher(.sha512)
        let contentHasher = Hasher(.sha256)
        var current: (RelativePath, Int64, Int64)?
        var offset: Int64 = 0
        while true {
            let count = try tar.fill(buffer.prefix(SegmentList.segmentSize), at: offset)
            if count == 0 { break }
            let piece = UnsafeRawBufferPointer(buffer.prefix(count))
            wholeHasher.update(piece)
            segmentHasher.update(piece)
            segmentDigests += segmentHasher.finalizeAndReset()
            do {
                try parser?.consume(piece) { (event) throws(any Error) in
                    switch event {
                    case .entry(let header, let offset):
                        current = (RelativePath(bytes: header.path), offset, header.size)
                    case .content(let range):
                        contentHasher.update(UnsafeRawBufferPointer(rebasing: piece[range]))
                    case .entryEnd:
                        if let (path, offset, size) = current {
                            record(path, offset, size, contentHasher.finalizeAndReset())
                        }
                        current = nil
                    }
                }
            } catch let failure as TarFailure {
                report(failure, in: current?.0)
                parser = nil
            }
            offset += Int64(count)
            try progress(count)
        }
        length = offset
        whole = Digest(.sha512, bytes: wholeHasher.finalizeAndReset())
        finish(parser, in: current?.0)
    }

    private mutating func finish(_ parser: TarParser?, in path: RelativePath?) {
        guard let parser else { return }
        do throws(TarFailure) {
            try parser.finish()
            isWhole = true
        } catch {
            report(error, in: path)
        }
    }

    private mutating func record(
        _ path: RelativePath, _ offset: Int64, _ size: Int64, _ sha256: [UInt8]
    ) {
        if firstPath == nil { firstPath = path }
        lastPath = path
        let entry = Entry(offset: offset, size: size, sha256: sha256)
        if entries.updateValue(entry, forKey: PathKey(path)) != nil {
            findings.append(Finding(.entryTwice, subject: path.text))
        }
    }

    private mutating func report(_ failure: TarFailure, in path: RelativePath?) {
        findings.append(
            Finding(
                .tarStructure, subject: path?.text ?? lastPath?.text ?? subject,
                ["reason": failure.reason.rawValue, "offset": String(failure.offset)]))
    }

    /// Marks an entry as named by METS; nil when the tar has none of this path.
    mutating func take(_ path: RelativePath) -> Entry? {
        let key = PathKey(path)
        guard let entry = entries[key] else { return nil }
        entries[key]?.isNamed = true
        return entry
    }

    /// What was read of an entry, without marking it.
    func entry(_ path: RelativePath) -> Entry? { entries[PathKey(path)] }

    var unnamedCount: Int { entries.values.count { !$0.isNamed } }

    func isNamed(_ path: RelativePath) -> Bool { entries[PathKey(path)]?.isNamed == true }
}

/// The first sixteen bytes of a path's SHA-256: enough to tell the paths of one bundle apart.
struct PathKey: Hashable {
    private let high: UInt64
    private let low: UInt64

    init(_ path: RelativePath) {
        let digest = Cryptography.Hasher.digest(.sha256, of: path.bytes)
        high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
