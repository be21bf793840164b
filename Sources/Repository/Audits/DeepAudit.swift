import Auditing
import Files
import Records
import Storage
import SystemPackage

/// An audit that also reads every file in the bundles against its own digest (`audit run --deep`); each tar is read once.
struct DeepAudit: ObjectAudit {
    private let plain: any ObjectAudit
    private let objects: ObjectStore
    private let volume: any Volume
    private let trust: SealTrust
    private let progress: (Int) throws -> Void

    /// Over a storage root on a disk, or behind a network.
    init(
        _ plain: any ObjectAudit, _ reader: AuditTarget.Reader, on disk: any Volume,
        trusting trust: SealTrust, progress: @escaping (Int) throws -> Void
    ) {
        self.plain = plain
        self.trust = trust
        self.progress = progress
        switch reader {
        case .root(let root):
            objects = root
            volume = disk
        case .remote(let store):
            volume = CopyVolume(store)
            objects = ObjectStore(layout: StoreLayout(root: "/"), volume: volume)
        }
    }

    func rootFindings() throws -> [Finding] { try plain.rootFindings() }

    func place(of object: ObjectIdentifier) -> AuditedPlace { plain.place(of: object) }

    func forEachStray(_ body: (AuditedPlace) throws -> Void) throws {
        try plain.forEachStray(body)
    }

    func inspect(_ awaited: AwaitedObject, inventory: Digest?) throws -> ObjectAuditResult {
        let place = awaited.place
        // What stands where no object belongs is only read byte by byte.
        guard let object = place.object, plain.place(of: object) == place, inventory != nil else {
            return try plain.inspect(awaited, inventory: inventory)
        }
        let check = try StoredObject(
            object, in: objects, volume: volume, trusting: trust, inventory: inventory
        ).check(progress: progress)
        let findings = check.findings.map { finding in
            finding.subject.hasPrefix(object.text)
                ? finding
                : Finding(
                    finding.code, finding.severity, subject: object.text + "/" + finding.subject,
                    finding.facts)
        }
        return ObjectAuditResult(
            bytes: check.bytes, findings: findings, isDamaged: check.verdict == .invalid)
    }
}
