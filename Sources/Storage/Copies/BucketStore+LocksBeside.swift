package import Records

/// What a vault holds beside the dossiers is kept locked like them.
extension BucketStore {
    /// Prolongs the locks of card, root, ledger, policy, details and evidence when less than half of the card's is left.
    ///
    /// The card comes last, so that a run that was broken off is gone on with. A card that something was laid above is not
    /// asked: that is found and healed first.
    package func prolongBeside(
        before half: Instant, until end: Instant, each: () throws -> Void
    ) throws {
        let card = Self.card.text
        guard try lockedUntil(card, mark: nil).map({ $0 < half }) ?? true else { return }
        func prolongAll(below folder: String, but skipped: (String) -> Bool) throws {
            try forEachName(in: folder) { name in
                guard !skipped(name) else { return }
                let path = folder.isEmpty ? name : folder + "/" + name
                try each()
                var isFolder = false
                try forEachVersion(below: path) { file in
                    isFolder = true
                    try each()
                    try prolong(file.path, mark: file.mark, until: end)
                }
                if !isFolder { try prolong(path, mark: nil, until: end) }
            }
        }
        try prolongAll(below: "ocfl", but: { $0.count == 3 && $0.allSatisfy(\.isHexDigit) })
        // Of the ledger's files every sync lays a new version, which holds all that was in the older ones.
        try prolongAll(below: "ledger", but: { _ in false })
        let others = ["ocfl", "ledger", "incoming", "recovered", card]
        try prolongAll(below: "", but: { others.contains($0) })
        try prolong(card, mark: nil, until: end)
    }
}
