package import Cryptography
package import Files
import Records
package import SystemPackage

extension StagedBundle {
    /// Seals the sums (CAdES-B, detached); the signature is on the disk when it returns (invariant W1).
    package func sealed(
        with key: SealKey, certificate: Certificate, chain: [Certificate], in staging: FilePath,
        volume: any Volume
    ) throws -> SealedBundle {
        let der = try Seal.make(
            content: sumsBytes, key: key, certificate: certificate, chain: chain,
            signingTime: plan.packagedAt.seconds)
        let file = try StagedFile.write(der, as: plan.layout.seal, in: staging, volume: volume)
        // Staging's names reach the disk before any store takes the files.
        try volume.synchronizeFolder(staging)
        return SealedBundle(staged: self, seal: file)
    }
}
