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
        try compare(BundleLayout.mets, below: "")
        try compare(
            BundleLayout.representation + BundleLayout.representationMETS,
            below: BundleLayout.representation)
        return digest.flatMap { Digest(.sha512, bytes: $0) }
    }

    private mutating func report(
        _ code: FindingCode, _ path: String, _ facts: [String: String] = [:]
    ) {
        guard findings.count < Self.limit else { return }
        let subject = (package.lastComponent?.string ?? "") + "/" + path
        findings.append(Finding(code, subject: subject, facts))
    }

    private mutating func compare(_ mets: String, below folder: String) throws {
        guard let file = try open(mets) else { return report(.metadataMissing, mets) }
        var named: [METSReading.File] = []
        do {
            var links = METSLinks()
            let place = BundleScan.Place(offset: 0, size: try file.status().size)
            try METSReading(file, at: place).forEachFile(&links) { named.append($0) }
        } catch let failure as XMLFailure {
            return report(.metadataMalformed, mets, ["detail": failure.text])
        }
        for file in named { try compare(file, at: folder + file.href) }
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
