import ArgumentParser
import Console
import Repository
import SystemPackage
import Vigil

/// `luutru watch`: the scheduled watch over the archive.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Canh kho theo lịch · The scheduled watch.",
        discussion: HelpText.discussion(
            "Mỗi phút xem việc đến hạn: kiểm tra trong audit: window, báo sự cố, sửa (repair: auto), dấu thời gian, chép bản sao. --once cho cron. Đặt làm dịch vụ: packaging/systemd."
        ))

    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Làm việc đến hạn rồi thôi · Do what is due and end.")
    var once = false

    func run() async throws {
        guard !once else {
            return try common.run { face in try Self.once(common.archivePath(), face) }
        }
        let (face, root) = try prepared()
        let stop = StopFlag()
        let service = WatchService(
            root, in: .machine(isInterrupted: { stop.isAsked }), stop: stop,
            pause: { try await Task.sleep(for: .seconds(60)) },
            pace: { rate in Self.pace(rate) { stop.isAsked } },
            tell: { WatchReport.give($0, to: face) }, fail: { face.fail($0) })
        do {
            try await Watch.run(service, log: { WatchReport.give($0, to: face) })
        } catch {
            let report = FailureReport(describing: error)
            face.fail(report)
            throw ExitCode(report.status.rawValue)
        }
    }

    /// Before it goes on for years, the archive is opened once, so that what is wrong is said at once.
    private func prepared() throws -> (Face, FilePath) {
        let face = common.face
        do {
            let root = try common.archivePath()
            _ = try Archive.open(root, in: .machine(), for: .reading)
            return (face, root)
        } catch {
            let report = FailureReport(describing: error)
            face.fail(report)
            throw ExitCode(report.status.rawValue)
        }
    }

    private static func once(_ root: FilePath, _ face: Face) throws -> ExitStatus {
        let world = World.machine()
        var worst = ExitStatus.done
        try WatchRound(root, in: world, pace: { rate in pace(rate) { Interruption.isAsked } }).run {
            outcome in
            WatchReport.give(outcome, to: face)
            worst = WatchReport.worse(worst, outcome.status)
        }
        return world.isInterrupted() ? .interrupted : worst
    }

    private static func pace(
        _ rate: Int64?, isStopped: @escaping () -> Bool
    ) -> (Int) -> Void {
        let pace = AuditPace(rate: rate, isStopped: isStopped)
        return { pace.wait(after: $0) }
    }
}
