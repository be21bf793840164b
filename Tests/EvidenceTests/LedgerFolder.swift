import Evidence
import Files
import Foundation
import Records
import SystemPackage

/// A ledger in a folder of a test's own, removed with its last reference.
final class LedgerFolder {
    let path: FilePath
    let volume = DiskVolume()
    let archive = ObjectIdentifier("0F9619FF-8B86-4011-B42D-00CF4FC964FF")
    static let start = Instant(seconds: 1_795_309_323)

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "luutru-ledger-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = FilePath(url.path(percentEncoded: false))
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    var ledger: Ledger { Ledger(folder: path, volume: volume) }
    var file: FilePath { path.appending("entries.jsonl") }

    func bytes() throws -> [UInt8] { try volume.readAll(file, limit: 1 << 24) }

    /// Puts these bytes in the ledger's place.
    func rewrite(_ bytes: [UInt8]) throws {
        if try volume.status(file) != nil { try volume.remove(file) }
        try volume.create(file, permissions: .everybodyReads).append(bytes, at: 0)
    }

    /// An act on nothing in particular.
    static func draft(_ act: String = "audit", facts: [String: JSONValue] = [:]) -> LedgerDraft {
        LedgerDraft(
            act: act, event: "fixity check", agent: "os:lan", software: "luutru 1", facts: facts)
    }

    /// Adds entries a second apart; gives the head after each, the empty one first.
    func fill(_ count: Int) throws -> [LedgerHead] {
        guard let archive else { return [] }
        var heads = [LedgerHead.empty]
        for number in 0..<count {
            let instant = Instant(seconds: Self.start.seconds + Int64(number))
            let draft = Self.draft(facts: ["checked": .number(Int64(number))])
            heads.append(
                try ledger.append(draft, archive: archive, at: instant, after: heads[number]).head)
        }
        return heads
    }

    /// Reads all; gives the sequences seen and the head.
    func readAll(after head: LedgerHead = .empty) throws -> (sequences: [Int64], head: LedgerHead) {
        var sequences: [Int64] = []
        let end = try ledger.read(after: head) { entry, _ in sequences.append(entry.sequence) }
        return (sequences, end)
    }
}
