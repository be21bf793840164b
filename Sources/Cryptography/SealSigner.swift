/// Whoever can seal: a key in a file or on a token, with the certificate that belongs to it.
package protocol SealSigner {
    var certificate: Certificate { get }
    /// Makes a seal over content; the signing time is in seconds since 1970.
    func seal(_ content: [UInt8], at signingTime: Int64) throws -> [UInt8]
}

extension SealSigner {
    /// Why seals of this signer would not be trusted by its own certificate; nil when they would be.
    package func unfitness(at time: Int64) throws -> String? {
        let content = Array("luutru".utf8)
        switch Seal.verify(try seal(content, at: time), content: content, trusted: [certificate]) {
        case .trusted: return nil
        case .untrusted(_, let reason), .broken(let reason): return reason
        }
    }
}

/// A key in a file, proved to be its certificate's.
package struct FileSigner: SealSigner {
    package let certificate: Certificate
    private let key: SealKey
    /// What stands behind the certificate: the way to the authority's root.
    private let chain: [Certificate]

    /// Joins key and certificates, the signer's first; nil when they do not belong together.
    package init?(key: SealKey, certificates: [Certificate]) {
        guard let certificate = certificates.first, certificate.matches(key) else { return nil }
        self.key = key
        self.certificate = certificate
        chain = Array(certificates.dropFirst())
    }

    /// Seals with the key in memory.
    package func seal(_ content: [UInt8], at signingTime: Int64) throws -> [UInt8] {
        try Seal.make(
            content: content, key: key, certificate: certificate, chain: chain,
            signingTime: signingTime)
    }
}
