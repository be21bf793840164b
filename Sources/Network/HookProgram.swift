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

    /// Runs a program that reads a file as its standard input; all its processes end after so many seconds.
    package static func run(_ program: String, reading input: String, seconds: Int) -> Ending {
        switch spawn(program, input) {
        case .failure(let reason): return .notStarted(reason.errno)
        case .success(let pid): return wait(for: pid, seconds: seconds)
        }
    }

    private struct Refusal: Error {
        let errno: Int32
    }

    private static func spawn(_ program: String, _ input: String) -> Result<pid_t, Refusal> {
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
        // Standard output belongs to the results; what the program says goes to the notes.
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var arguments = [strdup(program), nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, program, &actions, &attributes, &arguments, &variables)
        return status == 0 ? .success(pid) : .failure(Refusal(errno: status))
    }

    private static func wait(for pid: pid_t, seconds: Int) -> Ending {
        var status: Int32 = 0
        var waited = 0
        while waitpid(pid, &status, WNOHANG) == 0 {
            guard waited < seconds * 1000 else {
                kill(-pid, SIGKILL)
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                return .timedOut
            }
            usleep(10_000)
            waited += 10
        }
        let signal = status & 0x7F
        return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
    }
}
