package import Cryptography
package import Records

/// What verification of one bundle found.
package struct BundleVerdict {
    package var findings: [Finding] = []
    /// What is wrong with trust only; bytes are intact.
    package var trustFindings: [Finding] = []
    package var signer: SignerFacts?
    /// SHA-512 of the tar as it was read.
    package var tarSHA512: Digest?
    package var bytes: Int64 = 0

    package init() {}

    package var isIntact: Bool { !findings.containsErrors }
}
