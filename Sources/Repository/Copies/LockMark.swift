import Files
import Records

/// Until when all was locked that lay in a vault's folders beside the dossiers when a sync prolonged it (`design.md` O3).
///
/// It saves requests and is no more than a hint: it counts for half of the time of a lock at most.
struct LockMark: Hashable {
    /// The folders of which a store has ever more files.
    static let folders = ["details", "evidence", "policy"]
    static let limit = 4096
    private static let form = "luutru lock mark 1"

    /// The end of the locks by folder.
    var ends: [String: Instant]

    init(ends: [String: Instant] = [:]) { self.ends = ends }

    /// Reads a mark; what cannot be read, or is of another form, is none.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes),
            value["form"]?.stringValue == Self.form, let ends = value["ends"]?.objectValue
        else { return nil }
        self.init(ends: ends.compactMapValues { $0.stringValue.flatMap { Instant($0) } })
    }

    var bytes: [UInt8] {
        let value: JSONValue = [
            "form": .string(Self.form),
            "ends": .object(ends.mapValues { .string($0.utcSecondsText) }),
        ]
        return value.canonicalBytes
    }

    /// Whether the locks of a folder need no look: no lock can end later than one of now.
    func covers(_ folder: String, from half: Instant, to end: Instant) -> Bool {
        ends[folder].map { half <= $0 && $0 <= end } ?? false
    }
}

extension Archive {
    /// The mark of a vault's locks; an empty one where no sync left any, or it was deleted.
    func lockMark(of store: ObjectIdentifier) throws -> LockMark {
        let path = layout.lockMark(of: store)
        guard try world.volume.status(path)?.kind == .file,
            let bytes = try world.volume.readIfSmall(path, limit: LockMark.limit)
        else { return LockMark() }
        return LockMark(bytes) ?? LockMark()
    }

    /// Notes what was prolonged, after all of it was.
    func keep(_ mark: LockMark, of store: ObjectIdentifier) throws {
        let path = layout.lockMark(of: store)
        // What else stands there costs requests, and no lock.
        guard try world.volume.status(path)?.kind != .folder else { return }
        try world.volume.replaceDurably(mark.bytes, as: path)
    }
}
