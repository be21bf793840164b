import Cryptography
import Files
import Storage
import Synchronization
import SystemPackage

/// Files to be read in their order by one or two readers, and what came of it; a `Mutex` holds all that threads share.
final class ReadingQueue: Sendable {
    typealias Outcome = Result<ContentDigest, FileFailure>

    /// A file to read.
    struct File: Sendable {
        let number: Int
        let path: FilePath
        let size: Int64
        /// What an earlier run had read of it.
        var begun: SHA512State?
    }

    /// A smaller file is read by whoever comes first.
    private static let small: Int64 = 1 << 20
    /// Bytes that the reader beside may be ahead of what the run was told of: a limit of speed holds for both.
    private static let mostUnreported = 32 << 20

    private struct State {
        var count = 0
        var waiting: ArraySlice<File> = []
        var waitingBytes: Int64 = 0
        var outcomes: [Int: Outcome] = [:]
        /// How far files were read that nobody goes on with.
        var parts: [Int: SHA512State] = [:]
        /// What each reader still has to read of its open files.
        var open: [Int64] = [0]
        var unreported = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Adds files at the end, with what earlier runs had read of them, by their places here; gives their numbers.
    func add(
        _ files: [(path: FilePath, size: Int64)], read: [Int: FileReading.Extent]
    ) -> Range<Int> {
        state.withLock { state in
            let first = state.count
            for (place, file) in files.enumerated() {
                defer { state.count += 1 }
                var entry = File(number: state.count, path: file.path, size: file.size)
                switch read[place] {
                case .whole(let digest):
                    state.outcomes[entry.number] = .success(digest)
                    continue
                case .part(let part): entry.begun = part
                case nil: break
                }
                state.waiting.append(entry)
                state.waitingBytes += file.size
            }
            return first..<state.count
        }
    }

    /// How many files no reader has begun with.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Counts another reader in; gives its number.
    func addReader() -> Int {
        state.withLock { state in
            state.open.append(0)
            return state.open.count - 1
        }
    }

    /// Counts the last reader out, which never began.
    func removeReader() { state.withLock { _ = $0.open.removeLast() } }

    /// The next file for a reader; one that has its half of the bytes leaves large files to the other.
    func next(for reader: Int) -> File? {
        state.withLock { state in
            guard !state.isClosed, let file = state.waiting.first else { return nil }
            let all = state.waitingBytes + state.open.reduce(0, +)
            guard
                file.size <= Self.small || state.open.count == 1
                    || state.open[reader] < all - state.open[reader]
            else { return nil }
            state.waiting.removeFirst()
            state.waitingBytes -= file.size
            state.open[reader] += file.size
            return file
        }
    }

    /// Takes down that a reader has come further in a file by so many of the bytes it was to have.
    func advance(_ reader: Int, by count: Int64) {
        state.withLock { $0.open[reader] -= count }
    }

    /// Takes down what came of a file.
    func finish(_ file: File, _ outcome: Outcome) {
        state.withLock { $0.outcomes[file.number] = outcome }
    }

    /// Takes down how far a file was read that is not read on.
    func leave(_ file: File, at part: SHA512State) {
        state.withLock { $0.parts[file.number] = part }
    }

    /// How far a file was read of which no more is read; nil where nothing was.
    func extent(of number: Int) -> FileReading.Extent? {
        state.withLock { state in
            if case .success(let digest) = state.outcomes[number] { return .whole(digest) }
            return state.parts[number].map { .part($0) }
        }
    }

    /// What came of these files; nil while one of them is not read.
    func outcomes(of numbers: Range<Int>) -> [Outcome]? {
        state.withLock { state in
            let found = numbers.compactMap { state.outcomes[$0] }
            return found.count == numbers.count ? found : nil
        }
    }

    /// Forgets what came of files that are judged.
    func forget(_ numbers: Range<Int>) {
        state.withLock { state in
            for number in numbers { state.outcomes[number] = nil }
        }
    }

    /// Takes down what the reader beside has read.
    func note(_ count: Int) { state.withLock { $0.unreported += count } }

    /// What the reader beside has read since the last question.
    func takeUnreported() -> Int {
        state.withLock { state in
            defer { state.unreported = 0 }
            return state.unreported
        }
    }

    /// Whether the reader beside is to wait until the run was told of what it read.
    var isAhead: Bool { state.withLock { $0.unreported > Self.mostUnreported } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Nothing more is begun.
    func close() { state.withLock { $0.isClosed = true } }
}
