import Bundles
import Cryptography
import Files
import Records
import Storage

/// Finds out which segments of a tar are wrong, and whether they are wrong on the medium.
struct SegmentTriage {
    /// Numbers of segments that are named.
    private static let mostNamed = 100
    private let triage: FileTriage
    private let path: String
    private let table: SegmentTable

    init(_ triage: FileTriage, _ path: String, _ table: SegmentTable) {
        self.triage = triage
        self.path = path
        self.table = table
    }

    /// Nil when all of the tar is right and was right at once; only what was wrong is read again.
    func damage() throws -> FileDamage? {
        guard let first = try wrong(among: 0..<table.count) else {
            return FileDamage(path, .missing)
        }
        guard let size = try size() else { return FileDamage(path, .missing) }
        if first.isEmpty, size == table.tarLength { return nil }
        if size == table.tarLength {
            if try wrong(among: first)?.isEmpty == true { return named(.transient, first) }
            try triage.forget(path)
            if try wrong(among: first)?.isEmpty == true { return named(.memory, first) }
        }
        return try named(kind(of: first, size), first)
    }

    private func kind(of wrong: [Int64], _ size: Int64) throws -> DamageKind {
        let isOnlyEnd =
            size < table.tarLength
            && wrong.allSatisfy { table.range(of: $0).upperBound > size }
        if isOnlyEnd { return .truncated }
        guard wrong.count == Int(table.count), try isAnotherTar(size) else { return .medium }
        return .replaced
    }

    /// Whether the whole tar of another version or dossier stands here.
    private func isAnotherTar(_ size: Int64) throws -> Bool {
        guard let (file, _) = try triage.store.open(path, triage.object) else {
            return false
        }
        do {
            let found = try FileTriage.digest(of: file, size, .sha512, triage.run)
            return try Digest(.sha512, bytes: found).map {
                try triage.store.isTarOfSomething($0)
            } ?? false
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        }
    }

    private func named(_ kind: DamageKind, _ wrong: [Int64]) -> FileDamage {
        FileDamage(
            path, kind, segments: Array(wrong.prefix(Self.mostNamed)),
            segmentCount: Int64(wrong.count))
    }

    private func size() throws -> Int64? {
        try triage.store.open(path, triage.object)?.size
    }

    /// Which of these segments are wrong; nil when there is no file.
    private func wrong(among numbers: some Sequence<Int64>) throws -> [Int64]? {
        guard let (file, _) = try triage.store.open(path, triage.object) else {
            return nil
        }
        return try numbers.filter { try !Self.isRight($0, of: file, table, triage.run) }
    }

    /// Whether a segment of a file is what the list says; one that cannot be read is not. The buffer holds it.
    static func isRight(
        _ number: Int64, of file: any ReadableFile, _ table: SegmentTable, _ run: CopyRun
    ) throws -> Bool {
        let range = table.range(of: number)
        let room = run.buffer.prefix(Int(range.upperBound - range.lowerBound))
        do {
            guard try file.fill(room, at: range.lowerBound) == room.count else { return false }
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return false
        }
        try run.progress(room.count)
        let hasher = Hasher(.sha512)
        hasher.update(UnsafeRawBufferPointer(room))
        return try hasher.finalizeAndReset() == table.digest(of: number)
    }
}
