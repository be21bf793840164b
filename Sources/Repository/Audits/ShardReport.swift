import Cryptography
import Evidence
import Records

/// What one machine read of one part of the stores (`docs/json.md`, report of a part); brought in by `audit merge`.
package struct ShardReport: Sendable {
    static let format = "luutru-audit-report 1"
    /// The largest file read.
    static let limit = 64 << 20

    /// What was read of one store.
    struct Store: Sendable {
        /// The store's own identifier, of the primary one, too.
        let store: ObjectIdentifier
        var report: StoreAuditReport
        var objects: [ObjectIdentifier]
    }

    let archive: ObjectIdentifier
    /// Of this run alone.
    let run: ObjectIdentifier
    package let shard: AuditShard
    let isDeep: Bool
    let agent: String
    /// How far the ledger was known where it was made.
    let ledger: LedgerHead
    let started: Instant
    var finished: Instant
    var stores: [Store]

    /// Whether no store at all was read, so that there is nothing to bring in.
    package var isEmpty: Bool { stores.isEmpty }
    /// The same for people.
    package var answer: AuditReport {
        AuditReport(stores: stores.map(\.report), absent: absent, isNamed: isNamed)
    }
    /// Stores that could not be read.
    var absent: [Finding] = []
    /// Whether stores were asked for by their names.
    var isNamed = false
}

extension ShardReport {
    /// The file's bytes.
    package var bytes: [UInt8] {
        let value: JSONValue = [
            "format": .string(Self.format), "archive": .string(archive.text),
            "run": .string(run.text), "shard": .string(shard.text), "deep": .boolean(isDeep),
            "agent": .string(agent), "software": .string(Software.text),
            "ledger": [
                "size": .number(ledger.size), "count": .number(ledger.count),
                "last": .string(ledger.last.hex),
            ],
            "started": .string(started.utcText), "finished": .string(finished.utcText),
            "stores": .array(stores.map(\.json)),
        ]
        return value.canonicalBytes + [0x0A]
    }

    /// SHA-256 of the file.
    static func digest(of bytes: [UInt8]) -> String {
        Hexadecimal.text(of: Cryptography.Hasher.digest(.sha256, of: bytes))
    }

    /// Reads a file that anybody may have made; nil when any part of it is not what it must be.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.limit, bytes.last == 0x0A,
            let value = try? JSONValue(parsing: bytes.dropLast()),
            Self.isOf(Self.members, value), value["format"]?.stringValue == Self.format,
            let archive = value["archive"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let run = value["run"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let shard = value["shard"]?.stringValue.flatMap({ AuditShard($0) }),
            let isDeep = value["deep"]?.booleanValue,
            let agent = value["agent"]?.stringValue, agent.utf8.count <= 200,
            let started = value["started"]?.stringValue.flatMap({ Instant($0) }),
            let finished = value["finished"]?.stringValue.flatMap({ Instant($0) }),
            started <= finished, let ledger = Self.head(value["ledger"]),
            let list = value["stores"]?.arrayValue, list.count <= 100
        else { return nil }
        let stores = list.compactMap { Store($0, shard) }
        guard stores.count == list.count, Set(stores.map(\.store)).count == list.count
        else { return nil }
        self.init(
            archive: archive, run: run, shard: shard, isDeep: isDeep, agent: agent,
            ledger: ledger, started: started, finished: finished, stores: stores)
    }

    private static let members: Set = [
        "format", "archive", "run", "shard", "deep", "agent", "software", "ledger", "started",
        "finished", "stores",
    ]

    /// Whether an object has these members and no others.
    fileprivate static func isOf(_ members: Set<String>, _ value: JSONValue) -> Bool {
        value.objectValue.map { Set($0.keys) == members } == true
    }

    private static func head(_ value: JSONValue?) -> LedgerHead? {
        guard let size = value?["size"]?.numberValue, let count = value?["count"]?.numberValue,
            size > 0, count > 0,
            let last = value?["last"]?.stringValue.flatMap({ Digest(.sha256, hex: $0) })
        else { return nil }
        return LedgerHead(size: size, count: count, last: last, at: Instant(seconds: 0))
    }
}

extension ShardReport.Store {
    /// More than any store has; sums over all parts stay numbers.
    private static let mostBytes: Int64 = 1 << 60
    private static let mostChecked: Int64 = 1 << 40
    private static let members: Set = [
        "store", "name", "checked", "bytes", "damaged", "complete", "objects", "findings",
    ]

    fileprivate var json: JSONValue {
        [
            "store": .string(store.text), "name": .string(report.store),
            "checked": .number(Int64(report.checked)), "bytes": .number(report.bytes),
            "damaged": .number(Int64(report.damaged)), "complete": .boolean(report.isComplete),
            "objects": .array(objects.map { .string($0.text) }),
            "findings": .array(
                report.findings.map { finding in
                    [
                        "code": .string(finding.code.text),
                        "severity": .string(finding.severity.rawValue),
                        "subject": .string(finding.subject),
                        "facts": .object(finding.facts.mapValues { .string($0) }),
                    ]
                }),
        ]
    }

    fileprivate init?(_ value: JSONValue, _ shard: AuditShard) {
        guard ShardReport.isOf(Self.members, value),
            let store = value["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let name = value["name"]?.stringValue, name.utf8.count <= 200,
            let checked = value["checked"]?.numberValue, let bytes = value["bytes"]?.numberValue,
            let damaged = value["damaged"]?.numberValue, (0...Self.mostBytes).contains(bytes),
            (0...Self.mostChecked).contains(checked), (0...checked).contains(damaged),
            let isComplete = value["complete"]?.booleanValue,
            let objects = value["objects"]?.arrayValue, checked >= objects.count,
            let findings = value["findings"]?.arrayValue, findings.count <= 1_000_000
        else { return nil }
        self.store = store
        self.objects = objects.compactMap { $0.stringValue.flatMap { ObjectIdentifier($0) } }
        report = StoreAuditReport(store: name)
        report.checked = Int(clamping: checked)
        report.bytes = bytes
        report.damaged = Int(clamping: damaged)
        report.isComplete = isComplete
        report.findings = findings.compactMap { Self.finding($0) }
        guard self.objects.count == objects.count, report.findings.count == findings.count,
            Set(self.objects).count == objects.count, self.objects.allSatisfy(shard.holds),
            // Only the first part reads what belongs to no dossier.
            shard.number == 1 || checked == objects.count
        else { return nil }
    }

    private static func finding(_ value: JSONValue) -> Finding? {
        guard let code = value["code"]?.stringValue.map({ FindingCode($0) }),
            FindingCode.auditCodes.contains(code),
            let severity = value["severity"]?.stringValue.flatMap({
                Finding.Severity(rawValue: $0)
            }),
            let subject = value["subject"]?.stringValue, subject.utf8.count <= 4096,
            let facts = value["facts"]?.objectValue, facts.count <= 20
        else { return nil }
        let texts = facts.compactMapValues(\.stringValue).filter { $0.value.utf8.count <= 4096 }
        guard texts.count == facts.count else { return nil }
        return Finding(code, severity, subject: subject, texts)
    }
}
