import Files
import Formats
import Foundation
import Records
import Repository
import SystemPackage

/// Fills and times a ledger inside one process: `LedgerClock ARCHIVE fill|append|prove|verify COUNT`.
///
/// `fill` moves every dossier again and again until the ledger has COUNT entries; `append` moves one
/// dossier COUNT times and `prove` proves COUNT entries, a line of microseconds for each; `verify`
/// reads the whole ledger COUNT times.
@main
struct LedgerClock {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int64(arguments[3]) else {
            FileHandle.standardError.write(
                Data("usage: LedgerClock ARCHIVE fill|append|prove|verify COUNT\n".utf8))
            exit(64)
        }
        let isReading = ["prove", "verify"].contains(arguments[2])
        let archive = try Archive.open(
            FilePath(arguments[1]), in: world(), for: isReading ? .reading : .writing)
        switch arguments[2] {
        case "fill": try fill(archive, count)
        case "append": try append(archive, count)
        case "prove": try prove(archive, count)
        default:
            for _ in 0..<count { try time { _ = try archive.verifyLedger(against: []) } }
        }
    }

    private static func world() -> World {
        World(
            volume: DiskVolume(),
            now: { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) },
            random: { .random(in: .min ... .max) }, agent: "os:bench", process: getpid(),
            isInterrupted: { false }, pages: { PDFPages.count(at: $0) })
    }

    private static func dossiers(_ archive: Archive) throws -> [String] {
        var found: [String] = []
        try archive.list(fonds: nil) { found.append($0.object.text) }
        return found
    }

    private static func fill(_ archive: Archive, _ count: Int64) throws {
        let all = try dossiers(archive)
        var entries = try archive.status().ledgerEntries
        while entries < count {
            let some = all.prefix(Int(min(Int64(all.count), count - entries)))
            _ = try archive.move(Array(some), to: "kho/\(entries)", because: "đo")
            entries += Int64(some.count)
        }
        try archive.finish()
    }

    private static func append(_ archive: Archive, _ count: Int64) throws {
        let all = try dossiers(archive)
        for number in 0..<count {
            let one = all[Int(number) % all.count]
            try time { _ = try archive.move([one], to: "kho/\(number)", because: "đo") }
        }
        try archive.finish()
    }

    private static func prove(_ archive: Archive, _ count: Int64) throws {
        let entries = try archive.status().ledgerEntries
        for _ in 0..<count {
            let number = Int64.random(in: 0..<entries)
            try time { _ = try archive.proveEntry(String(number)) }
        }
    }

    private static func time(_ work: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        let begun = clock.now
        try work()
        let (seconds, attoseconds) = (clock.now - begun).components
        print(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
