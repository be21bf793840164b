import Cataloging
import Cryptography
import Evidence
import Files
package import Records
import Storage
package import SystemPackage

/// What a new archive is told about itself.
package struct Founding: Sendable {
    package let root: FilePath
    package let agencyName: String
    package let agencyCode: String
    package let fondsCode: String
    package let fondsName: String
    package let usesRSA: Bool
    package let passphrase: [UInt8]?
    /// The key on a token that seals, in place of one that is made.
    package var token: TokenChoice?
    /// Whether a time-stamp authority for trials is made, too.
    package var makesTrialAuthority = false

    package init(
        root: FilePath, agencyName: String, agencyCode: String, fondsCode: String,
        fondsName: String,
        usesRSA: Bool, passphrase: [UInt8]?
    ) {
        self.root = root
        self.agencyName = agencyName
        self.agencyCode = agencyCode
        self.fondsCode = fondsCode
        self.fondsName = fondsName
        self.usesRSA = usesRSA
        self.passphrase = passphrase
    }
}

/// What founding made.
package struct Founded: Sendable {
    package let archive: ObjectIdentifier
    package let layout: ArchiveLayout
    /// Folder of the one store.
    package let store: FilePath
    /// SHA-256 of the seal's certificate.
    package let fingerprint: String
}

extension Archive {
    /// Twenty years: a seal outlives its key's use, and time-stamps outlive the seal.
    private static let certificateLifetime: Int64 = 20 * 365 * 86_400 + 5 * 86_400

    /// Makes an archive in a new or empty folder; its configuration is written last, so a crash leaves no archive.
    package static func found(_ founding: Founding, in world: World) throws -> Founded {
        try requireTexts(founding)
        let layout = ArchiveLayout(root: founding.root)
        try requireEmpty(layout, in: world)
        var chance = Chance(world)
        let identifier = ObjectIdentifier(using: &chance)
        var configuration = Configuration(
            archive: identifier, agencyName: founding.agencyName, agencyCode: founding.agencyCode,
            fondsCode: founding.fondsCode, fondsName: founding.fondsName,
            store: "stores/" + ArchiveLayout.firstStore, sealPassphraseFile: nil,
            stamping: StampingPolicy(authorities: founding.makesTrialAuthority ? [.trial] : []))
        configuration.sealToken = try founding.token?.name()
        // A token that does not seal is found out before anything is made.
        let signer = try founding.token?.signer(in: world)
        let store = StoreLayout(root: storeRoot(configuration, layout))
        try makeFolders(layout, store, in: world)
        try makeStore(store, archive: identifier, in: world)
        let certificate =
            try signer.map { try keep($0, layout, in: world) }
            ?? makeKey(founding, configuration, layout, in: world)
        if founding.makesTrialAuthority { try makeTrialAuthority(founding, layout, in: world) }
        let archive = try Archive(
            layout: layout, configuration: configuration,
            catalog: Catalog.create(at: layout.catalog.string),
            lock: ArchiveLock.take(layout, in: world), world: world)
        try archive.recordFounding(founding, certificate)
        try archive.finish()
        let keys = archive.ledgerKeys
        var known = KnownKeys()
        if founding.makesTrialAuthority {
            known.authorities = try Certificate.reading(
                pem: world.volume.readAll(layout.trialCertificate, limit: Configuration.limit)
            ).map { KnownKeys.Key($0) }
        }
        let sheet = KeySheet.text(
            configuration: configuration, certificate: certificate, keys: known,
            ledger: try keys.verifier(of: keys.keyOrNew()), at: world.now())
        try world.volume.writeDurably(Array(sheet.utf8), to: layout.keySheet)
        try world.volume.writeDurably(configuration.bytes, to: layout.configuration)
        return Founded(
            archive: identifier, layout: layout, store: store.root,
            fingerprint: certificate.fingerprint)
    }

