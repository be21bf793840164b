import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// Compares every file of an export with the manifest, both read in the order of the paths; memory stays small.
struct ManifestComparison {
    private let layout: ExportLayout
    private let volume: any Volume
    private let buffer: WorkBuffer
    private let progress: (Int) throws -> Void
    private var reader: ManifestReader
    private var current: ManifestLine?
    private var last: RelativePath?
    private(set) var findings: [Finding] = []
    /// Files that the manifest names and that are there, without `export.json`, and their bytes.
    private(set) var files: Int64 = 0
    private(set) var bytes: Int64 = 0
    /// More findings than this say nothing new.
    private static let limit = 1000

    init(
        _ layout: ExportLayout, volume: any Volume, buffer: WorkBuffer,
        progress: @escaping (Int) throws -> Void
    ) throws {
        self.layout = layout
        self.volume = volume
        self.buffer = buffer
        self.progress = progress
        reader = ManifestReader(try volume.open(layout.manifest))
    }

    mutating func run() throws {
        try advance()
        try walk()
        while let line = current {
            report(.exportFileMissing, line.path)
            try advance()
        }
    }

    private mutating func walk() throws {
        var comparison = self
        defer { self = comparison }
        try SortedWalk(volume: volume, folder: { _ in }) { path, file, kind in
            try comparison.meet(path, file, kind)
        }.run(layout.root)
    }

    private mutating func report(
        _ code: FindingCode, _ path: RelativePath, _ facts: [String: String] = [:]
    ) {
        guard findings.count < Self.limit else { return }
        findings.append(Finding(code, subject: path.text, facts))
    }

    /// Takes the next line in; lines that are malformed or out of order end the manifest.
    private mutating func advance() throws {
        current = nil
        switch try reader.next() {
        case .end: return
        case .malformed: reportLine()
        case .line(let line):
            if let last, !(last < line.path) { return reportLine() }
            last = line.path
            current = line
        }
    }

    private mutating func reportLine() {
        let subject = RelativePath(ExportLayout.manifestName)
        report(.exportManifestWrong, subject, ["line": String(reader.number)])
    }

    private mutating func meet(_ path: RelativePath, _ file: FilePath, _ kind: FileStatus.Kind)
        throws
    {
        while let line = current, line.path < path {
            report(.exportFileMissing, line.path)
            try advance()
        }
        guard let line = current, line.path == path else {
            if path != RelativePath(ExportLayout.manifestName) { report(.exportFileExtra, path) }
            return
        }
        try advance()
        guard kind == .file else { return report(.exportFileExtra, path) }
        try compare(line, file)
    }

    private mutating func compare(_ line: ManifestLine, _ path: FilePath) throws {
        let hasher = Cryptography.Hasher(.sha512)
        var size: Int64 = 0
        do {
            try volume.open(path).forEachPiece(in: buffer) { piece, _ in
                hasher.update(piece)
                size += Int64(piece.count)
                try progress(piece.count)
            }
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return report(.fileUnreadable, line.path, ["reason": failure.errno.description])
        }
        let found = Hexadecimal.text(of: hasher.finalizeAndReset())
        if found != line.sha512.hex {
            report(
                .exportFileChanged, line.path, ["expected": line.sha512.hex, "found": found])
        }
        guard line.path != RelativePath(ExportLayout.cardName) else { return }
        files += 1
        bytes += size
    }
}
