package import Records
package import SystemPackage

/// A staged file that belongs in a store: its bytes are on the disk and their digest is known.
package struct Parcel: Hashable, Sendable {
    package let name: String
    package let file: FilePath
    package let size: Int64
    package let sha512: Digest

    package init(name: String, file: FilePath, size: Int64, sha512: Digest) {
        self.name = name
        self.file = file
        self.size = size
        self.sha512 = sha512
    }
}

/// A store's word that it holds a version of an object; only storing makes one.
package struct Receipt: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    /// SHA-512 of the inventory.
    package let inventory: Digest
    /// The object's folder below the storage root.
    package let folder: String

    init(object: ObjectIdentifier, version: Int, inventory: Digest, folder: String) {
        self.object = object
        self.version = version
        self.inventory = inventory
        self.folder = folder
    }
}

/// Why a store cannot take or give an object.
package struct StorageFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// The object is already there.
        case exists = "LT-STORE-OBJECT-EXISTS"
        /// The folder is not a store of this archive.
        case notThisStore = "LT-STORE-NOT-THIS"
        /// The object is not there.
        case missing = "LT-STORE-OBJECT-MISSING"
        /// The object is no longer what the ledger says.
        case changed = "LT-STORE-OBJECT-CHANGED"
        /// The object has as many versions as its inventory can tell of.
        case tooManyVersions = "LT-STORE-TOO-MANY-VERSIONS"
        /// An inventory is not one that luutru writes.
        case unreadable = "LT-STORE-OBJECT-UNREADABLE"
    }

    package let reason: Reason
    package let subject: String

    package init(_ reason: Reason, subject: String) {
        self.reason = reason
        self.subject = subject
    }
}