    private static func requireTexts(_ founding: Founding) throws {
        let texts = [
            ("--agency", founding.agencyName, 200), ("--agency-code", founding.agencyCode, 35),
            ("--fonds-code", founding.fondsCode, 35), ("--fonds-name", founding.fondsName, 200),
        ]
        for (option, text, limit) in texts
        where text.isEmpty || text.count > limit
            || text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0xFFFD })
        {
            throw ArchiveFailure(
                .usage, subject: option, ["detail": "\(option): 1…\(limit) ký tự · characters"])
        }
    }

    private static func requireEmpty(_ layout: ArchiveLayout, in world: World) throws {
        if let status = try world.volume.status(layout.root) {
            guard status.kind == .folder, try world.volume.list(layout.root).isEmpty else {
                throw ArchiveFailure(.notEmpty, subject: layout.root.string)
            }
        }
        // A store inside another would be a strange thing there.
        try ExportTarget.requireOutside(layout.root, volume: world.volume)
    }

    private static func makeFolders(_ layout: ArchiveLayout, _ store: StoreLayout, in world: World)
        throws
    {
        try world.volume.makeFolders(layout.root)
        try world.volume.makeFolder(layout.keys, permissions: .ownerEnters)
        for folder in [layout.work, layout.stores, store.root] + store.folders {
            try world.volume.makeFolders(folder)
        }
        for folder in [layout.root, layout.stores, store.root] {
            try world.volume.synchronizeFolder(folder)
        }
    }

    private static func makeStore(
        _ store: StoreLayout, archive: ObjectIdentifier, in world: World
    ) throws {
        var chance = Chance(world)
        try ObjectStore(layout: store, volume: world.volume).initialise()
        try world.volume.writeDurably(Array(StoreReadMe.text.utf8), to: store.readMe)
        let card = StoreCard(
            archive: archive, store: ObjectIdentifier(using: &chance), epoch: 1,
            created: world.now())
        try world.volume.writeDurably(card.bytes, to: store.card)
    }

    /// A key on a token leaves only its certificates here.
    private static func keep(
        _ signer: TokenSigner, _ layout: ArchiveLayout, in world: World
    ) throws -> Certificate {
        try world.volume.writeDurably(signer.certificatesPEM, to: layout.sealCertificate)
        return signer.certificate
    }

    private static func makeKey(
        _ founding: Founding, _ configuration: Configuration, _ layout: ArchiveLayout,
        in world: World
    ) throws -> Certificate {
        let key = try SealKey.generate(founding.usesRSA ? .rsa3072 : .p256)
        let certificate = try certificate(for: key, configuration, in: world)
        try world.volume.writeDurably(
            key.pem(passphrase: founding.passphrase), to: layout.sealKey, permissions: .ownerOnly)
        try world.volume.writeDurably(certificate.pem, to: layout.sealCertificate)
        return certificate
    }

    /// A certificate signed by its own key, for an agency without an authority.
    static func certificate(
        for key: SealKey, _ configuration: Configuration, in world: World
    ) throws -> Certificate {
        var chance = Chance(world)
        let serial = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        let now = world.now().seconds
        return try Certificate.selfSigned(
            key: key, agencyName: configuration.agencyName,
            agencyCode: configuration.agencyCode,
            commonName: "Con dấu lưu trữ " + configuration.agencyCode, serial: serial,
            notBefore: now - 60, notAfter: now + certificateLifetime)
    }

    private func recordFounding(_ founding: Founding, _ certificate: Certificate) throws {
        var chance = Chance(world)
        let fonds = RegisterEntry(
            .fonds, id: ObjectIdentifier(using: &chance), from: nil,
            values: [
                .code: founding.fondsCode, .name: founding.fondsName, .state: RegisterEntry.open,
            ])
        let kept = [
            try policy.keep(configuration.bytes, as: .configuration),
            try policy.keep(Array(fonds.json.readableText.utf8), as: .fonds),
            try policy.keep(certificate.pem, as: .seal),
        ]
        try record(
            draft(
                LedgerAct.initialise, "creation",
                facts: ["store": .string(card.store.text), "epoch": .number(card.epoch)]))
        for (name, digest) in kept {
            try record(
                draft(LedgerAct.policy, "policy assignment", digests: ["policy/" + name: digest]))
        }
    }
}
