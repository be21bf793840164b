import Bundles
import Cataloging
import Records
import Storage

/// Every file that a store must have of an object up to a version, as the ledger says; paths below the store.
struct ExpectedFiles {
    /// How a file is known.
    enum Content: Hashable {
        /// Bytes that follow from others.
        case bytes([UInt8])
        case digest(Digest)
    }

    let folder: String
    let object: ObjectIdentifier
    /// SHA-512 of the root inventory.
    let inventory: Digest?
    /// Small files first: tars are mended by their lists of segments.
    let files: [(path: String, content: Content)]

    /// The files of an object with an inventory that is the one the ledger names.
    init(
        _ object: ObjectIdentifier, _ inventory: Inventory, digests: [Int: Digest]
    ) {
        self.object = object
        let base = "ocfl/" + ObjectLocation.folder(of: object) + "/"
        folder = String(base.dropLast())
        var small: [(path: String, content: Content)] = [
            (
                base + StorageRoot.objectDeclarationName,
                .bytes(Array(StorageRoot.objectDeclaration.utf8))
            )
        ]
        let last = inventory.versions.count
        self.inventory = digests[last]
        for (prefix, number) in [("", last)] + (1...last).map({ ("v\($0)/", $0) }) {
            guard let digest = digests[number] else { continue }
            let name = base + prefix + "inventory.json"
            small.append((name, .digest(digest)))
            small.append((name + ".sha512", .bytes(Inventory.sidecar(for: digest))))
        }
        let content = inventory.manifest.sorted { $0.key < $1.key }
            .map { (path: base + $0.key, content: Content.digest($0.value)) }
        files =
            small + content.filter { !$0.path.hasSuffix(".tar") }
            + content.filter { $0.path.hasSuffix(".tar") }
    }

    /// What a file must be; nil for one that belongs to nothing.
    func content(of path: String) -> Content? { files.first { $0.path == path }?.content }
}

extension Archive {
    /// What a store must have of an object; nil when no store has an inventory that the ledger names.
    func expectedFiles(
        of object: ObjectIdentifier, upTo version: Int, among stores: [RepairStore]
    ) throws -> ExpectedFiles? {
        var digests: [Int: Digest] = [:]
        for number in 1...max(1, version) {
            digests[number] = try catalog.object(object, version: number)?.inventorySHA512
        }
        guard let wanted = digests[version] else { return nil }
        let base = "ocfl/" + ObjectLocation.folder(of: object) + "/"
        for store in stores {
            for name in ["inventory.json", "v\(version)/inventory.json"] {
                guard let bytes = try store.small(base + name, object),
                    Inventory.digest(of: bytes) == wanted, let inventory = Inventory(bytes),
                    inventory.versions.count == version
                else { continue }
                return ExpectedFiles(object, inventory, digests: digests)
            }
        }
        return nil
    }
}
