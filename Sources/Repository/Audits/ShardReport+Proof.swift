import Records

/// What no reading of a store could have told, so that somebody must have changed it.
extension ShardReport.Store {
    /// What tells of a folder of which no entry tells; there is one for each such folder.
    private static let strayCodes: Set<FindingCode> = [.objectWithoutEntry, .copyUnfinished]
    /// What the first part tells of a dossier that stands in the ledger alone.
    private static let unlistedCodes: Set<FindingCode> = [.catalogRowMissing, .objectMissing]

    /// The first thing in which a part's word on a store stands against itself; nil where there is none.
    func contradiction(in part: ShardReport, witness: String?) -> String? {
        if let finding = report.findings.first(where: {
            !$0.code.auditSeverities.contains($0.severity)
        }) {
            return "\(finding.code.text): severity \(finding.severity.rawValue)"
        }
        if let finding = misplaced(isFirst: part.shard.number == 1, witness) {
            return "\(finding.code.text): subject \(finding.subject.prefix(200))"
        }
        let least =
            objects.count + report.findings.count(where: { Self.strayCodes.contains($0.code) })
        guard report.checked >= least else { return "checked \(report.checked) < \(least)" }
        let damaged = damagedDossiers(by: report.findings, isDeep: part.isDeep).count
        guard report.damaged == damaged else { return "damaged \(report.damaged) ≠ \(damaged)" }
        return nil
    }

    /// Dossiers that were read and that some of these findings call damaged; the run that reads them counts them so.
    func damagedDossiers(
        by findings: [Finding], isDeep: Bool
    ) -> Set<ObjectIdentifier> {
        let wrong = findings.filter {
            $0.severity == .error && $0.code.isDamage(isDeep: isDeep)
        }
        return Set(wrong.compactMap { ObjectIdentifier($0.objectPart) })
            .intersection(Set(objects).union(subjects(of: [.objectWithoutEntry])))
    }

    /// Dossiers that were not read, and of which the catalog is said to tell nothing: the ledger must.
    var unlisted: Set<ObjectIdentifier> {
        subjects(of: [.catalogRowMissing]).subtracting(objects)
    }

    /// The first finding about something that the part did not look at.
    private func misplaced(isFirst: Bool, _ witness: String?) -> Finding? {
        let read = Set(objects).union(isFirst ? subjects(of: Self.strayCodes) : [])
        let unlisted = isFirst ? self.unlisted : []
        return report.findings.first { finding in
            guard !finding.code.isBesideDossiers,
                let object = ObjectIdentifier(finding.objectPart)
            else { return !(isFirst && finding.isBesideDossiers(witness: witness)) }
            if finding.objectPart != object.text { return true }
            if read.contains(object) { return false }
            return
                !(unlisted.contains(object) && Self.unlistedCodes.contains(finding.code)
                && finding.subject == object.text)
        }
    }

    /// Dossiers that findings of some codes are about as a whole.
    private func subjects(of codes: Set<FindingCode>) -> Set<ObjectIdentifier> {
        Set(
            report.findings.filter { codes.contains($0.code) }
                .compactMap { ObjectIdentifier($0.subject) })
    }
}
