import Glibc
import Synchronization

/// Remembers that the person pressed Ctrl-C or the system asked to stop, so that work ends between two steps.
enum Interruption {
    private static let asked = Atomic<Bool>(false)

    /// Whether a stop was asked for.
    static var isAsked: Bool { asked.load(ordering: .relaxed) }

    /// Begins to listen; a second signal ends the process at once, which every write survives.
    static func listen() {
        for signal in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                Interruption.asked.store(true, ordering: .relaxed)
                Glibc.signal(number, SIG_DFL)
            }
            sigaction(signal, &action, nil)
        }
        Glibc.signal(SIGPIPE, SIG_IGN)
    }
}
