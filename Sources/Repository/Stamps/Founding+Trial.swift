import Cryptography
import Files
import Records

extension Archive {
    /// Ten years: a trial is over before.
    private static let trialLifetime: Int64 = 10 * 365 * 86_400 + 3 * 86_400

    /// Makes `keys/tsa.key` and `keys/tsa.crt`; the first stamp adopts the certificate.
    static func makeTrialAuthority(
        _ founding: Founding, _ layout: ArchiveLayout, in world: World
    ) throws {
        var chance = Chance(world)
        let serial = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        let now = world.now().seconds
        let authority = try TrialAuthority.make(
            agencyName: founding.agencyName, agencyCode: founding.agencyCode,
            commonName: "Dấu thời gian dùng thử " + founding.agencyCode, serial: serial,
            notBefore: now - 60, notAfter: now + trialLifetime)
        try world.volume.writeDurably(
            authority.key.pem(passphrase: nil), to: layout.trialKey, permissions: .ownerOnly)
        try world.volume.writeDurably(authority.certificate.pem, to: layout.trialCertificate)
    }
}
