import Auditing
import Records

/// Dossiers whose reading has begun, in the order in which they are judged.
struct AuditWindow {
    private static let mostObjects = 64
    /// Enough for every lane of two readers, and little to lose where a run is stopped.
    private static let mostBytes: Int64 = 2 << 30

    /// One of them.
    struct Dossier {
        let object: ObjectIdentifier
        let awaited: AwaitedObject
        let inventory: Digest?
    }

    private var waiting: ArraySlice<Dossier> = []
    /// What their content files hold together.
    private(set) var bytes: Int64 = 0

    var isEmpty: Bool { waiting.isEmpty }
    var first: Dossier? { waiting.first }

    /// Whether one is judged before another is begun with; two huge ones are read side by side.
    var isFull: Bool {
        waiting.count >= Self.mostObjects || (waiting.count > 1 && bytes >= Self.mostBytes)
    }

    mutating func append(
        _ object: ObjectIdentifier, _ awaited: AwaitedObject, inventory: Digest?
    ) {
        waiting.append(Dossier(object: object, awaited: awaited, inventory: inventory))
        bytes += awaited.bytes
    }

    mutating func removeFirst() { bytes -= waiting.removeFirst().awaited.bytes }
}
