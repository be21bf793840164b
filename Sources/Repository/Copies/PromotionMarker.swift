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
    /// The largest marker read.
    private static let limit = 64 * 1024

    /// Reads the marker; nil when there is none.
    static func read(_ layout: ArchiveLayout, in world: World) throws -> PromotionMarker? {
        guard try world.volume.status(layout.promotionMarker) != nil else { return nil }
        let bytes = try world.volume.readAll(layout.promotionMarker, limit: limit)
        guard let marker = reading(bytes) else {
            throw ArchiveFailure(
                .configuration, subject: "promotion.json", ["line": "1", "detail": format])
        }
        return marker
    }

    private static func reading(_ bytes: [UInt8]) -> PromotionMarker? {
        guard let value = try? JSONValue(parsing: bytes), value["format"]?.stringValue == format,
            let name = value["name"]?.stringValue, StoreEntry.isName(name),
            let store = value["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let former = value["former"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let formerName = value["formerName"]?.stringValue, StoreEntry.isName(formerName),
            let epoch = value["epoch"]?.numberValue, (1...StoreCard.mostEpoch).contains(epoch),
            let reason = value["reason"]?.stringValue
        else { return nil }
        return PromotionMarker(
            name: name, store: store, former: former, formerName: formerName, epoch: epoch,
            reason: reason)
    }

    /// Writes the marker durably; one that could not be read again would stop every later run, and is refused.
    func write(_ layout: ArchiveLayout, in world: World) throws {
        let value: JSONValue = [
            "epoch": .number(epoch), "format": .string(Self.format),
            "former": .string(former.text), "formerName": .string(formerName),
            "name": .string(name), "reason": .string(reason), "store": .string(store.text),
        ]
        let bytes = Array(value.readableText.utf8)
        guard bytes.count <= Self.limit, Self.reading(bytes) == self else {
            throw ArchiveFailure(.usage, subject: "--reason", ["detail": "--reason"])
        }
        try world.volume.replaceDurably(bytes, as: layout.promotionMarker)
    }

    /// Takes the marker away: the ledger tells of the promotion now.
    static func remove(_ layout: ArchiveLayout, in world: World) throws {
        try world.volume.remove(layout.promotionMarker)
        try world.volume.synchronizeFolder(layout.root)
    }
}
