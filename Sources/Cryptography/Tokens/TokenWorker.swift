import Glibc

/// The process in which a token's module runs: makers' modules crash and hang, and then only this process does.
///
/// Standard input is a socket on which messages come and answers go; the PIN comes only this way.
package enum TokenWorker {
    /// Answers until the socket ends.
    package static func serve() {
        // Ctrl-C is for the run that asked; this process ends with it.
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        // A core file would hold the PIN.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        var device: TokenDevice?
        while let question = read() {
            let answer = answer(question, &device)
            guard let bytes = answer.bytes, write(bytes) else { return }
        }
    }

    private static func answer(_ question: TokenFrame, _ device: inout TokenDevice?) -> TokenFrame {
        do {
            switch question.word {
            case .open:
                let opened = try TokenDevice(opening: question.fields)
                device = opened
                return TokenFrame(.opened, [try opened.certificatesPEM()])
            case .seal:
                guard let device, question.fields.count == 2, question.fields[0].count == 8 else {
                    return failed(.nonsense, "")
                }
                let time = question.fields[0].reduce(Int64(0)) { $0 << 8 | Int64($1) }
                return TokenFrame(.sealed, [try device.seal(question.fields[1], at: time)])
            case .opened, .sealed, .failed: return failed(.nonsense, "")
            }
        } catch let failure as TokenFailure {
            return failed(failure.reason, failure.detail)
        } catch let failure as CryptographyFailure {
            return failed(.failed, failure.detail)
        } catch {
            return failed(.failed, "")
        }
    }

    private static func failed(_ reason: TokenFailure.Reason, _ detail: String) -> TokenFrame {
        TokenFrame(.failed, [Array(reason.rawValue.utf8), Array(detail.utf8.prefix(500))])
    }

    private static func read() -> TokenFrame? {
        guard let head = read(4) else { return nil }
        let count = TokenFrame.length(head)
        guard count <= TokenFrame.limit, let payload = read(count) else { return nil }
        return TokenFrame(payload)
    }

    private static func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(STDIN_FILENO, $0.baseAddress?.advanced(by: filled), count - filled)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(
                    STDIN_FILENO, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
