import Auditing
import Records

/// Dossiers whose reading has begun: they are read side by side, judged in their order, and a run ends between two.
struct AuditWindow {
    private static let mostObjects = 64
    /// Little to lose where a run is stopped, and little to read beyond the end of a budget.
    private static let mostBytes: Int64 = 1 << 30
    /// Where nothing is to end the run: huge tars fill every lane of two readers, too.
    private static let mostBytesOfAll: Int64 = 16 << 30

    /// One of them.
    private struct Dossier {
        let object: ObjectIdentifier
        let awaited: AwaitedObject
        let inventory: Digest?
    }

    private let audit: any ObjectAudit
    private let request: AuditRequest
    private let world: World
    private var waiting: ArraySlice<Dossier> = []
    /// What the content of those that wait holds together.
    private var awaitedBytes: Int64 = 0
    private var judged = 0
    private var judgedBytes: Int64 = 0
    /// Whether the budget ended the run.
    private(set) var isStopped = false

    init(_ audit: any ObjectAudit, _ request: AuditRequest, _ world: World) {
        self.audit = audit
        self.request = request
        self.world = world
    }

    /// Begins to read a dossier after judging those whose turn has come; false where the run ends.
    mutating func begin(
        _ object: ObjectIdentifier, inventory: Digest?,
        judge: (ObjectIdentifier, ObjectAuditResult) throws -> Void
    ) throws -> Bool {
        // What was begun with in time is judged; only then the budget ends the run.
        while isFull || isOver(after: awaitedBytes) {
            guard try judgeNext(judge) else { return false }
        }
        try world.stopIfInterrupted()
        let awaited = try audit.begin(audit.place(of: object))
        waiting.append(Dossier(object: object, awaited: awaited, inventory: inventory))
        awaitedBytes += awaited.bytes
        return true
    }

    /// Judges those that still wait, as far as the budget goes.
    mutating func finish(
        judge: (ObjectIdentifier, ObjectAuditResult) throws -> Void
    ) throws {
        while !isStopped, !waiting.isEmpty { _ = try judgeNext(judge) }
    }

    /// After the run was stopped: judges those that were read whole by then, tells how far the others came, and reads
    /// nothing more.
    mutating func finishRead(
        judge: (ObjectIdentifier, ObjectAuditResult) throws -> Void,
        leave: (ObjectIdentifier, [String: FileReading]) -> Void
    ) throws {
        defer { waiting = [] }
        for next in waiting {
            if let found = try audit.inspectRead(next.awaited, inventory: next.inventory) {
                try judge(next.object, found)
            } else {
                leave(next.object, audit.readSoFar(next.awaited))
            }
        }
    }

    /// Whether one is judged before another is begun with; two huge ones are read side by side.
    private var isFull: Bool {
        waiting.first?.awaited.isBegun == false || waiting.count >= Self.mostObjects
            || (waiting.count > 1 && awaitedBytes >= mostBytes)
    }

    private var mostBytes: Int64 {
        guard case .everything = request.scope, request.mostBytes == nil else {
            return Self.mostBytes
        }
        return Self.mostBytesOfAll
    }

    /// Judges the one whose turn it is; false where none waits or the bytes are used up, which ends the run.
    private mutating func judgeNext(
        _ judge: (ObjectIdentifier, ObjectAuditResult) throws -> Void
    ) throws -> Bool {
        guard let next = waiting.first, !isUsedUp(after: 0) else {
            isStopped = true
            return false
        }
        try world.stopIfInterrupted()
        let found = try audit.inspect(next.awaited, inventory: next.inventory)
        waiting.removeFirst()
        awaitedBytes -= next.awaited.bytes
        judged += 1
        judgedBytes += found.bytes
        try judge(next.object, found)
        return true
    }

    private func isUsedUp(after bytes: Int64) -> Bool {
        request.mostBytes.map { judgedBytes + bytes >= $0 } ?? false
    }

    /// Whether no other dossier is begun with.
    private func isOver(after bytes: Int64) -> Bool {
        isUsedUp(after: bytes) || request.isTimeOver()
    }
}
