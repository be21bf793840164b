import Cataloging
package import Records

/// A line of the archive's tree: a fonds, inventory, series or dossier.
package struct TreeLine: Sendable {
    /// The levels, from the top.
    package enum Level: String, Sendable, CaseIterable {
        case fonds, inventory, series, dossier
    }

    package let level: Level
    package let depth: Int
    package let id: ObjectIdentifier?
    package let code: String
    package let name: String
    /// `open`, `closed`, or empty where it is not registered or has none.
    package let state: String
    package let isRegistered: Bool
    package let holding: HoldingCount
    /// Where a dossier's paper is.
    package let location: String
}

extension Archive {
    /// Gives the lines of the tree on a day; of one fonds, where one is named, down to its dossiers.
    package func tree(
        fonds code: String?, asOf day: CivilDate?, _ body: (TreeLine) throws -> Void
    ) throws {
        let tree = try HoldingTree(catalog, asOf: day ?? today)
        var waiting: [(index: Int, depth: Int)]
        if let code {
            let found = try index(ofFonds: code, in: tree)
            waiting = [(found, 0)]
        } else {
            waiting = tree.roots.reversed().map { ($0, 0) }
        }
        while let (index, depth) = waiting.popLast() {
            let node = tree.fonds[index]
            try body(
                TreeLine(
                    level: .fonds, depth: depth, id: node.id, code: node.code, name: node.name,
                    state: node.state, isRegistered: node.isRegistered, holding: node.total,
                    location: ""))
            try give(node.inventories, depth: depth + 1, withDossiers: code != nil, body)
            waiting += tree.below[index].reversed().map { ($0, depth + 1) }
        }
    }

    /// Where a fonds stands in the tree, by any code it has or had; also one that only dossiers name.
    private func index(ofFonds code: String, in tree: HoldingTree) throws -> Int {
        let key = SearchFolding.code(code)
        let named = tree.fonds.firstIndex { !$0.isRegistered && SearchFolding.code($0.code) == key }
        if let named { return named }
        let found = try registered(.fonds, code)
        let index =
            tree.index(of: found.id)
            ?? tree.fonds.firstIndex { $0.isRegistered && found.last.codes.contains($0.code) }
        guard let index else {
            throw ArchiveFailure(.notYetRegistered, subject: code, ["day": "--as-of"])
        }
        return index
    }

    private func give(
        _ inventories: [HoldingTree.InventoryNode], depth: Int, withDossiers: Bool,
        _ body: (TreeLine) throws -> Void
    ) throws {
        for inventory in inventories {
            // What stands in no inventory stands in the fonds itself.
            let isShown = !inventory.code.isEmpty
            if isShown {
                try body(
                    TreeLine(
                        level: .inventory, depth: depth, id: inventory.id, code: inventory.code,
                        name: inventory.name, state: inventory.state,
                        isRegistered: inventory.isRegistered, holding: inventory.holding,
                        location: ""))
            }
            for series in inventory.series {
                try give(series, depth: isShown ? depth + 1 : depth, withDossiers, body)
            }
        }
    }

    private func give(
        _ series: HoldingTree.SeriesNode, depth: Int, _ withDossiers: Bool,
        _ body: (TreeLine) throws -> Void
    ) throws {
        let isShown = !series.code.isEmpty
        if isShown {
            try body(
                TreeLine(
                    level: .series, depth: depth, id: nil, code: series.code, name: series.name,
                    state: "", isRegistered: series.isRegistered, holding: series.holding,
                    location: ""))
        }
        guard withDossiers else { return }
        for line in series.lines {
            try catalog.forEachDossier(in: line) { version, place in
                try body(
                    TreeLine(
                        level: .dossier, depth: isShown ? depth + 1 : depth, id: version.object,
                        code: version.dossier.code, name: version.dossier.title, state: "",
                        isRegistered: true,
                        holding: HoldingCount(
                            dossiers: 1, documents: Int64(version.documentCount),
                            bytes: version.payloadBytes), location: place ?? ""))
            }
        }
    }
}
