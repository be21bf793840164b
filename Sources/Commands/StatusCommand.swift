import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru status`: how the archive stands.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tình trạng kho · How the archive stands.",
        discussion: HelpText.discussion(
            "--check: 0 tốt, 1 có gì sai, 3 có gì đang chờ hoặc vắng mặt; một dòng."))

    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Một dòng, mã 0/1/3 cho giám sát · One line, 0/1/3 for monitoring.")
    var check = false
    @Option(
        name: .long, help: "Ghi số đo cho Prometheus · Write a textfile for Prometheus: ….prom.",
        completion: .file())
    var metrics: String?

    func run() throws {
        try common.run { face in
            let archive = try Archive.open(common.archivePath(), in: .machine(), for: .reading)
            let copies = try archive.openCopies()
            if let metrics { try archive.writeMetrics(to: FilePath(metrics).absolute, copies) }
            if check { return HealthReport.give(try archive.health(copies), to: face) }
            let status = try archive.status(copies)
            let ending =
                try status.isLedgerSuspect ? nil : EvidenceReport.firstToEnd(archive)
            face.give(
                "status", StatusReporting.json(status, ending),
                text: StatusReporting.lines(status, ending, face.language).joined(separator: "\n"))
            return Self.ending(status, isOverdue: ending?.isOverdue == true)
        }
    }

    private static func ending(_ status: StatusReport, isOverdue: Bool) -> ExitStatus {
        if status.isLedgerSuspect { return .failed }
        if !status.wrongPlaces.isEmpty { return .findings }
        if status.lastEntryAhead != nil || !status.wrongCheckpoints.isEmpty
            || status.storesWrong > 0 || status.openDamage > 0 || status.openIncidents > 0
            || isOverdue
            || status.witness?.isContradicted == true || (status.copies?.overdue ?? 0) > 0
        {
            return .findings
        }
        if status.isSealKeyRevoked || status.certificateState == .ended || status.voidSeals > 0
            || status.lapsedBatches > 0
        {
            return .untrusted
        }
        return status.witness?.hasFailed == true || status.catalogBehind > 0 ? .incomplete : .done
    }
}
