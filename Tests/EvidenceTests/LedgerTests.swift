import Cryptography
import Evidence
import Files
import Foundation
import Records
import SystemPackage
import Testing

@Suite struct LedgerTests {
    private let folder: LedgerFolder
    private let archive: ObjectIdentifier

    init() throws {
        folder = try LedgerFolder()
        archive = try #require(folder.archive)
    }

    @Test func `gives back every entry as it was added, and the same heads`() throws {
        let heads = try folder.fill(20)
        var seen: [LedgerHead] = []

        let end = try folder.ledger.read { entry, head in
            #expect(entry.draft.facts["checked"] == .number(entry.sequence))
            #expect(entry.previous == heads[Int(entry.sequence)].last)
            seen.append(head)
        }

        #expect(seen == Array(heads.dropFirst()))
        #expect(end == heads.last)
        #expect(end.size == Int64(try folder.bytes().count))
    }

    @Test func `keeps everything that an act says`() throws {
        let digest = try #require(Digest(.sha512, bytes: (0..<64).map { $0 }))
        let details = try #require(Digest(.sha256, bytes: (0..<32).map { $0 }))
        let draft = LedgerDraft(
            act: "package", event: "information package creation", agent: "os:lan",
            software: "luutru 1",
            object: archive, version: 3, digests: ["tar": digest, "policy/a": details],
            outcome: .warning,
            details: details, facts: ["stores": ["chính"], "n": 7])

        let added = try folder.ledger.append(
            draft, archive: archive, at: LedgerFolder.start, after: .empty)
        var read: LedgerEntry?
        _ = try folder.ledger.read { entry, _ in read = entry }

        #expect(read == added.entry)
        #expect(read?.draft == draft)
        #expect(read?.archive == archive)
        #expect(read?.at == LedgerFolder.start)
    }

    @Test func `writes lines that anybody can chain with SHA-256`() throws {
        _ = try folder.fill(3)

        let lines = try folder.bytes().split(separator: 0x0A, omittingEmptySubsequences: false)

        #expect(lines.count == 4 && lines[3].isEmpty)
        var previous = String(repeating: "0", count: 64)
        for (number, line) in lines.dropLast().enumerated() {
            let value = try JSONValue(parsing: line)
            #expect(value.canonicalText == String(decoding: line, as: UTF8.self))
            #expect(value["prev"]?.stringValue == previous)
            #expect(value["n"] == .number(Int64(number)) && value["v"] == 1)
            #expect(value["at"] == .string("2026-11-22T01:02:0\(number + 3).000000Z"))
            previous = Hexadecimal.text(of: Hasher.digest(.sha256, of: Array(line)))
        }
    }

    @Test func `goes on from any head`() throws {
        let heads = try folder.fill(5)

        for head in heads {
            let (sequences, end) = try folder.readAll(after: head)
            #expect(sequences == Array(head.count..<5))
            #expect(end == heads[5])
        }
    }

    @Test func `is empty where no file is`() throws {
        #expect(try folder.readAll().head == .empty)
        #expect(try folder.ledger.tornTail(after: .empty) == [])
        #expect(try folder.ledger.adoptedPolicy(of: archive) == [:])
    }

    @Test func `refuses an entry earlier than the last and takes one of the same moment`() throws {
        let head = try #require(try folder.fill(1).last)
        let before = Instant(microseconds: LedgerFolder.start.microseconds - 1)

        #expect(throws: LedgerFailure(.clockBehind, sequence: 1)) {
            try folder.ledger.append(
                LedgerFolder.draft(), archive: archive, at: before, after: head)
        }
        _ = try folder.ledger.append(
            LedgerFolder.draft(), archive: archive, at: LedgerFolder.start, after: head)
        #expect(try folder.readAll().sequences == [0, 1])
    }

    @Test func `takes the longest line and refuses one byte more`() throws {
        let short = try folder.ledger.append(
            LedgerFolder.draft(facts: ["x": ""]), archive: archive, at: LedgerFolder.start,
            after: .empty)
        let room = LedgerEntry.largestLine - short.entry.line.utf8.count
        func draft(_ count: Int) -> LedgerDraft {
            LedgerFolder.draft(facts: ["x": .string(String(repeating: "x", count: count))])
        }

        #expect(throws: LedgerFailure(.entryTooLong, sequence: 1)) {
            try folder.ledger.append(
                draft(room + 1), archive: archive, at: LedgerFolder.start, after: short.head)
        }
        #expect(try folder.readAll().sequences == [0])
        _ = try folder.ledger.append(
            draft(room), archive: archive, at: LedgerFolder.start, after: short.head)
        #expect(try folder.readAll().sequences == [0, 1])
    }

    @Test func `adds nothing when the file is not as long as the head says`() throws {
        let heads = try folder.fill(2)

        #expect(throws: LedgerFailure(.inconsistent, sequence: 1)) {
            try folder.ledger.append(
                LedgerFolder.draft(), archive: archive, at: LedgerFolder.start, after: heads[1])
        }
        #expect(try folder.readAll().sequences == [0, 1])
    }

    @Test func `knows the policy that was adopted last`() throws {
        let digests = try (0..<3).map { number in
            try #require(Digest(.sha256, bytes: [UInt8](repeating: UInt8(number), count: 32)))
        }
        var head = LedgerHead.empty
        for (number, name) in ["policy/a", "policy/b", "policy/a"].enumerated() {
            let draft = LedgerDraft(
                act: "policy", event: "policy assignment", agent: "os:lan", software: "luutru 1",
                digests: [name: digests[number], "other": digests[0]])
            head = try folder.ledger.append(
                draft, archive: archive, at: LedgerFolder.start, after: head
            ).head
            head = try folder.ledger.append(
                LedgerFolder.draft(), archive: archive, at: LedgerFolder.start, after: head
            ).head
        }

        #expect(
            try folder.ledger.adoptedPolicy(of: archive) == [
                "policy/a": digests[2], "policy/b": digests[1],
            ])
    }
}
