import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// What a hash-tree renewal is to take, so that a later run can tell whether it may go on with it.
struct RehashPlan: Hashable {
    let number: Int64
    /// It covers those of batches 1 to this that have another digest.
    let batches: Int64
    let method: DigestMethod
    /// SHA-512 over the digests of all leaves and tokens that it builds on.
    let ground: Digest
    let started: Instant

    /// A plan over the batches and renewals as the ledger tells of them.
    init(
        number: Int64, batches: Int64, _ method: DigestMethod, started: Instant,
        in archive: Archive
    ) throws {
        let hasher = Hasher(.sha512)
        for batch in try archive.catalog.batches() where batch.number <= batches {
            hasher.update(batch.leaves.bytes + batch.stamp.bytes)
        }
        for renewal in try archive.catalog.renewals() where renewal.number < number {
            hasher.update(renewal.leaves.bytes + renewal.stamp.bytes)
        }
        let ground = Digest(sha512: hasher.finalizeAndReset())
        self.number = number
        self.batches = batches
        self.method = method
        self.ground = ground
        self.started = started
    }

    /// Reads a plan; nil for what is none.
    init?(_ value: JSONValue?) {
        guard let value, let number = value["renewal"]?.numberValue,
            let batches = value["batches"]?.numberValue, batches > 0,
            let method = value["digest"]?.stringValue.flatMap({ DigestMethod(rawValue: $0) }),
            let ground = value["ground"]?.stringValue.flatMap({ Digest(.sha512, hex: $0) }),
            let started = value["started"]?.stringValue.flatMap({ Instant($0) })
        else { return nil }
        self.number = number
        self.batches = batches
        self.method = method
        self.ground = ground
        self.started = started
    }

    var json: JSONValue {
        [
            "renewal": .number(number), "batches": .number(batches),
            "digest": .string(method.rawValue), "ground": .string(ground.hex),
            "started": .string(started.utcText),
        ]
    }
}

/// How far a hash-tree renewal has come: what of `files` is on the disk and right.
struct RehashProgress {
    let plan: RehashPlan
    /// Bytes of `files` that are on the disk, and their SHA-512.
    var written: Int64 = 0
    var digest: Digest
    /// Versions that are done, with those left out.
    var versions = 0
    /// Bytes of bundles that were read.
    var read: Int64 = 0
    var findings: [Finding] = []

    /// Nothing is done yet.
    init(_ plan: RehashPlan) {
        self.plan = plan
        digest = Archive.sha512(of: [])
    }

    /// Reads what `json` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), let plan = RehashPlan(value["plan"]),
            let written = value["written"]?.numberValue, written >= 0,
            let digest = value["sha512"]?.stringValue.flatMap({ Digest(.sha512, hex: $0) }),
            let versions = value["versions"]?.numberValue, versions >= 0,
            let read = value["read"]?.numberValue, read >= 0,
            let findings = value["findings"]?.arrayValue
        else { return nil }
        self.plan = plan
        self.written = written
        self.digest = digest
        self.versions = Int(clamping: versions)
        self.read = read
        self.findings = findings.compactMap { Self.finding($0) }
        guard self.findings.count == findings.count else { return nil }
    }

    var json: JSONValue {
        [
            "plan": plan.json, "written": .number(written), "sha512": .string(digest.hex),
            "versions": .number(Int64(versions)), "read": .number(read),
            "findings": .array(
                findings.map { finding in
                    [
                        "code": .string(finding.code.text), "subject": .string(finding.subject),
                        "facts": .object(finding.facts.mapValues { .string($0) }),
                    ]
                }),
        ]
    }

    private static func finding(_ value: JSONValue) -> Finding? {
        guard let code = value["code"]?.stringValue, let subject = value["subject"]?.stringValue,
            case .object(let facts)? = value["facts"]
        else { return nil }
        return Finding(
            FindingCode(code), subject: subject, facts.compactMapValues { $0.stringValue })
    }
}
