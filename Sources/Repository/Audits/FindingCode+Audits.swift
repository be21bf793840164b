import Records

/// What audits find, how grave they call it and where it lies: a report that says otherwise was changed.
extension FindingCode {
    /// What an audit can find; nothing else is taken from a report.
    static let auditCodes = Set(
        catalogCodes + storeCodes + bundleCodes + packageCodes + copyCodes + evidenceCodes
            + keyCodes + stampCodes + linkCodes)

    /// Codes that an audit does not always call an error.
    private static let milderCodes: [FindingCode: Set<Finding.Severity>] = [
        .storeExtraFile: [.warning], .copyUnfinished: [.warning], .witnessFile: [.warning],
        .checkpointMissing: [.warning], .ledgerTreeDamaged: [.warning], .keyReadable: [.warning],
        .evidenceLapsed: [.warning], .checkpointStampWrong: [.error, .warning],
        .bundleName: [.error, .warning], .storeReadMeWrong: [.warning],
    ]

    /// Folders of a store, or files, in which alone codes are found that are about no dossier.
    private static let besideFolders: [FindingCode: Set<String>] = [
        .storeExtraFile: ["ledger", "evidence", "details"],
        .storePlaceWrong: [
            "ocfl", "incoming", "ledger", "details", "policy", "evidence", "recovered",
        ], .storeCardWrong: ["store.json"],
        .storeReadMeWrong: ["README.txt"],
        .policyFileWrong: ["policy"], .policyFileMissing: ["policy"],
        .policyFileUnadopted: ["policy"], .announcementWrong: ["policy"],
        .detailsFileWrong: ["details"], .keyReadable: ["keys"],
        .batchDamaged: ["evidence"], .batchMissing: ["evidence"], .evidenceLapsed: ["evidence"],
        .ledgerEntryWrong: ["ledger", "keys"], .ledgerInconsistent: ["ledger", "keys"],
        .ledgerShrunk: ["ledger", "keys"], .ledgerFork: ["ledger", "keys"],
        .checkpointWrong: ["ledger", "keys"], .checkpointMissing: ["ledger", "keys"],
        .checkpointStampWrong: ["ledger", "keys"], .ledgerTreeDamaged: ["ledger", "keys"],
        .copyFileWrong: ["ledger"], .copyLedgerBack: ["ledger"], .witnessFile: [],
        .rootDeclarationWrong: ["ocfl"], .rootLayoutWrong: ["ocfl"],
        .rootExtensionWrong: ["ocfl"], .rootExtraFile: ["ocfl"], .rootEmptyFolder: ["ocfl"],
    ]

    /// What is found at the witness's file, which lies outside every store.
    static let witnessCodes: Set<FindingCode> = [
        .witnessFile, .checkpointWrong, .ledgerInconsistent, .ledgerShrunk, .ledgerFork,
    ]

    /// What is wrong about a dossier and with no byte of it.
    private static let bytelessCodes: Set<FindingCode> =
        trustCodes.union(catalogCodes).union([.objectWithoutEntry])
    /// Where every file in the bundles was read, their bytes are known to be whole though nobody vouches for them.
    private static let unvouchedCodes: Set<FindingCode> = [
        .segmentsMissing, .sumsMissing, .sealMissing, .sealIssuerUnknown,
    ]

    /// How grave an audit may call it.
    var auditSeverities: Set<Finding.Severity> { Self.milderCodes[self] ?? [.error] }

    /// Whether it is never about a dossier.
    var isBesideDossiers: Bool { Self.besideFolders[self] != nil }

    /// Where it may lie when it is about no dossier; an object without a name is below `ocfl/`.
    var folders: Set<String> {
        // What was laid above a dossier's file, or above the card.
        if self == .copyOverlaid { return ["ocfl", "store.json"] }
        return Self.besideFolders[self] ?? ["ocfl"]
    }

    /// Whether an audit counts a dossier as damaged in which it is an error.
    func isDamage(isDeep: Bool) -> Bool {
        !Self.bytelessCodes.contains(self) && !(isDeep && Self.unvouchedCodes.contains(self))
    }
}

extension Finding {
    /// Whether an audit finds such a thing at such a place beside the dossiers of a store.
    func isBesideDossiers(witness: String?) -> Bool {
        if let witness, subject == witness || subject.hasSuffix("/" + witness) {
            return FindingCode.witnessCodes.contains(code)
        }
        let parts = subject.split(separator: "/", omittingEmptySubsequences: false)
            .map { String($0) }
        guard let folder = parts.first, !parts.contains(where: { ["", ".", ".."].contains($0) })
        else { return false }
        if code == .storeExtraFile, parts.count == 1 { return true }
        return code.folders.contains(folder)
    }
}
