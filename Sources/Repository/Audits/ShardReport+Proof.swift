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
        return nil
    }

    /// Dossiers that were read, and have a finding that is about their bytes.
    private var leastDamaged: Int {
        let read = Set(objects)
        let codes = Set(FindingCode.storeCodes).subtracting([.objectWithoutEntry])
        return wrongObjects(of: codes).intersection(read).count
    }

    /// Dossiers with errors of these codes.
    private func wrongObjects(of codes: Set<FindingCode>) -> Set<ObjectIdentifier> {
        let wrong = report.findings.filter { $0.severity == .error && codes.contains($0.code) }
        return Set(wrong.compactMap { ObjectIdentifier($0.objectPart) })
    }
}

extension Finding {
    /// Codes that tell of bytes that are lost or changed, which no audit calls anything but an error.
    private static let losses: Set<FindingCode> = [
        .contentMissing, .contentDigestWrong, .inventoryReplaced, .inventoryUnreadable,
        .inventoryMissing, .objectMissing, .bundleUnreadable, .dossierDamaged,
    ]

    /// Whether a loss is told as what it is.
    fileprivate var hasOwnSeverity: Bool { severity == .error || !Self.losses.contains(code) }
}
