import SystemPackage

/// Where things lie in an export (`docs/export.md`).
struct ExportLayout: Hashable {
    let root: FilePath

    var readMe: FilePath { root.appending(Self.readMeName) }
    var card: FilePath { root.appending(Self.cardName) }
    var manifest: FilePath { root.appending(Self.manifestName) }
    var objects: FilePath { root.appending("ocfl") }
    var dossiers: FilePath { root.appending("dossiers") }
    var ledger: FilePath { root.appending("ledger") }
    var checkpoint: FilePath { root.appending(Self.checkpointName) }
    var details: FilePath { root.appending("details") }
    var policy: FilePath { root.appending("policy") }
    /// Where a file is written before it gets its name.
    var aside: FilePath { root.appending(".copy.aside") }
    /// Where the manifest's lines are gathered.
    var manifestAside: FilePath { root.appending(".manifest.aside") }

    static let readMeName = "README.txt"
    static let cardName = "export.json"
    static let manifestName = "manifest-sha512.txt"
    static let wholeLedger = "ledger/entries.jsonl"
    static let checkpointName = "ledger/checkpoint"
    static let stampedName = "ledger/checkpoint.stamped"
    static let stampName = "ledger/checkpoint.tst"
    static let excerpt = "ledger/excerpt.jsonl"
}
