import Cryptography
import Files
import Records
import SystemPackage

extension Volume {
    /// SHA-256 of a whole file, read piece by piece.
    func sha256(of path: FilePath) throws -> Digest {
        let hasher = Cryptography.Hasher(.sha256)
        try open(path).forEachPiece(in: WorkBuffer(count: 1 << 20)) { piece, _ in
            hasher.update(piece)
        }
        guard let digest = Digest(.sha256, bytes: hasher.finalizeAndReset()) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return digest
    }
}
