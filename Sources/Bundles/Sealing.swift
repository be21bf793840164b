package import Cryptography
package import Files
import Records
package import SystemPackage

extension StagedBundle {
    /// Seals the sums (CAdES-B, detached); the signature is on the disk when it returns (invariant W1).
    package func sealed(
        by signer: any SealSigner, in staging: FilePath, volume: any Volume
    ) throws -> SealedBundle {
        let der = try signer.seal(sumsBytes, at: plan.packagedAt.seconds)
        let file = try StagedFile.write(der, as: plan.layout.seal, in: staging, volume: volume)
        // Staging's names reach the disk before any store takes the files.
        try volume.synchronizeFolder(staging)
        return SealedBundle(staged: self, seal: file)
    }
}
