import Cryptography
package import Files
package import Records
package import SystemPackage
import XML

/// Compares the files of an unpacked package with its METS files, as `METSComparison` does with those of a tar.
package struct UnpackedMETS {
    private let package: FilePath
    private let volume: any Volume
    private let buffer: WorkBuffer
    /// Hashes, seeded anew in each run, of the paths that METS files name.
    private var names: Set<Int> = []
    package private(set) var findings: [Finding] = []
    /// More findings than this say nothing new.
    private static let limit = 1000

    /// Prepares to compare the package in a folder that holds `METS.xml`.
    package init(_ package: FilePath, volume: any Volume) {
        self.package = package
        self.volume = volume
        buffer = WorkBuffer(count: 1 << 20)
    }

    /// Reads every file that METS names; gives the SHA-512 of `METS.xml` itself, nil when it is not there.
    package mutating func run() throws -> Digest? {
        let digest = try self.digest(BundleLayout.mets, .sha512)
        names.insert(Array(BundleLayout.mets.utf8).hashValue)
        let representations = try compare(BundleLayout.mets, below: "").filter(Self.isInner)
        for inner in representations {
            let folder = inner.dropLast(BundleLayout.mets.count)
            _ = try compare(inner, below: String(folder))
        }
        try findStrangers(package, below: [])
        return digest.flatMap { Digest(.sha512, bytes: $0) }
    }

    private mutating func report(
        _ code: FindingCode, _ path: String, _ facts: [String: String] = [:]
    ) {
        guard findings.count < Self.limit else { return }
        let subject = (package.lastComponent?.string ?? "") + "/" + path
        findings.append(Finding(code, subject: subject, facts))
    }

    /// `representations/rep1/METS.xml` and its like.
    private static func isInner(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0] == "representations" && parts[2] == BundleLayout.mets
    }

    /// Files that no METS file names were put there by somebody else.
    private mutating func findStrangers(_ folder: FilePath, below prefix: [UInt8]) throws {
        guard try volume.status(folder)?.kind == .folder else { return }
        for entry in try volume.list(folder) {
            let path = prefix + entry.name.bytes
            if entry.kind == .folder {
                try findStrangers(folder.appending(entry.name), below: path + [0x2F])
            } else if entry.kind != .file || !names.contains(path.hashValue) {
                report(.entryUnexpected, RelativePath(bytes: path).text)
            }
        }
    }

    /// Compares what a METS file names; gives the paths.
    private mutating func compare(_ mets: String, below folder: String) throws -> [String] {
        guard let file = try open(mets) else {
            report(.metadataMissing, mets)
            return []
        }
        var named: [METSReading.File] = []
        do {
            var links = METSLinks()
            let place = BundleScan.Place(offset: 0, size: try file.status().size)
            try METSReading(file, at: place).forEachFile(&links) { named.append($0) }
        } catch let failure as XMLFailure {
            report(.metadataMalformed, mets, ["detail": failure.text])
            return []
        }
        for file in named {
            let path = folder + file.href
            names.insert(Array(path.utf8).hashValue)
            try compare(file, at: path)
        }
        return named.map { folder + $0.href }
    }

    private mutating func compare(_ file: METSReading.File, at path: String) throws {
        guard let digest = try digest(path, .sha256) else { return report(.entryMissing, path) }
        let found = Hexadecimal.text(of: digest)
        if found != file.sha256.lowercased() {
            report(.entryDigest, path, ["expected": file.sha256.lowercased(), "found": found])
        }
    }

    private func digest(_ path: String, _ algorithm: Cryptography.Hasher.Algorithm) throws
        -> [UInt8]?
    {
        guard let file = try open(path) else { return nil }
        let hasher = Cryptography.Hasher(algorithm)
        try file.forEachPiece(in: buffer) { piece, _ in hasher.update(piece) }
        return hasher.finalizeAndReset()
    }

    /// A file of the package; nil when it is not there, not a file, or the path leads elsewhere.
    private func open(_ path: String) throws -> (any OpenFile)? {
        let parts = path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && !part.contains(0) && !part.elementsEqual(".".utf8)
                && !part.elementsEqual("..".utf8)
        }
        guard isPlain else { return nil }
        let target = package.appending(bytes: Array(path.utf8))
        guard try volume.status(target)?.kind == .file else { return nil }
        return try volume.open(target)
    }
}
