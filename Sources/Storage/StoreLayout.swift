package import SystemPackage

/// Where things lie in a store (`design.md` §4.2).
package struct StoreLayout: Hashable, Sendable {
    package let root: FilePath

    /// The storage root, where it is not `ocfl/` of a store.
    private let bareObjects: FilePath?

    package init(root: FilePath) {
        self.root = root
        bareObjects = nil
    }

    /// A storage root that stands alone, without the rest of a store.
    package init(bareObjects: FilePath) {
        root = bareObjects.removingLastComponent()
        self.bareObjects = bareObjects
    }

    package var readMe: FilePath { root.appending("README.txt") }
    package var card: FilePath { root.appending("store.json") }
    package var objects: FilePath { bareObjects ?? root.appending("ocfl") }
    package var incoming: FilePath { root.appending("incoming") }
    package var ledger: FilePath { root.appending("ledger") }
    /// The last signed note over the ledger's tree (C2SP tlog-checkpoint).
    package var checkpoint: FilePath { ledger.appending("checkpoint") }
    /// The checkpoint that a time-stamp authority stamped last.
    package var stampedCheckpoint: FilePath { ledger.appending("checkpoint.stamped") }
    /// Its token in DER (RFC 3161).
    package var checkpointStamp: FilePath { ledger.appending("checkpoint.tst") }
    package var details: FilePath { root.appending("details") }
    /// Batches of time-stamped versions; made when the first one is.
    package var evidence: FilePath { root.appending("evidence") }
    package var policy: FilePath { root.appending("policy") }
    package var recovered: FilePath { root.appending("recovered") }

    /// What may stand in the ledger's folder.
    package static let ledgerNames: Set = [
        "entries.jsonl", "checkpoint", "checkpoint.stamped", "checkpoint.tst", "tile",
    ]
    /// Every folder that a new store has.
    package var folders: [FilePath] { [objects, incoming, ledger, details, policy] }
}
