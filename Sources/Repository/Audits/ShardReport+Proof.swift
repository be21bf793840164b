import Records

/// What no reading of a store could have told, so that somebody must have changed it.
extension ShardReport.Store {
    /// The first thing in which the report stands against itself; nil where there is none.
    var contradiction: String? {
        if let finding = report.findings.first(where: { !$0.hasOwnSeverity }) {
            return "\(finding.code.text): severity \(finding.severity.rawValue)"
        }
        guard leastDamaged <= report.damaged else {
            return "damaged \(report.damaged) < \(leastDamaged)"
        }
        guard report.damaged <= mostDamaged else {
            return "damaged \(report.damaged) > \(mostDamaged)"
        }
        return nil
    }

    /// Dossiers that were read, and have a finding that is about their bytes.
    private var leastDamaged: Int {
        let read = Set(objects)
        let codes = Set(FindingCode.storeCodes).subtracting([.objectWithoutEntry])
        return wrongObjects(of: codes).intersection(read).count
    }

    /// Whatever is damaged has a finding.
    private var mostDamaged: Int { wrongObjects(of: FindingCode.auditCodes).count }

    /// Dossiers with errors of these codes.
    private func wrongObjects(of codes: Set<FindingCode>) -> Set<ObjectIdentifier> {
        let wrong = report.findings.filter { $0.severity == .error && codes.contains($0.code) }
        return Set(wrong.compactMap { ObjectIdentifier($0.objectPart) })
    }
}

extension Finding {
    /// The severities of those codes of an audit that are not always errors.
    private static let mildSeverities: [FindingCode: Set<Severity>] = [
        .storeExtraFile: [.warning], .checkpointMissing: [.warning], .witnessFile: [.warning],
        .checkpointStampWrong: [.error, .warning], .ledgerTreeDamaged: [.warning],
        .keyReadable: [.warning], .evidenceLapsed: [.warning], .bundleName: [.warning],
        .copyUnfinished: [.warning],
    ]

    /// Whether an audit gives its code this severity.
    fileprivate var hasOwnSeverity: Bool {
        (Self.mildSeverities[code] ?? [.error]).contains(severity)
    }
}
