import Containers
import Cryptography
package import Files
package import Records
package import SystemPackage

/// Hands over a whole bundle as the ZIP that TT 05/2025 asks for between systems.
package struct PackageZIP {
    private let tar: any OpenFile
    private let expected: Digest
    private let volume: any Volume

    /// Prepares to repack a tar whose SHA-512 is known.
    package init(of tar: any OpenFile, expecting expected: Digest, volume: any Volume) {
        self.tar = tar
        self.expected = expected
        self.volume = volume
    }

    /// Writes aside, proves the tar's digest, then renames; gives the ZIP's size and SHA-256.
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
        let whole = Cryptography.Hasher(.sha512)
        var parser = TarParser()
        try tar.forEachPiece(in: WorkBuffer(count: 1 << 20)) { piece, _ in
            whole.update(piece)
            try parser.consume(piece) { (event) throws(any Error) in
                switch event {
                case .entry(let header, _):
                    try zip.begin(header.path, size: header.size, modified: header.modified)
                case .content(let range):
                    try zip.append(UnsafeRawBufferPointer(rebasing: piece[range]))
                case .entryEnd: break
                }
            }
        }
        try parser.finish()
        guard whole.finalizeAndReset() == expected.bytes else { throw DeliveryFailure.damaged }
        try zip.finish()
        guard let digest = Digest(.sha256, bytes: output.hasher.finalizeAndReset()) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return (output.size, digest)
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
