import Files
import SystemPackage

/// Reads files before their turn, side by side: on the caller's thread while it waits, and on one beside it.
final class ReadAhead {
    /// Bytes that the run is told of at a time.
    private static let pieceSize = 1 << 20
    private let queue = ReadingQueue()
    private let volume: any Volume
    private let progress: (Int) throws -> Void
    private let own: LaneReader
    private var beside: WorkerThread?
    private var isAlone: Bool

    /// `progress` is called on the caller's thread alone; what it throws ends the reading.
    init(volume: any Volume, cores: Int, progress: @escaping (Int) throws -> Void) {
        self.volume = volume
        self.progress = progress
        own = LaneReader(0, of: queue, volume: volume)
        isAlone = cores < 2
    }

    /// The reader beside stops after the piece it is at, and is waited for.
    deinit { queue.close() }

    /// Puts files at the end of the queue, with what earlier runs had read of them, by their places here; gives their numbers.
    func add(
        _ files: [(path: FilePath, size: Int64)], read: [Int: FileReading.Extent] = [:]
    ) -> Range<Int> {
        let numbers = queue.add(files, read: read)
        if beside == nil, !isAlone, queue.waiting > 1 { startBeside() }
        return numbers
    }

    /// What came of these files; reads them, and others of the queue beside them, until all of them are read.
    func outcomes(of numbers: Range<Int>) throws -> [ReadingQueue.Outcome] {
        while true {
            let found = queue.outcomes(of: numbers)
            try report(queue.takeUnreported())
            if let found { return found }
            if let count = own.step() { try report(count) } else { WorkerThread.pause() }
        }
    }

    /// Forgets what came of files that are judged.
    func forget(_ numbers: Range<Int>) { queue.forget(numbers) }

    /// What came of these files, of which no more is read; nil unless all of them were read whole.
    func outcomesSoFar(of numbers: Range<Int>) -> [ReadingQueue.Outcome]? {
        if !queue.isClosed { stop() }
        return queue.outcomes(of: numbers)
    }

    /// How far a file was read, of which no more is read; nil where nothing was.
    func extentSoFar(of number: Int) -> FileReading.Extent? {
        if !queue.isClosed { stop() }
        return queue.extent(of: number)
    }

    /// Both readers end with the piece that they are at, and what they had read whole is taken down.
    private func stop() {
        queue.close()
        beside?.join()
        own.settle()
    }

    private func startBeside() {
        let reader = queue.addReader()
        beside = WorkerThread { [queue, volume] in
            let lanes = LaneReader(reader, of: queue, volume: volume)
            while !queue.isClosed {
                guard !queue.isAhead, let count = lanes.step() else {
                    WorkerThread.pause()
                    continue
                }
                queue.note(count)
            }
            lanes.settle()
        }
        guard beside == nil else { return }
        // Without a thread the one reader takes everything.
        isAlone = true
        queue.removeReader()
    }

    private func report(_ count: Int) throws {
        var rest = count
        while rest > 0 {
            try progress(min(rest, Self.pieceSize))
            rest -= Self.pieceSize
        }
    }
}
