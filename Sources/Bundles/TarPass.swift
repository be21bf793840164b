import Containers
import Cryptography
import Files
import Records

/// One reading of a whole tar: structure, the SHA-256 of each entry, the SHA-512 of the whole and of each segment.
struct TarPass {
    /// The entries of this tar laid over those of the tars before it.
    private(set) var entries: PackageEntries
    private(set) var findings: [Finding] = []
    private(set) var firstPath: RelativePath?
    private(set) var lastPath: RelativePath?
    private(set) var whole: Digest?
    private(set) var length: Int64 = 0
    private(set) var isWhole = false
    /// SHA-512 of each segment, 64 bytes one after another.
    private(set) var segmentDigests: [UInt8] = []

    private let subject: String
    /// Which of the package's tars this is, counted from 1.
    private let number: Int

    init(subject: String, after earlier: EarlierVersions = .nothing) {
        self.subject = subject
        number = earlier.tars.count + 1
        entries = earlier.entries
        entries.forgetNames()
    }

    /// Reads the tar; its own damage becomes findings, a disk that does not answer is an error.
    mutating func read(_ tar: any OpenFile, in buffer: WorkBuffer, _ progress: (Int) throws -> Void)
        throws
    {
        var parser: TarParser? = TarParser()
        let wholeHasher = Hasher(.sha512)
        let contentHasher = Hasher(.sha256)
        var current: (RelativePath, Int64, Int64)?
        var offset: Int64 = 0
        while true {
            let group = buffer.bytes.count / SegmentList.segmentSize * SegmentList.segmentSize
            let count = try tar.fill(buffer.prefix(group), at: offset)
            if count == 0 { break }
            let read = UnsafeRawBufferPointer(buffer.prefix(count))
            segmentDigests += SegmentList.digests(of: read).joined()
            for piece in SegmentList.slices(of: read) {
                wholeHasher.update(piece)
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
        let entry = PackageEntries.Entry(
            tar: number, offset: offset, size: size, sha256: sha256)
        switch entries.add(path, entry) {
        case .new: break
        case .twice: findings.append(Finding(.entryTwice, subject: path.text))
        case .replacing:
            // Only METS says anew what the package is; everything else of a later state has a name of its own.
            if !BundleLayout.isMETS(path) {
                findings.append(Finding(.entryReplaced, subject: path.text))
            }
        }
    }

    private mutating func report(_ failure: TarFailure, in path: RelativePath?) {
        findings.append(
            Finding(
                .tarStructure, subject: path?.text ?? lastPath?.text ?? subject,
                ["reason": failure.reason.rawValue, "offset": String(failure.offset)]))
    }
}
