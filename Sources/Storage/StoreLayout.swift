package import SystemPackage

/// Where things lie in a store (`design.md` §4.2).
package struct StoreLayout: Hashable, Sendable {
    package let root: FilePath

    package init(root: FilePath) { self.root = root }

    package var readMe: FilePath { root.appending("README.txt") }
    package var card: FilePath { root.appending("store.json") }
    package var objects: FilePath { root.appending("ocfl") }
    package var incoming: FilePath { root.appending("incoming") }
    package var ledger: FilePath { root.appending("ledger") }
    package var details: FilePath { root.appending("details") }
    package var policy: FilePath { root.appending("policy") }
    package var recovered: FilePath { root.appending("recovered") }

    /// Every folder that a new store has.
    package var folders: [FilePath] { [objects, incoming, ledger, details, policy] }
}
