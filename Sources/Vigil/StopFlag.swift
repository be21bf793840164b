import Synchronization

/// Remembers that the watch is to stop, so that work ends between two steps.
package final class StopFlag: Sendable {
    private let asked = Atomic<Bool>(false)

    package init() {}

    /// Whether a stop was asked for.
    package var isAsked: Bool { asked.load(ordering: .relaxed) }

    /// Asks for it; it cannot be taken back.
    package func ask() { asked.store(true, ordering: .relaxed) }
}
