import Files
import Records
import Storage

/// `promotion.json`: a store is being made the primary one; every run that writes goes on with it first.
struct PromotionMarker: Hashable {
    /// The store that is to lead, by its name in `stores:` and its identifier.
    let name: String
    let store: ObjectIdentifier
    /// The store that led, and the name it gets in `stores:`.
    let former: ObjectIdentifier
    let formerName: String
    let epoch: Int64
    let reason: String

    private static let format = "luutru-promotion 1"

    /// Reads the marker; nil when there is none.
    static func read(_ layout: ArchiveLayout, in world: World) throws -> PromotionMarker? {
        guard try world.volume.status(layout.promotionMarker) != nil else { return nil }
        let bytes = try world.volume.readAll(layout.promotionMarker, limit: 64 * 1024)
        guard let value = try? JSONValue(parsing: bytes), value["format"]?.stringValue == format,
            let name = value["name"]?.stringValue, StoreEntry.isName(name),
            let store = value["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let former = value["former"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let formerName = value["formerName"]?.stringValue, StoreEntry.isName(formerName),
            let epoch = value["epoch"]?.numberValue, (1..<1 << 53).contains(epoch),
            let reason = value["reason"]?.stringValue
        else {
            throw ArchiveFailure(
                .configuration, subject: "promotion.json", ["line": "1", "detail": format])
        }
        return PromotionMarker(
            name: name, store: store, former: former, formerName: formerName, epoch: epoch,
            reason: reason)
    }

    /// Writes the marker durably.
    func write(_ layout: ArchiveLayout, in world: World) throws {
        let value: JSONValue = [
            "epoch": .number(epoch), "format": .string(Self.format),
            "former": .string(former.text), "formerName": .string(formerName),
            "name": .string(name), "reason": .string(reason), "store": .string(store.text),
        ]
        try world.volume.replaceDurably(
            Array(value.readableText.utf8), as: layout.promotionMarker)
    }

    /// Takes the marker away: the ledger tells of the promotion now.
    static func remove(_ layout: ArchiveLayout, in world: World) throws {
        try world.volume.remove(layout.promotionMarker)
        try world.volume.synchronizeFolder(layout.root)
    }
}
