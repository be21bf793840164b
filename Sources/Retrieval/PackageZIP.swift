import Bundles
import Containers
import Cryptography
package import Files
package import Records
package import SystemPackage

/// Hands over a whole package as the ZIP that TT 05/2025 asks for between systems, its versions laid over each other.
package struct PackageZIP {
    private let tars: [(file: any OpenFile, expected: Digest)]
    private let volume: any Volume

    /// Prepares to repack tars whose SHA-512 are known, the first version's first.
    package init(of tars: [(any OpenFile, Digest)], volume: any Volume) {
        self.tars = tars.map { (file: $0.0, expected: $0.1) }
        self.volume = volume
    }

    /// Writes aside, proves the tars' digests, then gives it its name; gives the ZIP's size and SHA-256.
    package func write(to path: FilePath) throws -> (size: Int64, sha256: Digest) {
        do {
            return try NewFile(path, volume: volume).write { try repack(into: $0) }
        } catch is TarFailure {
            throw DeliveryFailure.damaged
        }
    }

    private func repack(into file: any OpenFile) throws -> (size: Int64, sha256: Digest) {
        let output = Output(file)
        let zip = try ZIPWriter { try output.append($0) }
        for (number, tar) in tars.enumerated() {
            let replaced = try METSOfTars.replacing(after: number, tars.map(\.file))
            try copy(tar.file, expecting: tar.expected, without: replaced, into: zip)
        }
        try zip.finish()
        let digest = Digest(sha256: output.hasher.finalizeAndReset())
        return (output.size, digest)
    }

    private func copy(
        _ tar: any OpenFile, expecting expected: Digest, without replaced: Set<[UInt8]>,
        into zip: ZIPWriter
    ) throws {
        let whole = Cryptography.Hasher(.sha512)
        var parser = TarParser()
        var isKept = true
        try tar.forEachPiece(in: WorkBuffer(count: 1 << 20)) { piece, _ in
            whole.update(piece)
            try parser.consume(piece) { (event) throws(any Error) in
                switch event {
                case .entry(let header, _):
                    isKept = !replaced.contains(header.path)
                    if isKept {
                        try zip.begin(header.path, size: header.size, modified: header.modified)
                    }
                case .content(let range):
                    if isKept {
                        try zip.append(UnsafeRawBufferPointer(rebasing: piece[range]))
                    }
                case .entryEnd: break
                }
            }
        }
        try parser.finish()
        guard whole.finalizeAndReset() == expected.bytes else { throw DeliveryFailure.damaged }
    }
}

/// The METS files that later tars of a package write anew; nothing else is ever replaced (`docs/bundle.md`).
private enum METSOfTars {
    static func replacing(after number: Int, _ tars: [any OpenFile]) throws -> Set<[UInt8]> {
        var replaced: Set<[UInt8]> = []
        for tar in tars.dropFirst(number + 1) {
            try BundleScan.forEachEntry(of: tar) { entry in
                if entry.path.name == BundleLayout.mets { replaced.insert(entry.path.bytes) }
            }
        }
        return replaced
    }
}

/// The ZIP's file with its digest.
private final class Output {
    private let file: any OpenFile
    let hasher = Cryptography.Hasher(.sha256)
    private(set) var size: Int64 = 0

    init(_ file: any OpenFile) { self.file = file }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        try file.write(bytes, at: size)
        hasher.update(bytes)
        size += Int64(bytes.count)
    }
}
