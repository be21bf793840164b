import Glibc

/// A program of the agency that is told something; it runs without a shell and with no arguments.
package enum HookProgram {
    /// How a run ended.
    package enum Ending: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)
        case notStarted(Int32)
        case timedOut
    }

    /// The whole environment of such a program.
    private static let environment = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
    ]

    /// Letters of what a program says that are kept; the rest is read and dropped.
    private static let mostSaid = 500

    /// Runs a program that reads a file as its standard input; all its processes end after so many seconds.
    ///
    /// What it writes to standard output and error comes back, at most 500 bytes of it.
    package static func run(
        _ program: String, reading input: String, seconds: Int
    ) -> (ending: Ending, said: String) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return (.notStarted(errno), "") }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        let spawned = spawn(program, input, output: ends[1])
        close(ends[1])
        switch spawned {
        case .failure(let reason): return (.notStarted(reason.errno), "")
        case .success(let pid):
            var said: [UInt8] = []
            let ending = wait(for: pid, seconds: seconds, output: ends[0], &said)
            return (ending, String(decoding: said, as: UTF8.self))
        }
    }

    /// Takes what there is to read without waiting, so that the program never stands still at a full pipe.
    ///
    /// False when nothing more can come.
    private static func read(_ end: Int32, into said: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        for _ in 0..<64 {
            let count = Glibc.read(end, &buffer, buffer.count)
            guard count > 0 else { return count < 0 }
            said += buffer[..<min(count, mostSaid - said.count)]
        }
        return true
    }

    /// Waits until there is something to read, a hundredth of a second at most.
    private static func pause(for end: Int32, isOpen: Bool) {
        // An end that was closed is always ready.
        guard isOpen else {
            usleep(10_000)
            return
        }
        var waited = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
        _ = poll(&waited, 1, 10)
    }

    private struct Refusal: Error {
        let errno: Int32
    }

    private static func spawn(
        _ program: String, _ input: String, output: Int32
    ) -> Result<pid_t, Refusal> {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else {
            return .failure(Refusal(errno: ENOMEM))
        }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawnattr_init(&attributes) == 0 else {
            return .failure(Refusal(errno: ENOMEM))
        }
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that what it starts can be ended with it.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        // Standard output and error belong to this program: what another says is told as a finding.
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        var arguments = [strdup(program), nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, program, &actions, &attributes, &arguments, &variables)
        return status == 0 ? .success(pid) : .failure(Refusal(errno: status))
    }

    private static func wait(
        for pid: pid_t, seconds: Int, output end: Int32, _ said: inout [UInt8]
    ) -> Ending {
        var status: Int32 = 0
        var isOpen = true
        let start = ContinuousClock.now
        while waitpid(pid, &status, WNOHANG) == 0 {
            if isOpen { isOpen = read(end, into: &said) }
            guard ContinuousClock.now - start < .seconds(seconds) else {
                kill(-pid, SIGKILL)
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                return .timedOut
            }
            pause(for: end, isOpen: isOpen)
        }
        if isOpen { _ = read(end, into: &said) }
        let signal = status & 0x7F
        return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
    }
}
