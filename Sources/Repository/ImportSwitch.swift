import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// Puts what was staged in its place; every step may be done again, and the marker goes last.
struct ImportSwitch {
    let layout: ArchiveLayout
    let store: StoreLayout
    /// The archive that `init` made: what it had is kept under `recovered/`.
    let founded: ObjectIdentifier
    let copy: FileCopy
    let world: World

    func run() throws {
        let staged = ImportStaging.folder(in: store)
        let kept = store.recovered.appending("founding-" + founded.uuidText)
        for name in ["ledger", "details", "policy", "evidence"] {
            try put(staged.root.appending(name), as: store.root.appending(name), old: kept)
        }
        if try world.volume.status(staged.card) != nil {
            try world.volume.replace(store.card, with: staged.card)
            try world.volume.synchronizeFolder(store.root)
        }
        let configuration = try putConfiguration()
        _ = try Archive.replaceCatalog(layout, configuration, isWitness: false, in: world)
        try putKeySheet(configuration)
        try world.volume.removeTree(staged.root)
        try world.volume.synchronizeFolder(store.incoming)
        try world.volume.remove(layout.importMarker)
        try world.volume.synchronizeFolder(layout.root)
    }

    /// Moves the fresh folder out of the way, keeps it, and moves the staged one in.
    private func put(_ staged: FilePath, as target: FilePath, old kept: FilePath) throws {
        guard try world.volume.status(staged) != nil else { return }
        if try world.volume.status(target) != nil, let name = target.lastComponent {
            try world.volume.makeDurableFolders(kept)
            try world.volume.rename(target, to: kept.appending(name))
            try world.volume.synchronizeFolder(kept)
        }
        try world.volume.rename(staged, to: target)
        try world.volume.synchronizeFolder(store.root)
    }

    private func putConfiguration() throws -> Configuration {
        let policy = PolicyStore(layout: store, volume: world.volume, archive: founded)
        let bytes = try policy.newest(.configuration)
        let configuration = try Configuration.reading(bytes)
        _ = try copy.put(bytes, to: layout.configuration)
        try world.volume.synchronizeFolder(layout.root)
        return configuration
    }

    private func putKeySheet(_ configuration: Configuration) throws {
        let pem = try world.volume.readAll(layout.sealCertificate, limit: Configuration.limit)
        guard let certificate = try Certificate.reading(pem: pem).first else { return }
        let keys = LedgerKeys(layout, origin: configuration.archive, volume: world.volume)
        let sheet = KeySheet.text(
            configuration: configuration, certificate: certificate,
            ledger: try keys.verifier(of: keys.keyOrNew()), at: world.now())
        _ = try copy.put(Array(sheet.utf8), to: layout.keySheet)
    }
}
