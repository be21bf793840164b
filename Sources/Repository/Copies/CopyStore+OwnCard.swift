import Records
import Storage

/// A vault's card that something was laid above is still the card of the store: the version below cannot be taken away.
extension CopyStore {
    /// The card of this archive's store, with what was laid above it; nil where none here is its.
    func ownCard(
        _ store: ObjectIdentifier, of archive: ObjectIdentifier
    ) throws -> CoveredCard? {
        func isOwn(_ card: StoreCard) -> Bool { card.archive == archive && card.store == store }
        if let card = try card(), isOwn(card) { return CoveredCard(card: card, overlays: []) }
        return try coveredCard(where: isOwn)
    }

    /// What stands where the card of a store belongs and is not its, for people.
    func strangeCard() throws -> String {
        if let card = try card() { return card.store.text }
        return try size(of: "store.json") == nil
            ? "không có store.json · no store.json"
            : "store.json không phải thẻ kho · store.json is no store's card"
    }
}

extension StoreOverlay {
    /// The finding of something that lies above a file beside the dossiers of a vault.
    func finding(in store: String) -> Finding {
        Finding(
            .copyOverlaid, subject: path, ["file": path, "mark": mark, "store": store])
    }
}

extension Archive {
    /// What was laid above the card of a store behind a network.
    func cardFindings(of target: AuditTarget) throws -> [Finding] {
        guard case .remote(let copy) = target.reader, let store = target.store else { return [] }
        let card = try copy.ownCard(store, of: configuration.archive)
        return card?.overlays.map { $0.finding(in: target.name) } ?? []
    }
}
