import Glibc
import SystemPackage

/// The process that counts pages: libqpdf knows no limits, so it works where memory and time have some.
///
/// Asked by a path ended by a zero byte on standard input, it answers with a line on standard output.
package enum PageWorker {
    /// Memory beyond what the file's own size explains, in bytes.
    static let memory = 256 << 20
    /// Processor seconds a file may take.
    static let seconds = 60

    /// Answers until standard input ends.
    package static func serve() {
        // Ctrl-C is for the run that asked; this process ends with it.
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        var asked: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { return }
            for byte in buffer[..<count] {
                guard byte == 0 else {
                    asked.append(byte)
                    continue
                }
                guard answer(FilePath(platformString: asked.map { CChar(bitPattern: $0) } + [0]))
                else { return }
                asked.removeAll(keepingCapacity: true)
            }
        }
    }

    private static func answer(_ path: FilePath) -> Bool {
        limit(for: path)
        var line = Array((PDFPages.count(at: path).line + "\n").utf8)
        return write(STDOUT_FILENO, &line, line.count) == line.count
    }

    /// Sets the limits anew: what the process has, what the file may need, and no more.
    private static func limit(for path: FilePath) {
        var facts = stat()
        let size = path.withPlatformString { lstat($0, &facts) } == 0 ? Int(facts.st_size) : 0
        let allowed = memory + min(size, 1 << 30) + DeepStack.size(bytes: size)
        var data = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &data)
        data.rlim_cur = min(data.rlim_max, rlim_t(allowed))
        setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &data)
        var timer = itimerval(
            it_interval: timeval(), it_value: timeval(tv_sec: seconds, tv_usec: 0))
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }
}

extension PDFPages {
    /// The answer as a line: `pages 3`, `encrypted`, `unreadable` with the reason.
    var line: String {
        switch self {
        case .pages(let count): "pages \(count)"
        case .encrypted: "encrypted"
        case .unreadable(let reason):
            "unreadable " + reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }

    /// Reads such a line; nil for anything else.
    init?(line: some StringProtocol) {
        let parts = line.split(separator: " ", maxSplits: 1)
        switch parts.first {
        case "pages":
            guard parts.count == 2, let count = Int(parts[1]) else { return nil }
            self = .pages(count)
        case "encrypted": self = .encrypted
        case "unreadable": self = .unreadable(parts.count == 2 ? String(parts[1]) : "")
        default: return nil
        }
    }
}
