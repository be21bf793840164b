package import Records

/// What `store.json` says: whose archive the store belongs to, which store it is, and the writer's epoch.
package struct StoreCard: Hashable, Sendable {
    package let archive: ObjectIdentifier
    package let store: ObjectIdentifier
    package let epoch: Int64
    package let created: Instant
    /// The largest card read.
    package static let limit = 64 * 1024
    /// The highest epoch that a card may tell: one promotion a day would take millennia to get there.
    package static let mostEpoch: Int64 = 1_000_000

    package init(archive: ObjectIdentifier, store: ObjectIdentifier, epoch: Int64, created: Instant)
    {
        self.archive = archive
        self.store = store
        self.epoch = epoch
        self.created = created
    }

    /// The file's bytes.
    package var bytes: [UInt8] {
        let value: JSONValue = [
            "archive": .string(archive.text), "created": .string(created.utcSecondsText),
            "epoch": .number(epoch), "format": "luutru-store 1", "store": .string(store.text),
        ]
        return Array(value.readableText.utf8)
    }

    /// Reads the file; nil when it is not a store's card of this format.
    package init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes),
            value["format"]?.stringValue == "luutru-store 1",
            let archive = value["archive"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let store = value["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let epoch = value["epoch"]?.numberValue, (0...Self.mostEpoch).contains(epoch),
            let created = value["created"]?.stringValue.flatMap({ Instant($0) })
        else { return nil }
        self.init(archive: archive, store: store, epoch: epoch, created: created)
    }
}
