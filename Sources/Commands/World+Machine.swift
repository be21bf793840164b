import Files
import Foundation
import Glibc
import Records
import Repository

extension World {
    /// The real world: this machine's files, clock and chance, and the operating system's user.
    static func machine(
        pin: PINSource = .none,
        isInterrupted: @escaping @Sendable () -> Bool = { Interruption.isAsked }
    ) -> World {
        var world = World(
            volume: DiskVolume(),
            now: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Instant(
                    microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
            },
            random: {
                var generator = SystemRandomNumberGenerator()
                return generator.next()
            },
            agent: "os:" + userName(), process: getpid(),
            isInterrupted: isInterrupted,
            pages: PageCounting.apart(program: "/proc/self/exe", PagesCommand.word))
        world.tokens = TokenAccess(
            program: "/proc/self/exe", TokenCommand.word,
            environment: ProcessInfo.processInfo.environment.map { $0 + "=" + $1 },
            pin: { try pin.pin(of: $0) })
        return world
    }

    private static func userName() -> String {
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else {
            return String(geteuid())
        }
        return String(cString: name)
    }
}

/// Seconds of a clock that only moves on, for rates and times left.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
