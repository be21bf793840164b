import Records
package import SystemPackage

/// Where things lie in the archive's own folder (`design.md` §4.1).
package struct ArchiveLayout: Hashable, Sendable {
    package let root: FilePath
    /// The name by which an archive is known.
    static let configurationName = "luutru.yaml"

    package init(root: FilePath) { self.root = root }

    package var configuration: FilePath { root.appending(Self.configurationName) }
    package var catalog: FilePath { root.appending("catalog.sqlite") }
    package var keys: FilePath { root.appending("keys") }
    package var sealKey: FilePath { keys.appending("seal.key") }
    package var sealCertificate: FilePath { keys.appending("seal.crt") }
    package var ledgerKey: FilePath { keys.appending("ledger.key") }
    /// A key of the ledger that waits for its entry.
    package var nextLedgerKey: FilePath { keys.appending("ledger.next.key") }
    /// The last checkpoint signed, kept apart from the store.
    package var lastCheckpoint: FilePath { keys.appending("checkpoint") }
    /// What the ledger was when a run had proved all of it.
    package var ledgerMark: FilePath { keys.appending("ledger-mark") }
    /// Up to where a copy store was brought.
    func copyMark(of store: ObjectIdentifier) -> FilePath {
        keys.appending("copy-mark-" + store.fileName)
    }
    /// Until when what lies in a vault beside the dossiers was locked last.
    func lockMark(of store: ObjectIdentifier) -> FilePath {
        keys.appending("lock-mark-" + store.fileName)
    }
    /// Where keys are kept that seal no more.
    package var retiredKeys: FilePath { keys.appending("retired") }
    /// Key of the trial time-stamp authority, where there is one.
    package var trialKey: FilePath { keys.appending("tsa.key") }
    package var trialCertificate: FilePath { keys.appending("tsa.crt") }
    package var lock: FilePath { root.appending("lock") }
    /// What audits that were interrupted had read.
    package var audits: FilePath { root.appending("audit") }
    package var work: FilePath { root.appending("work") }
    package var stores: FilePath { root.appending("stores") }
    /// Stands here while an import is under way.
    package var importMarker: FilePath { root.appending("import.json") }
    /// Stands here while a store is being made the primary one.
    package var promotionMarker: FilePath { root.appending("promotion.json") }
    package var keySheet: FilePath { root.appending("key-sheet.txt") }
    /// The name of the one store that `init` makes.
    package static let firstStore = "chinh"
}
