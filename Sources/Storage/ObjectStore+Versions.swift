import Files
package import Records
import SystemPackage

/// Later versions of an object: the version's folder comes in whole, then the root inventory and its sidecar follow.
///
/// A crash between these leaves a version that `finishVersion` completes; nothing stored before is touched
/// but the root inventory and its sidecar, whose earlier bytes stay in the version before (invariants W2, W5).
extension ObjectStore {
    /// Takes a further version; the object must be what its inventory's digest says it was.
    package func addVersion(
        to object: ObjectIdentifier, after known: Digest, parcels: [Parcel], created: Instant,
        message: String, user: String, address: String
    ) throws -> Receipt {
        try requireFolders(of: object)
        let (old, digest) = try inventory(of: object)
        guard digest == known else { throw StorageFailure(.changed, subject: object.text) }
        let new = old.adding(
            parcels, created: created, message: message, user: user, address: address)
        let bytes = new.bytes
        let newDigest = Inventory.digest(of: bytes)
        guard bytes.count <= ObjectInspection.inventoryLimit else {
            throw StorageFailure(.tooManyVersions, subject: object.text)
        }
        let number = new.versions.count
        let aside = layout.incoming.appending("\(object.fileName).v\(number)")
        try buildVersion(aside, number, parcels, bytes, newDigest)
        let target = folder(of: object)
        try volume.rename(aside.appending("v\(number)"), to: target.appending("v\(number)"))
        try volume.synchronizeFolder(target)
        try replaceInventory(in: target, bytes, newDigest, by: aside)
        try volume.removeTree(aside)
        return Receipt(
            object: object, version: number, inventory: newDigest,
            folder: ObjectLocation.folder(of: object))
    }

    private func buildVersion(
        _ aside: FilePath, _ number: Int, _ parcels: [Parcel], _ inventory: [UInt8],
        _ digest: Digest
    ) throws {
        let version = aside.appending("v\(number)")
        let content = version.appending("content")
        try volume.makeFolders(content)
        for parcel in parcels { try move(parcel, into: content) }
        try volume.writeSynchronized(inventory, to: version.appending("inventory.json"))
        try volume.writeSynchronized(
            Inventory.sidecar(for: digest), to: version.appending("inventory.json.sha512"))
        for folder in [content, version, aside] { try volume.synchronizeFolder(folder) }
    }

    private func replaceInventory(
        in target: FilePath, _ inventory: [UInt8], _ digest: Digest, by aside: FilePath
    ) throws {
        for (name, bytes) in [
            ("inventory.json", inventory),
            ("inventory.json.sha512", Inventory.sidecar(for: digest)),
        ] {
            let file = aside.appending(name)
            if try volume.status(file) != nil { try volume.remove(file) }
            try volume.writeSynchronized(bytes, to: file)
            try volume.replace(target.appending(name), with: file)
            try volume.synchronizeFolder(target)
        }
    }

    /// Whether a version's folder stands in an object.
    package func holds(_ object: ObjectIdentifier, version: Int) throws -> Bool {
        try volume.status(folder(of: object).appending("v\(version)")) != nil
    }

    /// Brings the root inventory up to a version whose folder came in before a crash.
    ///
    /// The version's own inventory must have its sidecar and continue the one before; else nothing is changed.
    package func finishVersion(_ version: Int, of object: ObjectIdentifier) throws -> Bool {
        let target = folder(of: object)
        let own = target.appending("v\(version)")
        guard
            let bytes = try small(own.appending("inventory.json")),
            let before = try small(target.appending("v\(version - 1)/inventory.json")),
            let new = Inventory(bytes), new.bytes == bytes, let old = Inventory(before),
            new.object == object, new.versions.count == version, new.continues(old)
        else { return false }
        let digest = Inventory.digest(of: bytes)
        guard try small(own.appending("inventory.json.sha512")) == Inventory.sidecar(for: digest)
        else { return false }
        try requireFolders(of: object)
        let aside = layout.incoming.appending("\(object.fileName).v\(version)")
        try volume.makeFolders(aside)
        try replaceInventory(in: target, bytes, digest, by: aside)
        return true
    }

    /// SHA-512 of the inventory that an earlier version has of its own.
    package func inventoryDigest(of object: ObjectIdentifier, at version: Int) throws -> Digest? {
        try small(folder(of: object).appending("v\(version)/inventory.json"))
            .map { Inventory.digest(of: $0) }
    }

    private func small(_ path: FilePath) throws -> [UInt8]? {
        guard try volume.status(path)?.kind == .file else { return nil }
        return try volume.readIfSmall(path, limit: ObjectInspection.inventoryLimit)
    }

    /// Moves a version that cannot be completed out of its object, with the root inventory put back to the one before.
    package func setAside(version: Int, of object: ObjectIdentifier, as name: String) throws {
        let target = folder(of: object)
        try requireFolders(of: object)
        try volume.makeFolders(layout.recovered)
        try volume.rename(
            target.appending("v\(version)"), to: layout.recovered.appending(name))
        try volume.synchronizeFolder(target)
        try volume.synchronizeFolder(layout.recovered)
        guard let before = try small(target.appending("v\(version - 1)/inventory.json"))
        else { return }
        let aside = layout.incoming.appending("\(object.fileName).v\(version)")
        try volume.makeFolders(aside)
        try replaceInventory(in: target, before, Inventory.digest(of: before), by: aside)
    }
}

extension Inventory {
    /// The inventory with a further version, whose state is the one before and the parcels.
    func adding(
        _ parcels: [Parcel], created: Instant, message: String, user: String, address: String
    ) -> Inventory {
        let number = versions.count + 1
        var manifest = manifest
        var state = versions.last?.state ?? [:]
        for parcel in parcels {
            manifest["v\(number)/content/" + parcel.name] = parcel.sha512
            state[parcel.name] = parcel.sha512
        }
        return Inventory(
            object: object, manifest: manifest,
            versions: versions + [
                Version(
                    created: created, message: message, user: user, address: address, state: state)
            ])
    }

    /// Whether all of an older inventory stands in this one unchanged.
    func continues(_ old: Inventory) -> Bool {
        old.object == object && versions.count == old.versions.count + 1
            && Array(versions.dropLast()) == old.versions
            && old.manifest.allSatisfy { manifest[$0.key] == $0.value }
    }
}
