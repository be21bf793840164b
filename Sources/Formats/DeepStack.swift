import Glibc
import Synchronization

/// Runs a call on a stack deep enough for what a file of some size can make it recurse.
enum DeepStack {
    /// Files up to this size are safe on the stack of any thread.
    private static let harmless = 32 * 1024
    /// A level takes about 1,600 bytes of stack and at least 45 bytes of the file.
    private static let perByte = 48
    private static let deepest = 2 << 30
    private static let shallowest = 8 << 20

    /// The stack that a file of some size gets, in bytes.
    static func size(bytes: Int) -> Int {
        bytes > harmless ? max(shallowest, min(bytes, deepest / perByte) * perByte) : 0
    }

    /// The call's result, from a thread of its own when the file is large.
    static func run(bytes: Int, _ body: @escaping @Sendable () -> PDFPages) -> PDFPages {
        guard bytes > harmless else { return body() }
        let errand = Errand(body)
        var size = size(bytes: bytes)
        // A machine with little memory refuses the deepest stacks: less depth is better than none.
        while size >= shallowest {
            if let thread = start(errand, stack: size) {
                pthread_join(thread, nil)
                return errand.result
            }
            size /= 2
        }
        return .unreadable("no thread could be started")
    }

    private static func start(_ errand: Errand, stack size: Int) -> pthread_t? {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, size) == 0 else { return nil }
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(errand)
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Errand>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            argument.release()
            return nil
        }
        return thread
    }

    /// What the thread does, and what came of it; the lock hands the result over.
    private final class Errand: Sendable {
        private let body: @Sendable () -> PDFPages
        private let outcome = Mutex<PDFPages>(.unreadable("cannot be read"))

        init(_ body: @escaping @Sendable () -> PDFPages) { self.body = body }

        var result: PDFPages { outcome.withLock { $0 } }

        func run() {
            let pages = body()
            outcome.withLock { $0 = pages }
        }
    }
}
