package import Records

/// The audits that read a dossier whole, as `fixity.json` lists them (`docs/proof.md`).
package struct ProofChecks: Hashable, Sendable {
    /// One audit and what it found of the dossier.
    package struct Run: Hashable, Sendable {
        /// The ledger entry of the audit.
        package let entry: Int64
        package let at: Instant
        /// Whether everything was read, and not only chosen dossiers.
        package let isWhole: Bool
        package let findings: [String]

        package init(entry: Int64, at: Instant, isWhole: Bool, findings: [String]) {
            self.entry = entry
            self.at = at
            self.isWhole = isWhole
            self.findings = findings
        }
    }

    static let format = "luutru-fixity 1"
    package let runs: [Run]

    package init(runs: [Run]) { self.runs = runs }

    /// What the report says of them.
    package var checks: ProofClaims.Checks {
        ProofClaims.Checks(
            count: Int64(runs.count), first: runs.first?.at, last: runs.last?.at,
            failed: Int64(runs.count { !$0.findings.isEmpty }))
    }

    /// The file's bytes.
    package var bytes: [UInt8] {
        let runs = runs.map { run -> JSONValue in
            [
                "entry": .number(run.entry), "at": .string(run.at.utcSecondsText),
                "scope": .string(run.isWhole ? "all" : "objects"),
                "findings": .array(run.findings.map { .string($0) }),
            ]
        }
        return Array(
            JSONValue.object(["format": .string(Self.format), "runs": .array(runs)])
                .readableText.utf8)
    }

    /// Reads the file; nil when it is not exactly what luutru writes.
    package init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), let list = value["runs"]?.arrayValue
        else { return nil }
        let runs = list.compactMap { value -> Run? in
            guard let entry = value["entry"]?.numberValue,
                let at = value["at"]?.stringValue.flatMap({ Instant($0) }),
                let scope = value["scope"]?.stringValue,
                let findings = value["findings"]?.arrayValue
            else { return nil }
            return Run(
                entry: entry, at: at, isWhole: scope == "all",
                findings: findings.map { $0.stringValue ?? "" })
        }
        self.init(runs: runs)
        guard runs.count == list.count, self.bytes == bytes else { return nil }
    }
}
