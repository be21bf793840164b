import Glibc

/// The program that runs as `TokenWorker`, with what it finds in its environment.
package struct TokenProgram: Sendable {
    package let path: String
    package let arguments: [String]
    /// `NAME=value`: modules look for their configuration there.
    package let environment: [String]

    package init(path: String, arguments: [String], environment: [String]) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
    }
}

/// The running process of a token's module, and the socket on which it is asked.
final class TokenProcess {
    /// Number of the process.
    let pid: pid_t
    private let socket: Int32
    /// Seconds without any word from the module after which it counts as hanging.
    private let patience: Int
    private var isOver = false

    init?(_ program: TokenProgram, patience: Int) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return nil }
        // Copies of these ends in the process would keep it from seeing that it is not needed any more.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let pid = Self.spawn(program, talkingOn: ends[1])
        close(ends[1])
        guard let pid else {
            close(ends[0])
            return nil
        }
        self.pid = pid
        self.patience = patience
        socket = ends[0]
    }

    deinit { end() }

    /// Sends a message and waits for the answer; a process that fails at this is ended.
    func ask(_ question: TokenFrame) throws(TokenFailure) -> TokenFrame {
        guard !isOver, let bytes = question.bytes else { throw TokenFailure(.crashed, subject: "") }
        do throws(TokenFailure) {
            try send(bytes)
            let count = TokenFrame.length(try receive(4))
            guard count <= TokenFrame.limit else { throw TokenFailure(.nonsense, subject: "") }
            guard let answer = TokenFrame(try receive(count)) else {
                throw TokenFailure(.nonsense, subject: "")
            }
            return answer
        } catch {
            end()
            throw error
        }
    }

    private func send(_ bytes: [UInt8]) throws(TokenFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket, $0.baseAddress?.advanced(by: written), $0.count - written,
                    Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw TokenFailure(.crashed, subject: "") }
            written += count
        }
    }

    private func receive(_ count: Int) throws(TokenFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        // Each tenth of a second without a word counts, and so does each piece: dripping ends as well.
        var tenths = patience * 10
        while filled < count {
            var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            tenths -= 1
            guard tenths >= 0 else { throw TokenFailure(.silent, subject: "") }
            guard poll(&wait, 1, 100) > 0 else { continue }
            let got = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress?.advanced(by: filled), count - filled, 0)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw TokenFailure(.crashed, subject: "") }
            filled += got
        }
        return bytes
    }

    /// Ends the process: what hangs in a module hears no other signal.
    private func end() {
        guard !isOver else { return }
        isOver = true
        close(socket)
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }

    private static func spawn(_ program: TokenProgram, talkingOn end: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO)
        // What a module says of itself might hold the PIN.
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var pointers = ([program.path] + program.arguments).map { strdup($0) } + [nil]
        var environment =
            (program.environment + ["SWIFT_BACKTRACE=enable=no"]).map { strdup($0) } + [nil]
        defer { for pointer in pointers + environment { free(pointer) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, program.path, &actions, nil, &pointers, &environment) == 0 else {
            return nil
        }
        return pid
    }
}
