import Bundles
import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// A new key as it will be kept.
private struct PreparedKey {
    /// The PEM to keep; nil for a key on a token.
    let key: [UInt8]?
    let certificates: [UInt8]
    let certificate: Certificate
    let token: TokenChoice?
}

extension Archive {
    /// Gives the seal a new key: the old one signs its announcement, one entry adopts it, old certificates stay.
    package func rotateSealKey(_ rotation: KeyRotation) throws -> KeyRotated {
        // The old key first: who cannot use it may not choose its successor.
        let old = rotation.isOldLost ? nil : try signer(rotation.passphrase)
        let before = try currentCertificate()
        let new = try prepared(rotation)
        try requireNew(new.certificate)
        let file = try new.certificate.pem
        let now = world.now()
        let announcement = try old?.seal(file, at: now.seconds)
        let text = try configurationText(for: new)
        let change = KeySwitch(layout: layout, world: world)
        try change.stage(key: new.key, certificates: new.certificates, configuration: text)
        let name = try enter(file, announcement, text, before, new.certificate)
        let known = try KnownKeys.of(policy)
        let verifier = try ledgerKeys.verifier(of: ledgerKeys.keyOrNew())
        try change.finish { certificate, configuration in
            KeySheet.text(
                configuration: configuration, certificate: certificate, keys: known,
                ledger: verifier, at: now)
        }
        return KeyRotated(
            fingerprint: new.certificate.fingerprint, before: before.fingerprint, file: name,
            isAnnounced: try announcement != nil && !isRevoked(before), sheet: layout.keySheet)
    }

    /// Whether what a key signs says nothing any more.
    func isRevoked(_ certificate: Certificate) throws -> Bool {
        try policy.revokedKeys().revocation(of: certificate.fingerprint) != nil
    }

    /// The certificate that the seal's key has now.
    func currentCertificate() throws -> Certificate {
        let pem = try world.volume.readAll(layout.sealCertificate, limit: Configuration.limit)
        guard let certificate = try Certificate.reading(pem: pem).first else {
            throw ArchiveFailure(.keyMissing, subject: layout.sealCertificate.string)
        }
        return certificate
    }

    /// Files of the policy first, then the one entry that makes them hold; the ledger's word is the turning point.
    private func enter(
        _ file: [UInt8], _ announcement: [UInt8]?, _ text: [UInt8], _ before: Certificate,
        _ certificate: Certificate
    ) throws -> String {
        let kept = try policy.keep(file, as: .seal)
        var digests = ["policy/" + kept.name: kept.digest]
        if let announcement {
            let name = kept.name + KeyAnnouncement.ending
            try world.volume.writeDurably(
                announcement, to: objects.layout.policy.appending(name))
            digests["policy/" + name] = PolicyStore.digest(of: announcement)
        }
        if try policy.currentDigest(.configuration) != PolicyStore.digest(of: text) {
            let adapted = try policy.keep(text, as: .configuration)
            digests["policy/" + adapted.name] = adapted.digest
        }
        try record(
            draft(
                LedgerAct.policy, "policy assignment", digests: digests,
                facts: [
                    "use": "seal", "fingerprint": .string(certificate.fingerprint),
                    "before": .string(before.fingerprint),
                    "announced": announcement == nil ? false : true,
                ]))
        return kept.name
    }

    private func prepared(_ rotation: KeyRotation) throws -> PreparedKey {
        switch rotation.newKey {
        case .made(let usesRSA):
            let key = try SealKey.generate(usesRSA ? .rsa3072 : .p256)
            let certificate = try Self.certificate(for: key, configuration, in: world)
            return PreparedKey(
                key: try key.pem(passphrase: passphrase(rotation.passphrase)),
                certificates: try certificate.pem, certificate: certificate, token: nil)
        case .files(let keyFile, let certificateFile):
            return try prepared(keyFile, certificateFile, rotation.passphrase)
        case .onToken(let choice):
            let signer = try choice.signer(in: world)
            return PreparedKey(
                key: nil, certificates: signer.certificatesPEM, certificate: signer.certificate,
                token: choice)
        }
    }

    private func prepared(
        _ keyFile: FilePath, _ certificateFile: FilePath, _ given: [UInt8]?
    ) throws -> PreparedKey {
        let phrase = try passphrase(given)
        let key = try SealKey.reading(
            pem: world.volume.readAll(keyFile, limit: Configuration.limit), passphrase: phrase)
        let pem = try world.volume.readAll(certificateFile, limit: Configuration.limit)
        guard
            let signer = FileSigner(key: key, certificates: try Certificate.reading(pem: pem))
        else { throw ArchiveFailure(.keyMismatch, subject: certificateFile.string) }
        try world.requireFit(signer)
        return PreparedKey(
            key: try key.pem(passphrase: phrase), certificates: pem,
            certificate: signer.certificate, token: nil)
    }

    /// A certificate that was here before, or another for a revoked key, is no new one.
    private func requireNew(_ certificate: Certificate) throws {
        let revoked = try policy.revokedKeys()
        for known in try TrustAnchors.of(policy) {
            let isRevoked = revoked.revocation(of: known.fingerprint) != nil
            if known.fingerprint == certificate.fingerprint
                || isRevoked && known.hasSameKey(as: certificate)
            {
                throw ArchiveFailure(
                    .keySame, subject: certificate.subject,
                    ["fingerprint": certificate.fingerprint])
            }
        }
    }

    /// The configuration with where the new key lies, all other lines as they are.
    private func configurationText(for new: PreparedKey) throws -> [UInt8] {
        let old = try world.volume.readAll(layout.configuration, limit: Configuration.limit)
        var wanted = configuration
        wanted.sealToken = try new.token?.name()
        if wanted.sealTexts == configuration.sealTexts { return old }
        let text = Configuration.edited(old, wanted.sealTexts)
        guard try Configuration.reading(text) == wanted else {
            throw ArchiveFailure(
                .configuration, subject: "luutru.yaml", ["line": "1", "detail": "sealKey"])
        }
        return text
    }
}
