import Dispatch
package import Repository
import ServiceLifecycle
import Synchronization
package import SystemPackage

/// The scheduled watch as a service: a round every minute, until a graceful stop.
package struct WatchService: Service {
    private let stop: StopFlag
    private let pause: @Sendable () async throws -> Void
    private let rounds: WatchRounds
    /// A round may read a disk for hours, so it has a thread of its own and never one of the tasks'.
    private let thread = DispatchQueue(label: "vigil")

    /// `stop` is what the world's work hears of; `pause` waits between two rounds.
    package init(
        _ root: FilePath, in world: World, stop: StopFlag,
        pause: @escaping @Sendable () async throws -> Void,
        pace: @escaping @Sendable (Int64?) -> (Int) -> Void,
        tell: @escaping @Sendable (WatchOutcome) -> Void,
        fail: @escaping @Sendable (FailureReport) -> Void
    ) {
        self.stop = stop
        self.pause = pause
        rounds = WatchRounds(root, world, pace, tell, fail)
    }

    /// Does what is due every minute until the service is asked to end.
    package func run() async throws {
        await withGracefulShutdownHandler {
            while !stop.isAsked, !Task.isCancelled {
                await round()
                await wait()
            }
        } onGracefulShutdown: {
            stop.ask()
        }
    }

    /// Waits for the next round; a stop cuts the waiting short.
    private func wait() async {
        guard !stop.isAsked else { return }
        do {
            try await cancelWhenGracefulShutdown { try await pause() }
        } catch {
            // Only a stop ends the waiting early, and the loop sees it.
            return
        }
    }

    private func round() async {
        await withCheckedContinuation { continuation in
            thread.async {
                rounds.run()
                continuation.resume()
            }
        }
    }
}

/// One round after another; what fails is told, and never ends the watch.
private final class WatchRounds: Sendable {
    /// Only one thread works at a time.
    private let round: Mutex<WatchRound>
    private let tell: @Sendable (WatchOutcome) -> Void
    private let fail: @Sendable (FailureReport) -> Void

    init(
        _ root: FilePath, _ world: World, _ pace: @escaping @Sendable (Int64?) -> (Int) -> Void,
        _ tell: @escaping @Sendable (WatchOutcome) -> Void,
        _ fail: @escaping @Sendable (FailureReport) -> Void
    ) {
        round = Mutex(WatchRound(root, in: world, pace: pace))
        self.tell = tell
        self.fail = fail
    }

    func run() {
        round.withLock { round in
            do {
                try round.run(tell)
            } catch {
                fail(FailureReport(describing: error))
            }
        }
    }
}
