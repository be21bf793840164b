import Auditing
import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// Reads everything it is asked for and records the run: one entry for it, one for each finding.
    package func audit(_ ids: [String], progress: @escaping (Int) -> Void) throws -> AuditReport {
        let started = world.now()
        let chosen = try ids.map { try dossier(named: $0, version: nil) }
        let audit = StoreAudit(
            objects: objects, volume: world.volume, trusted: try TrustAnchors.of(policy),
            progress: { [world] count in
                progress(count)
                try world.stopIfInterrupted()
            })
        let result: StoreAudit.Result
        if chosen.isEmpty {
            result = try audit.everything(
                known: { [catalog] in try catalog.inventoryDigest(of: $0) },
                forEachKnown: { [catalog] body in try catalog.forEachDossier { try body($0.object) }
                },
                beside: try ledgerFindings() + policyFindings())
        } else {
            result = try audit.objects(chosen) { [catalog] in try catalog.inventoryDigest(of: $0) }
        }
        try record(result, of: chosen, startedAt: started)
        return AuditReport(
            checked: result.checked, bytes: result.bytes, damaged: result.damaged.count,
            findings: result.findings)
    }

    private func record(
        _ result: StoreAudit.Result, of chosen: [ObjectIdentifier], startedAt started: Instant
    ) throws {
        var detail: Digest?
        if !chosen.isEmpty {
            var chance = Chance(world)
            detail = try details.keep(
                ["objects": .array(chosen.map { .string($0.text) })], salt: &chance)
        }
        let run = try record(
            draft(
                LedgerAct.audit, "fixity check",
                outcome: result.findings.containsErrors ? .fail : .success,
                details: detail,
                facts: [
                    "scope": chosen.isEmpty ? "all" : "objects",
                    "checked": .number(Int64(result.checked)),
                    "bytes": .number(result.bytes), "damaged": .number(Int64(result.damaged.count)),
                    "findings": .number(Int64(result.findings.count)),
                    "started": .string(started.utcText),
                ]))
        for finding in result.findings {
            try record(
                draft(
                    LedgerAct.auditFinding, "fixity check",
                    object: ObjectIdentifier(finding.objectPart),
                    outcome: finding.severity == .error ? .fail : .warning,
                    facts: [
                        "run": .number(run.sequence), "code": .string(finding.code.text),
                        "path": .string(finding.pathPart),
                    ]))
        }
    }

    /// Reads the whole ledger, not only what is new.
    private func ledgerFindings() throws -> [Finding] {
        do {
            let end = try ledger.read { _, _ in }
            return end == head
                ? []
                : [
                    Finding(
                        .ledgerInconsistent, subject: "ledger/entries.jsonl",
                        ["entry": "\(end.count)"])
                ]
        } catch let failure as LedgerFailure {
            let code: FindingCode =
                failure.reason == .shrunk
                ? .ledgerShrunk
                : failure.reason == .inconsistent ? .ledgerInconsistent : .ledgerEntryWrong
            return [
                Finding(code, subject: "ledger/entries.jsonl", ["entry": "\(failure.sequence)"])
            ]
        }
    }

    /// Compares every adopted policy file and every details file with the digest that the ledger names.
    private func policyFindings() throws -> [Finding] {
        var findings: [Finding] = []
        _ = try? ledger.read { [policy, details] entry, _ in
            for (name, digest) in entry.draft.digests where name.hasPrefix("policy/") {
                let path = policy.layout.root.appending(name)
                guard try policy.volume.status(path) != nil else {
                    findings.append(Finding(.policyFileMissing, subject: name))
                    continue
                }
                let bytes = try policy.volume.readAll(path, limit: Configuration.limit * 4)
                if PolicyStore.digest(of: bytes) != digest {
                    findings.append(Finding(.policyFileWrong, subject: name))
                }
            }
            if let digest = entry.draft.details {
                do {
                    if try details.content(digest) == nil {
                        throw LedgerFailure(.detailsMismatch, sequence: -1)
                    }
                } catch is LedgerFailure {
                    findings.append(
                        Finding(.detailsFileWrong, subject: "details/\(digest.hex).json"))
                }
            }
        }
        for name in try policy.unadopted() {
            findings.append(Finding(.policyFileUnadopted, subject: "policy/" + name))
        }
        return findings
    }
}

extension Finding {
    /// The object's identifier at the beginning of the subject, or nothing.
    fileprivate var objectPart: String { String(subject.prefix { $0 != "/" }) }

    /// The subject without the object's identifier, at most 1,000 bytes of it.
    fileprivate var pathPart: String {
        let path =
            ObjectIdentifier(objectPart) == nil
            ? Substring(subject) : subject.dropFirst(objectPart.count + 1)
        return String(path.prefix(250))
    }
}
