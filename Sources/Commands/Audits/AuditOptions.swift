import ArgumentParser
import Foundation
import Repository

/// How much an audit reads, and how fast.
struct AuditOptions: ParsableArguments {
    @Flag(name: .long, help: "Chỉ phần đến hạn, lâu chưa đọc trước · What is due, stalest first.")
    var due = false
    @Option(name: .long, help: "Dừng sau · End after: 2h, 90m, 500G.") var budget: String?
    @Option(name: .long, help: "Tốc độ tối đa mỗi giây · Bytes a second: 80M.") var rate: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Kho, nhiều lần nếu cần · A store, again and again: chinh, TÊN.", valueName: "store"))
    var store: [String] = []
    @Option(name: .long, help: "Đọc mẫu · Read a sample: 2%.") var sample: String?
    @Option(name: .long, help: "Một phần trong nhiều phần · One part of many: 3/16.")
    var shard: String?
    @Flag(name: .long, help: "Cả từng tệp trong gói · Every file in the bundles, too.")
    var deep = false
    @Flag(name: .long, help: "Đọc tiếp lần bị dừng · Go on with the run that was stopped.")
    var resume = false

    /// The request; a failure for an option of another form, or two that do not go together.
    func request(_ ids: [String]) throws -> AuditRequest {
        guard ids.isEmpty || !(due || resume || sample != nil || shard != nil) else {
            throw Self.usage(
                "--due, --resume, --sample, --shard: không kèm hồ sơ · without records")
        }
        guard !(resume && sample != nil) else {
            throw Self.usage(
                "--resume --sample: mỗi mẫu rút lại từ đầu · each sample is drawn anew")
        }
        var request = AuditRequest(
            ids.isEmpty ? (due ? .due : .everything) : .objects(ids))
        request.stores = store
        request.isDeep = deep
        request.isResuming = resume
        if let sample { request.perMille = try Self.perMille(sample) }
        if let shard {
            guard let part = AuditShard(shard) else {
                throw Self.usage(
                    "--shard \(shard): phần i/n, 1 ≤ i ≤ n ≤ 10000 · part i/n, as 3/16")
            }
            request.shard = part
        }
        if let budget { try Self.limit(&request, budget) }
        return request
    }

    /// The pace asked for; nil where the configuration decides.
    func pace() throws -> AuditPace? {
        guard let rate else { return nil }
        guard let bytes = ByteCount.reading(rate) else { throw Self.usage("--rate: 80M") }
        return AuditPace(rate: bytes)
    }

    private static func limit(_ request: inout AuditRequest, _ budget: String) throws {
        if let seconds = seconds(budget) {
            let end = monotonicSeconds() + seconds
            request.isTimeOver = { monotonicSeconds() >= end }
        } else if let bytes = ByteCount.reading(budget) {
            request.mostBytes = bytes
        } else {
            throw usage("--budget: 2h, 90m, 30s, 500G")
        }
    }

    private static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["h": 3600, "m": 60, "s": 1]
        guard let factor = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1...1_000_000).contains(number)
        else { return nil }
        return Double(number) * factor
    }

    private static func perMille(_ text: String) throws -> Int {
        guard text.hasSuffix("%"), let percent = Double(text.dropLast()),
            percent >= 0.1, percent <= 100
        else { throw usage("--sample: 0.1%…100%") }
        return Int((percent * 10).rounded())
    }

    private static func usage(_ detail: String) -> ArchiveFailure {
        ArchiveFailure(.usage, subject: "audit run", ["detail": detail])
    }
}

/// Keeps a run below so many bytes a second.
final class AuditPace {
    /// The longest that it waits before it listens for a stop.
    private static let step = 0.25
    private let rate: Int64?
    private let isStopped: () -> Bool
    private let began = monotonicSeconds()
    private var done: Int64 = 0

    /// Without a rate it never waits.
    init(rate: Int64?, isStopped: @escaping () -> Bool = { Interruption.isAsked }) {
        self.rate = rate
        self.isStopped = isStopped
    }

    /// Waits until the bytes so far are no more than the rate allows, or a stop is asked for.
    func wait(after count: Int) {
        done += Int64(count)
        guard let rate else { return }
        while !isStopped() {
            let ahead = Double(done) / Double(rate) - (monotonicSeconds() - began)
            guard ahead > 0.01 else { return }
            Thread.sleep(forTimeInterval: min(ahead, Self.step))
        }
    }
}
