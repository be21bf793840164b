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
        return Digest(sha256: hasher.finalizeAndReset())
    }
}
