import Cataloging
import Files
import Records
import Retrieval
import Storage
package import SystemPackage

extension Archive {
    /// Hands a dossier over into a folder as it is kept: tar, segments, sums and seal of every version so far.
    ///
    /// Nothing in the folder is overwritten; a file that is there already ends it before anything is written.
    package func deliverBundle(_ text: String, version number: Int?, into folder: FilePath) throws
        -> [Delivery]
    {
        let object = try dossier(named: text, version: number)
        let (inventory, digest) = try objects.inventory(of: object)
        guard try catalog.inventoryDigest(of: object) == digest else {
            throw ArchiveFailure(.damaged, subject: "inventory.json", ["id": object.text])
        }
        let last = number ?? inventory.versions.count
        let files = inventory.manifest.filter { path, _ in
            (1...last).contains { path.hasPrefix("v\($0)/content/") }
        }.sorted { NaturalOrder.isBefore($0.key, $1.key) }
        let targets = files.map {
            folder.appending(String($0.key.split(separator: "/").last ?? ""))
        }
        try ExportTarget.requireOutside(folder, volume: world.volume)
        for target in targets where try world.volume.status(target) != nil {
            throw ArchiveFailure(.targetExists, subject: target.string)
        }
        var delivered: [Delivery] = []
        do {
            for (file, target) in zip(files, targets) {
                try world.stopIfInterrupted()
                delivered.append(
                    try deliver(file.key, expecting: file.value, of: object, to: target))
            }
        } catch {
            // Half a bundle would stand in the way of the next try; what another put there meanwhile stays.
            let isOthers = (error as? ArchiveFailure)?.reason == .targetExists
            for target in targets.prefix(delivered.count + (isOthers ? 0 : 1)) {
                try? world.volume.remove(target)
            }
            throw error
        }
        return delivered
    }

    /// Whether a text names a dossier and not a document of one.
    package func namesDossier(_ text: String) throws -> Bool {
        guard case .document = try catalog.resolve(text) else { return true }
        return false
    }

    private func deliver(
        _ path: String, expecting digest: Digest, of object: ObjectIdentifier, to target: FilePath
    ) throws -> Delivery {
        let source = try world.volume.open(objects.folder(of: object).appending(path))
        let size = try source.status().size
        do {
            let found = try DeliveryPass(
                of: source, at: 0, size: size, expecting: digest, volume: world.volume
            ).run(to: .file(target), standardOutput: StandardOutput())
            return Delivery(object: object, path: target.string, bytes: size, sha256: found)
        } catch DeliveryFailure.damaged {
            throw ArchiveFailure(.damaged, subject: path, ["id": object.text])
        } catch DeliveryFailure.targetExists(let path) {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }
}
