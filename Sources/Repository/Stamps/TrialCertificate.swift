import Cryptography
import Files
import Records
import SystemPackage

/// The certificate of the trial authority, and its successor before it ends.
struct TrialCertificate {
    /// A successor is made when half a year is left, as batches are due then.
    private static let lead: Int64 = 180 * 86_400
    /// Ten years: a trial is over before.
    private static let lifetime: Int64 = 10 * 365 * 86_400 + 3 * 86_400

    private let layout: ArchiveLayout
    private let world: World

    init(_ layout: ArchiveLayout, in world: World) {
        self.layout = layout
        self.world = world
    }

    /// Makes `keys/tsa.key` and `keys/tsa.crt`; the first stamp adopts the certificate.
    func make(agencyName: String, agencyCode: String) throws {
        var chance = Chance(world)
        let serial = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        let now = world.now().seconds
        let authority = try TrialAuthority.make(
            agencyName: agencyName, agencyCode: agencyCode,
            commonName: "Dấu thời gian dùng thử " + agencyCode, serial: serial,
            notBefore: now - 60, notAfter: now + Self.lifetime)
        try put(authority.key.pem(passphrase: nil), at: layout.trialKey, .ownerOnly)
        try put(authority.certificate.pem, at: layout.trialCertificate, .everybodyReads)
    }

    /// Makes a new pair when the certificate ends soon or does not fit the key, as after a crash between the two.
    func renewIfEnding(agencyName: String, agencyCode: String) throws {
        guard try world.volume.status(layout.trialKey)?.kind == .file,
            try world.volume.status(layout.trialCertificate)?.kind == .file
        else { return }
        let certificates = try Certificate.reading(
            pem: world.volume.readAll(layout.trialCertificate, limit: Configuration.limit))
        let key = try SealKey.reading(
            pem: world.volume.readAll(layout.trialKey, limit: Configuration.limit),
            passphrase: nil)
        guard let certificate = certificates.first else { return }
        let isLasting = certificate.notAfter - Self.lead > world.now().seconds
        if isLasting, certificate.matches(key) { return }
        try make(agencyName: agencyName, agencyCode: agencyCode)
    }

    /// The old certificate stays in the policy, which is where its tokens are judged by.
    private func put(
        _ bytes: [UInt8], at path: FilePath, _ permissions: FilePermissions
    ) throws {
        let aside = path.removingLastComponent().appending(
            "." + (path.lastComponent?.string ?? "tsa") + ".aside")
        if try world.volume.status(aside) != nil { try world.volume.remove(aside) }
        try world.volume.writeSynchronized(bytes, to: aside, permissions: permissions)
        if try world.volume.status(path) == nil {
            try world.volume.rename(aside, to: path)
        } else {
            try world.volume.replace(path, with: aside)
        }
        try world.volume.synchronizeFolder(path.removingLastComponent())
    }
}
