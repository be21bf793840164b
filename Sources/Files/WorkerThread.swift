import Glibc

/// A thread beside the caller's for work that blocks; the caller waits for its end.
///
/// What both touch is in the errand, which is `Sendable`; the thread's number is used once, by `join`.
package final class WorkerThread {
    private let thread: pthread_t
    private var isJoined = false

    /// Starts the errand; nil where the machine gives no thread.
    package init?(_ errand: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Errand(errand))
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Errand>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            argument.release()
            return nil
        }
        self.thread = thread
    }

    deinit { join() }

    /// Waits until the errand is done.
    package func join() {
        guard !isJoined else { return }
        isJoined = true
        pthread_join(thread, nil)
    }

    /// Lets other threads run for a moment while there is nothing to do.
    package static func pause() { usleep(1000) }

    private final class Errand: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
