import Glibc
import Synchronization
package import SystemPackage

/// Counts pages in a process of its own, begun when first needed; a file that ends it is unreadable, the next begins it anew.
///
/// One file at a time: a lock holds the process for as long as an answer takes.
package final class PageProcess: Sendable {
    private let program: String
    private let arguments: [String]
    private let child = Mutex<Child?>(nil)

    /// The running process and both ends of what it is told and answers.
    private struct Child {
        let pid: pid_t
        let question: Int32
        let answer: Int32
    }

    /// Names the program that serves as `PageWorker`, with its arguments.
    package init(program: String, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    deinit {
        child.withLock { child in
            if let child { _ = Self.end(child) }
        }
    }

    /// Counts the pages of the PDF at a path.
    package func count(at path: FilePath) -> PDFPages {
        child.withLock { child in
            guard let running = child ?? start() else {
                return .unreadable("no process could be started")
            }
            child = running
            if let pages = Self.ask(running, path) { return pages }
            child = nil
            return .unreadable(Self.end(running))
        }
    }

    private static func ask(_ child: Child, _ path: FilePath) -> PDFPages? {
        let question = path.withPlatformString { text in
            Array(UnsafeRawBufferPointer(start: text, count: strlen(text) + 1))
        }
        var written = 0
        while written < question.count {
            let count = question.withUnsafeBytes {
                write(child.question, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            guard count > 0 else { return nil }
            written += count
        }
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while line.last != 0x0A {
            let count = read(child.answer, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0, line.count < 64 * 1024 else { return nil }
            line += buffer[..<count]
        }
        return PDFPages(line: String(decoding: line.dropLast(), as: UTF8.self))
    }

    /// Ends the process; says why it had ended by itself.
    private static func end(_ child: Child) -> String {
        close(child.question)
        close(child.answer)
        var status: Int32 = 0
        while waitpid(child.pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == SIGPROF
            ? "more than \(PageWorker.seconds) seconds of work"
            : "more than \(PageWorker.memory >> 20) MiB of memory, or a fault"
    }

    private func start() -> Child? {
        var question: [Int32] = [-1, -1]
        var answer: [Int32] = [-1, -1]
        guard pipe(&question) == 0 else { return nil }
        guard pipe(&answer) == 0 else {
            for end in question { close(end) }
            return nil
        }
        // Copies of these ends in the process would keep it from seeing that it is not needed any more.
        for end in question + answer { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let pid = spawn(reading: question[0], writing: answer[1])
        close(question[0])
        close(answer[1])
        guard let pid else {
            close(question[1])
            close(answer[0])
            return nil
        }
        return Child(pid: pid, question: question[1], answer: answer[0])
    }

    private func spawn(reading input: Int32, writing output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        // A crash is an answer here, so nobody needs its trace.
        var environment = [strdup("SWIFT_BACKTRACE=enable=no"), strdup("LC_ALL=C.UTF-8"), nil]
        defer { for pointer in pointers + environment { free(pointer) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, program, &actions, nil, &pointers, &environment) == 0 else {
            return nil
        }
        return pid
    }
}
