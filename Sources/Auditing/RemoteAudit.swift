package import Bundles
package import Cryptography
import Files
package import Records
package import Storage

/// A fixity check of a store behind a network: what it hands out is read and compared as on a disk.
package struct RemoteAudit: ObjectAudit {
    private let store: any CopyStore
    private let trusted: [Certificate]
    private let revoked: RevokedKeys
    private let isKnown: (ObjectIdentifier) throws -> Bool
    /// Marks of an object's files as receipts have them, by path below the store.
    private let marks: (ObjectIdentifier) throws -> [String: String]
    private let kept: (ObjectIdentifier) -> [String: FileReading]
    private let progress: (Int) throws -> Void
    private let last = LastReading()
    private let buffer = WorkBuffer(count: SegmentList.segmentSize)

    /// What was read of the object that was inspected last.
    private final class LastReading {
        var place: AuditedPlace?
        var readings: [String: FileReading] = [:]
    }

    /// Prepares a run; `progress` hears of every piece read and may throw to stop; `kept` gives what earlier runs had
    /// read of an object's files.
    package init(
        _ store: any CopyStore, trusted: [Certificate], revoked: RevokedKeys,
        isKnown: @escaping (ObjectIdentifier) throws -> Bool,
        marks: @escaping (ObjectIdentifier) throws -> [String: String],
        kept: @escaping (ObjectIdentifier) -> [String: FileReading] = { _ in [:] },
        progress: @escaping (Int) throws -> Void
    ) {
        self.kept = kept
        self.store = store
        self.trusted = trusted
        self.revoked = revoked
        self.isKnown = isKnown
        self.marks = marks
        self.progress = progress
    }

    package func rootFindings() throws -> [Finding] {
        try ownFileFindings() + strangeFindings()
    }

    private func ownFileFindings() throws -> [Finding] {
        try StorageRoot.files.compactMap { path, text in
            let code: FindingCode =
                path == StorageRoot.declarationName
                ? .rootDeclarationWrong
                : path == StorageRoot.layoutName ? .rootLayoutWrong : .rootExtensionWrong
            let name = "ocfl/" + path
            return try small(name, store) == Array(text.utf8)
                ? nil : Finding(code, subject: name, ["file": path])
        }
    }

    /// What stands above the objects and belongs to nothing; the store gives its names a page at a time.
    private func strangeFindings() throws -> [Finding] {
        var root = RemoteRoot()
        var findings: [Finding] = []
        try store.forEachFile(below: "ocfl") { file in
            if let finding = root.finding(of: file.path) { findings.append(finding) }
            try progress(0)
        }
        return findings
    }

    package func place(of object: ObjectIdentifier) -> AuditedPlace {
        AuditedPlace(
            object: object, subject: object.text,
            folder: "ocfl/" + ObjectLocation.folder(of: object))
    }

    package func forEachStray(_ body: (AuditedPlace) throws -> Void) throws {
        var last = ""
        try store.forEachFile(below: "ocfl") { file in
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count > 5, parts[1] != "extensions" else { return }
            let folder = parts[..<5].joined(separator: "/")
            guard folder != last else { return }
            last = folder
            let object = ObjectLocation.object(inFolder: String(parts[4]))
            if let object, place(of: object).folder == folder, try isKnown(object) { return }
            try body(
                AuditedPlace(
                    object: object, subject: object?.text ?? "ocfl/" + parts[4], folder: folder))
        }
    }

    package func inspect(
        _ object: AwaitedObject, inventory: Digest?
    ) throws -> ObjectAuditResult {
        let place = object.place
        let marks = try place.object.map { try self.marks($0) } ?? [:]
        let store = self.store.marked(marks)
        var inspection = RemoteInspection(
            of: place.subject, in: place.folder, store, buffer: buffer,
            kept: place.object.map(kept) ?? [:], progress: progress)
        defer { (last.place, last.readings) = (place, inspection.readings) }
        try inspection.run(expecting: place.object, inventory: inventory)
        var findings = inspection.findings
        try store.forEachOverlay(below: place.folder, marks: marks) { overlay in
            let name = String(overlay.path.dropFirst(place.folder.count + 1))
            findings.append(
                Finding(
                    .copyOverlaid, subject: place.subject + "/" + name,
                    ["file": name, "mark": overlay.mark]))
        }
        var void: [Finding] = []
        if let object = place.object, let found = inspection.inventory {
            var seals: [RevokedKeys.Seal] = []
            for version in 1...found.versions.count {
                let layout = BundleLayout(object: object, version: version)
                let content = "v\(version)/content/"
                guard let sums = try small(place.folder + "/" + content + layout.sums, store),
                    let seal = try small(place.folder + "/" + content + layout.seal, store)
                else { continue }
                let name = place.subject + "/" + content + layout.seal
                let judged = SealJudgement.judge(seal, over: sums, name: name, trusting: trusted)
                if let finding = judged.finding { findings.append(finding) }
                seals.append(
                    RevokedKeys.Seal(
                        version: version, signer: judged.signer,
                        isTrusted: judged.finding == nil, name: name))
            }
            void = try revoked.findings(seals, of: object)
        }
        return ObjectAuditResult(
            bytes: inspection.bytes, findings: findings + void,
            isDamaged: findings.containsErrors)
    }

    /// How far the object came that was inspected last; one that comes later was not begun with.
    package func readSoFar(_ object: AwaitedObject) -> [String: FileReading] {
        object.place == last.place ? last.readings : [:]
    }

    private func small(_ path: String, _ store: any CopyStore) throws -> [UInt8]? {
        guard let size = try store.size(of: path), size <= Int64(Sums.limit) else { return nil }
        return try store.bytes(of: path, limit: Sums.limit)
    }
}
