import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A change of the seal's key under way: what is new waits in `keys/next/` until the ledger has entered it.
///
/// Before its entry it is undone, after it finished; every step may be done again (invariant K1).
struct KeySwitch {
    let layout: ArchiveLayout
    let world: World

    var folder: FilePath { layout.keys.appending("next") }
    private var key: FilePath { folder.appending("seal.key") }
    private var certificate: FilePath { folder.appending("seal.crt") }
    private var configuration: FilePath { folder.appending("luutru.yaml") }

    /// What waits: certificates and configuration; a key only where it lies in a file.
    func stage(key bytes: [UInt8]?, certificates: [UInt8], configuration text: [UInt8]) throws {
        try world.volume.makeFolder(folder, permissions: .ownerEnters)
        try world.volume.synchronizeFolder(layout.keys)
        if let bytes { try world.volume.writeDurably(bytes, to: key, permissions: .ownerOnly) }
        try world.volume.writeDurably(text, to: configuration)
        try world.volume.writeDurably(certificates, to: certificate)
    }

    /// The certificate that waits; nil when none does, or when staging it was cut short.
    func waiting() throws -> (certificate: Certificate, configuration: [UInt8]?)? {
        guard try world.volume.status(certificate)?.kind == .file else { return nil }
        let pem = try world.volume.readAll(certificate, limit: Configuration.limit)
        guard let first = try? Certificate.reading(pem: pem).first else { return nil }
        guard try world.volume.status(configuration)?.kind == .file else { return (first, nil) }
        return (
            first, try world.volume.readAll(configuration, limit: Configuration.limit)
        )
    }

    /// Puts everything in its place; the certificate last, so that until then all is done again.
    func finish(sheet: (Certificate, Configuration) throws -> String) throws {
        guard let waiting = try waiting() else { return try clear() }
        let bytes =
            try waiting.configuration
            ?? world.volume.readAll(layout.configuration, limit: Configuration.limit)
        let new = try Configuration.reading(bytes)
        let isKeyWaiting = try world.volume.status(key) != nil
        if isKeyWaiting || waiting.configuration != nil && new.sealToken != nil { try retire() }
        if isKeyWaiting { try world.volume.rename(key, to: layout.sealKey) }
        try world.volume.synchronizeFolder(layout.keys)
        if waiting.configuration != nil {
            try world.volume.replace(layout.configuration, with: configuration)
            try world.volume.synchronizeFolder(layout.root)
        }
        try put(sheet(waiting.certificate, new), in: layout.keySheet)
        try world.volume.replace(layout.sealCertificate, with: certificate)
        try world.volume.synchronizeFolder(layout.keys)
        try clear()
    }

    /// Takes away what waits.
    func clear() throws {
        try world.volume.removeTree(folder)
        try world.volume.synchronizeFolder(layout.keys)
    }

    /// A key that seals no more is kept, not destroyed: that is a decision of people.
    private func retire() throws {
        guard try world.volume.status(layout.sealKey) != nil else { return }
        let pem = try world.volume.readAll(layout.sealCertificate, limit: Configuration.limit)
        let name = try Certificate.reading(pem: pem).first?.fingerprint.prefix(16) ?? "seal"
        if try world.volume.status(layout.retiredKeys) == nil {
            try world.volume.makeFolder(layout.retiredKeys, permissions: .ownerEnters)
        }
        var target = layout.retiredKeys.appending("seal-\(name).key")
        var number = 1
        while try world.volume.status(target) != nil {
            number += 1
            target = layout.retiredKeys.appending("seal-\(name)-\(number).key")
        }
        try world.volume.rename(layout.sealKey, to: target)
        try world.volume.synchronizeFolder(layout.retiredKeys)
    }

    private func put(_ text: String, in target: FilePath) throws {
        let aside = target.removingLastComponent().appending(
            "." + (target.lastComponent?.string ?? "") + ".aside")
        // A crash may have left the name aside; it was never the file.
        if try world.volume.status(aside) != nil { try world.volume.remove(aside) }
        try world.volume.writeSynchronized(Array(text.utf8), to: aside)
        try world.volume.replace(target, with: aside)
        try world.volume.synchronizeFolder(layout.root)
    }
}

extension KeySwitch {
    /// Finishes a change that the ledger entered and whose run ended then; tells whether it did.
    ///
    /// This comes before the configuration is used, for it may be about to change.
    static func finishEntered(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> Bool {
        let change = KeySwitch(layout: layout, world: world)
        guard try world.volume.status(change.folder) != nil, let waiting = try change.waiting()
        else { return false }
        let store = StoreLayout(root: Archive.storeRoot(configuration, layout))
        let policy = PolicyStore(
            layout: store, volume: world.volume, archive: configuration.archive)
        // What the catalog knows is not asked: the entry may be newer.
        guard try policy.isAdopted(waiting.certificate) else { return false }
        let known = try KnownKeys.of(policy)
        let keys = LedgerKeys(layout, origin: configuration.archive, volume: world.volume)
        let verifier = try keys.verifier(of: keys.keyOrNew())
        try change.finish { certificate, configuration in
            KeySheet.text(
                configuration: configuration, certificate: certificate, keys: known,
                ledger: verifier, at: world.now())
        }
        return true
    }
}

extension PolicyStore {
    /// Whether an entry adopted a certificate's file; a broken ledger adopts nothing.
    func isAdopted(_ certificate: Certificate) throws -> Bool {
        do {
            return try TrustAnchors.of(self).contains { $0.der == certificate.der }
        } catch is LedgerFailure {
            return false
        }
    }
}
