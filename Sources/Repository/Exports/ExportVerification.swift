import Bundles
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Reads an export whole and says whether it is what was exported: files, ledger, dossiers, seals, counts.
struct ExportVerification {
    let layout: ExportLayout
    let volume: any Volume
    let progress: (Int) throws -> Void
    /// Certificates given; without them those that the export's own ledger adopted.
    let given: SealTrust?
    var findings: [Finding] = []
    var trustFindings: [Finding] = []
    var signer: SignerFacts?
    var bytes: Int64 = 0
    var card: ExportCard?
    var survey = LedgerSurvey()
    var trusted: [Certificate] = []
    /// Files that revoke keys, as the export's own ledger adopted them.
    var revocations: [[UInt8]] = []
    var isRevocationLost = false
    /// What is wrong with single dossiers; an import refuses these and takes the others.
    var refused: Set<ObjectIdentifier> = []
    /// Dossiers that are whole and whose seals are trusted.
    var accepted: Set<ObjectIdentifier> = []
    var counts = ExportCounts()
    var checkpoint: LedgerNote?
    var stamped: StampedCheckpoint?
    var stampRoots: [Certificate] = []
    var trust = SealTrust([])

    init(
        _ root: FilePath, trusting given: SealTrust?, volume: any Volume,
        progress: @escaping (Int) throws -> Void
    ) {
        layout = ExportLayout(root: root)
        self.given = given
        self.volume = volume
        self.progress = progress
    }

    mutating func run() throws {
        guard let card = try readCard() else { return }
        try compareManifest()
        guard let ending = card.ending else {
            return report(.exportUnfinished, ExportLayout.cardName)
        }
        let tree = try readLedger(card, ending)
        try readPolicy()
        if let tree {
            try judge(tree)
        } else if card.scope.isEverything, try volume.status(layout.checkpoint) == nil,
            try !verifiers().isEmpty
        {
            report(.checkpointMissing, .warning, ExportLayout.checkpointName)
        }
        try readDetails()
        trust = gatheredTrust()
        if card.form == .ocfl {
            try checkObjects(ending)
        } else {
            try checkDossiers(card.form, ending)
        }
        compareCounts(ending.counts)
    }

    mutating func report(
        _ code: FindingCode, _ severity: Finding.Severity = .error, _ subject: String,
        _ facts: [String: String] = [:]
    ) {
        findings.append(Finding(code, severity, subject: subject, facts))
    }

    mutating func report(_ code: FindingCode, _ subject: String, _ facts: [String: String] = [:]) {
        report(code, .error, subject, facts)
    }

    private mutating func readCard() throws -> ExportCard? {
        guard try volume.status(layout.card)?.kind == .file,
            let bytes = try volume.readIfSmall(layout.card, limit: ExportCard.limit),
            let card = ExportCard(bytes)
        else {
            report(.exportCardWrong, ExportLayout.cardName)
            return nil
        }
        self.card = card
        return card
    }

    private mutating func compareManifest() throws {
        guard try volume.status(layout.manifest)?.kind == .file else {
            return report(.exportFileMissing, ExportLayout.manifestName)
        }
        var comparison = try ManifestComparison(
            layout, volume: volume, buffer: WorkBuffer(count: 1 << 20), progress: progress)
        try comparison.run()
        findings += comparison.findings
        counts.files = comparison.files
        counts.bytes = comparison.bytes
        bytes = comparison.bytes
    }

    /// The names in a flat folder that may be missing.
    func names(in folder: FilePath) throws -> [String] {
        guard try volume.status(folder)?.kind == .folder else { return [] }
        return try volume.list(folder).map(\.name.string)
    }

    private mutating func compareCounts(_ expected: ExportCounts) {
        let pairs = [
            ("dossiers", expected.dossiers, counts.dossiers),
            ("files", expected.files, counts.files), ("bytes", expected.bytes, counts.bytes),
            ("details", expected.details, counts.details),
            ("policy", expected.policy, counts.policy),
            ("entries", expected.entries, counts.entries),
        ]
        for (what, said, found) in pairs where said != found {
            report(
                .exportCountsWrong, ExportLayout.cardName,
                ["what": what, "expected": String(said), "found": String(found)])
        }
    }
}
