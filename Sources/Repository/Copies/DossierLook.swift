import Cataloging
import Files
import Records
import Storage
import SystemPackage

/// Whether a store has the dossiers, by the ledger's digests of their inventories, names and sizes: no bundle is read.
struct DossierLook {
    let catalog: Catalog
    let objects: ObjectStore
    let world: World

    /// The dossiers of which anything is missing here, in the order in which they were made.
    func missing() throws -> [ObjectIdentifier] {
        var missing: [ObjectIdentifier] = []
        try catalog.forEachHolding { object, _, _ in
            try world.stopIfInterrupted()
            // Twice: a passing fault of a disk is no loss.
            if try !holds(object), try !holds(object) { missing.append(object) }
        }
        return missing
    }

    /// Whether all files of all versions of a dossier are here.
    func holds(_ object: ObjectIdentifier) throws -> Bool {
        let versions = try catalog.versions(of: object)
        do {
            let (inventory, digest) = try objects.inventory(of: object)
            guard digest == versions.last?.inventorySHA512 else { return false }
            return try hasFiles(of: inventory, versions)
        } catch is StorageFailure {
            return false
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        }
    }

    private func hasFiles(
        of inventory: Inventory, _ versions: [CatalogedVersion]
    ) throws -> Bool {
        let folder = objects.folder(of: inventory.object)
        var sizes: [String: Int64] = [:]
        for version in versions {
            sizes["v\(version.version)/content/" + version.tarName] = version.tarBytes
        }
        return try inventory.manifest.keys.allSatisfy { path in
            guard let status = try world.volume.status(folder.appending(path)),
                status.kind == .file
            else { return false }
            // A row that was made of the ledger alone may not know the size.
            guard let size = sizes[path], size > 0 else { return status.size > 0 }
            return status.size == size
        }
    }
}
