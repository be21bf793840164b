import Bundles
import Cryptography
import Files
import Records
import SystemPackage

extension Archive {
    /// Opens the seal's key and proves that it may seal today.
    func sealingKey(_ given: [UInt8]?) throws -> any SealSigner {
        try requireFiles()
        try requireUsable(try currentCertificate())
        return try signer(given)
    }

    private func requireFiles() throws {
        let files =
            [layout.sealCertificate] + (configuration.sealToken == nil ? [layout.sealKey] : [])
        for path in files where try world.volume.status(path)?.kind != .file {
            throw ArchiveFailure(.keyMissing, subject: path.string)
        }
    }

    /// Opens the key, in its file or on its token, with the certificates that an entry adopted.
    func signer(_ given: [UInt8]?) throws -> any SealSigner {
        try requireFiles()
        let pem = try world.volume.readAll(layout.sealCertificate, limit: Configuration.limit)
        let certificates = try Certificate.reading(pem: pem)
        if let certificate = certificates.first { try requireAdopted(certificate) }
        if let token = configuration.sealToken {
            return try world.signer(token, certificates: pem)
        }
        let key = try softwareKey(given)
        guard let signer = FileSigner(key: key, certificates: certificates) else {
            throw ArchiveFailure(.keyMismatch, subject: layout.sealCertificate.string)
        }
        return signer
    }

    private func softwareKey(_ given: [UInt8]?) throws -> SealKey {
        try SealKey.reading(
            pem: world.volume.readAll(layout.sealKey, limit: Configuration.limit),
            passphrase: passphrase(given))
    }

    /// The passphrase given, else that of the file which the configuration names.
    func passphrase(_ given: [UInt8]?) throws -> [UInt8]? {
        guard given == nil, let file = configuration.sealPassphraseFile else { return given }
        let path = FilePath(file)
        return try Passphrase.read(
            path.isAbsolute ? path : layout.root.pushing(path), volume: world.volume)
    }

    private func requireUsable(_ certificate: Certificate) throws {
        try requireAdopted(certificate)
        // What is sealed while nobody knows which keys are revoked would be doubtful at once.
        let lost = try policy.lost(.revocation)
        guard lost.isEmpty else {
            throw ArchiveFailure(
                .revocationsLost,
                subject: lost.map { "policy/" + $0 }.joined(separator: ", "))
        }
        if let since = try policy.revokedKeys().revocation(of: certificate.fingerprint) {
            throw ArchiveFailure(
                .keyRevoked, subject: layout.sealCertificate.string,
                ["fingerprint": certificate.fingerprint, "since": since.vietnamText])
        }
        let now = world.now().seconds
        guard certificate.notBefore <= now, now <= certificate.notAfter else {
            throw ArchiveFailure(
                .keyExpired, subject: layout.sealCertificate.string,
                [
                    "from": Instant(seconds: certificate.notBefore).vietnamText,
                    "until": Instant(seconds: certificate.notAfter).vietnamText,
                ])
        }
    }

    /// Invariant T1: a bundle sealed under a certificate that no entry adopted would be nobody's.
    private func requireAdopted(_ certificate: Certificate) throws {
        let isAdopted = try TrustAnchors.of(policy).contains {
            $0.fingerprint == certificate.fingerprint
        }
        guard isAdopted else {
            throw ArchiveFailure(
                .keyNotAdopted, subject: layout.sealCertificate.string,
                ["fingerprint": certificate.fingerprint])
        }
    }
}
