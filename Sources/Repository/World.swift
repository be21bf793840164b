package import Evidence
package import Files
package import Formats
import Glibc
package import Records
package import SystemPackage

/// What the archive takes from outside: files, the hour, chance, and who acts with which program.
package struct World: Sendable {
    package let volume: any Volume
    package let now: @Sendable () -> Instant
    /// Chance, drawn anew for every identifier and salt.
    package let random: @Sendable () -> UInt64
    /// Who acts: an account identifier such as `os:luutru`.
    package let agent: String
    /// Number of the running process, for those who find the archive locked.
    package let process: Int32
    /// Tells whether the person asked to stop.
    package let isInterrupted: @Sendable () -> Bool
    /// Counts the pages of a PDF.
    package let pages: @Sendable (FilePath) -> PDFPages
    /// Until when digests and signatures prove anything.
    package var algorithms = AlgorithmPeriods.current
    /// Waits before a server is asked again.
    package var pause: @Sendable (Duration) -> Void = { time in
        let (seconds, attoseconds) = time.components
        usleep(useconds_t(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    }
    /// Seconds in which a bucket must answer the first question after it is opened.
    package var firstAnswer = 10
    /// How tokens are reached; nil where none is.
    package var tokens: TokenAccess?

    package init(
        volume: any Volume, now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable () -> UInt64,
        agent: String, process: Int32, isInterrupted: @escaping @Sendable () -> Bool,
        pages: @escaping @Sendable (FilePath) -> PDFPages
    ) {
        self.volume = volume
        self.now = now
        self.random = random
        self.agent = agent
        self.process = process
        self.isInterrupted = isInterrupted
        self.pages = pages
    }

    /// Whether a folder stands at a path.
    package func hasFolder(_ path: FilePath) throws -> Bool {
        try volume.status(path)?.kind == .folder
    }

    /// Stops the work when the person asked for it.
    func stopIfInterrupted() throws {
        if isInterrupted() { throw ArchiveFailure(.interrupted, subject: "") }
    }
}

/// The world's chance as a generator.
struct Chance: RandomNumberGenerator {
    private let draw: @Sendable () -> UInt64

    init(_ world: World) { draw = world.random }

    mutating func next() -> UInt64 { draw() }
}

/// The program as ledger, packages and `--version` name it.
package enum Software {
    package static let name = "luutru"
    package static let version = "0.1.0"
    package static let text = name + " " + version
}
