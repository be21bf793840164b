import Glibc
import Synchronization

/// The two streams of a process; each text goes out at once, so that a reader and a crash both see it.
package enum Stream: Int32, Sendable {
    case results = 1
    case notes = 2

    private static let lost = Atomic<Bool>(false)

    /// Whether results could not be written, other than because their reader went away.
    package static var hasLostResults: Bool { lost.load(ordering: .relaxed) }

    /// Writes all of a text; a reader that has gone away ends it quietly.
    package func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                if errno != EPIPE, self == .results { Self.lost.store(true, ordering: .relaxed) }
                return
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Whether a person sees the stream.
    package var isTerminal: Bool { isatty(rawValue) == 1 }
}
