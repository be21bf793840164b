import Cryptography
import Evidence
import Files
import Records
import SystemPackage
import Testing

@Suite struct LedgerDamageTests {
    private let folder: LedgerFolder
    private let heads: [LedgerHead]
    private let good: [UInt8]

    init() throws {
        folder = try LedgerFolder()
        heads = try folder.fill(4)
        good = try folder.bytes()
    }

    /// The complete lines with their breaks.
    private var lines: [[UInt8]] { good.split(separator: 0x0A).map { Array($0) + [0x0A] } }

    @Test func `notices any changed byte of a line that another follows`() throws {
        let confirmed = Int(heads[3].size)
        for place in 0..<confirmed {
            var damaged = good
            // Changes the case of a letter, which readers of hexadecimal digits may overlook.
            damaged[place] ^= 0x20
            try folder.rewrite(damaged)
            #expect(throws: LedgerFailure.self, "byte \(place)") { try folder.readAll() }
        }
    }

    @Test func `notices a changed last line by the head that the catalog keeps`() throws {
        for place in Int(heads[3].size)..<good.count {
            var damaged = good
            damaged[place] ^= 0x01
            try folder.rewrite(damaged)
            #expect(throws: LedgerFailure.self, "byte \(place)") {
                try folder.ledger.head(size: heads[4].size, count: 4, last: heads[4].last)
            }
        }
    }

    @Test func `notices lines that are moved, doubled, missing or put in`() throws {
        let foreign = Array(#"{"v":1}"#.utf8) + [0x0A]
        let wrong: [[[UInt8]]] = [
            [lines[1], lines[0], lines[2], lines[3]], [lines[0], lines[2], lines[1], lines[3]],
            [lines[0], lines[0], lines[1]], [lines[1], lines[2], lines[3]],
            [lines[0], lines[2], lines[3]],
            [lines[0], foreign, lines[1]], [lines[0], [0x0A], lines[1]], [[0x0A]],
        ]
        for order in wrong {
            try folder.rewrite(order.flatMap { $0 })
            #expect(throws: LedgerFailure.self) { try folder.readAll() }
        }
    }

    @Test func `is shrunk when shorter than a head once known`() throws {
        for size in [0, 1, Int(heads[3].size), good.count - 1] {
            try folder.rewrite(Array(good[..<size]))
            #expect(throws: LedgerFailure(.shrunk, sequence: 4)) {
                try folder.readAll(after: heads[4])
            }
            #expect(throws: LedgerFailure(.shrunk, sequence: 4)) {
                try folder.ledger.head(size: heads[4].size, count: 4, last: heads[4].last)
            }
            #expect(throws: LedgerFailure(.shrunk, sequence: 4)) {
                try folder.ledger.tornTail(after: heads[4])
            }
        }
        try folder.volume.remove(folder.file)
        #expect(throws: LedgerFailure(.shrunk, sequence: 0)) { try folder.readAll(after: heads[4]) }
        #expect(throws: LedgerFailure(.shrunk, sequence: 0)) {
            try folder.ledger.head(size: heads[4].size, count: 4, last: heads[4].last)
        }
    }

    @Test func `reads the complete lines before a torn one, wherever it is cut`() throws {
        let start = Int(heads[3].size)
        for size in start..<good.count {
            try folder.rewrite(Array(good[..<size]))
            let (sequences, end) = try folder.readAll()
            #expect(sequences == [0, 1, 2])
            #expect(end == heads[3])
            #expect(try folder.ledger.tornTail(after: end) == Array(good[start..<size]))
        }
    }

    @Test func `sets a torn tail aside before it cuts it`() throws {
        let tail = Array("{\"act\":\"pack".utf8)
        let recovered = folder.path.appending("recovered")
        try folder.rewrite(good + tail)

        let name = try folder.ledger.setAsideTornTail(tail, after: heads[4], in: recovered)

        #expect(name == "ledger-tail-\(good.count)")
        #expect(try folder.bytes() == good)
        #expect(try folder.volume.readAll(recovered.appending(name), limit: 100) == tail)
        #expect(try folder.readAll().head == heads[4])
    }

    @Test func `keeps every torn tail cut at the same place`() throws {
        let recovered = folder.path.appending("recovered")
        let tails = ["one", "two", "one", "three"].map { Array($0.utf8) }

        for tail in tails {
            try folder.rewrite(good + tail)
            try folder.ledger.setAsideTornTail(tail, after: heads[4], in: recovered)
        }

        let kept = try folder.volume.list(recovered).map {
            try folder.volume.readAll(recovered.appending($0.name), limit: 100)
        }
        #expect(kept == [tails[0], tails[1], tails[3]])
    }

    @Test func `finds again a head that it still holds`() throws {
        for (count, head) in heads.enumerated().dropFirst() {
            #expect(
                try folder.ledger.head(size: head.size, count: Int64(count), last: head.last)
                    == head)
        }
    }

    @Test func `refuses a head that is not one of its own`() throws {
        let last = heads[4].last
        let wrong: [(Int64, Int64, Digest)] = [
            (heads[4].size, 4, heads[3].last), (heads[4].size - 1, 4, last),
            (heads[3].size, 4, last),
            (heads[4].size, 3, last), (heads[4].size, 5, last), (0, 4, last), (-1, 4, last),
            (.min, 4, last), (1, 4, last), (0, 0, last), (heads[4].size, 0, last), (0, -5, last),
            (heads[4].size, .max, last),
        ]
        for (size, count, digest) in wrong {
            #expect(throws: LedgerFailure.self, "\(size) \(count)") {
                try folder.ledger.head(size: size, count: count, last: digest)
            }
        }
    }

    @Test func `bounds what it reads of a line without end`() throws {
        try folder.rewrite([UInt8](repeating: 0x78, count: 1 << 23))

        #expect(throws: LedgerFailure(.entryTooLong, sequence: 0)) { try folder.readAll() }
        #expect(throws: LedgerFailure(.entryTooLong, sequence: 0)) {
            try folder.ledger.adoptedPolicy(of: #require(folder.archive))
        }
    }

    @Test(arguments: [
        ("\"v\":1", "\"v\":2"), ("\"v\":1", "\"v\":\"1\""), ("\"act\":\"audit\",", ""),
        ("\"outcome\":\"success\"", "\"outcome\":\"perhaps\""),
        ("\"agent\":\"os:lan\"", "\"agent\":5"),
        ("\"prev\":\"0", "\"prev\":\"1"), ("\"n\":0", "\"n\":1"), ("\"n\":0", "\"n\":-1"),
        ("01:02:03.000000Z", "01:02:03.00000Z"),
        ("2026-11-22T01:02:03.000000Z", "2026-11-22T08:02:03+07:00"),
        ("{\"checked\":0}", "[]"), ("{\"checked\":0}", "{\"checked\":0.5}"),
        ("\"event\"", "\"details\":\"00\",\"event\""), ("\"event\"", "\"digests\":[],\"event\""),
        ("\"event\"", "\"digests\":{\"tar\":\"md5:00\"},\"event\""),
        ("\"outcome\"", "\"object\":\"x\",\"outcome\""), ("\"v\":1", "\"v\":1,\"version\":\"1\""),
        ("{\"act\"", "{ \"act\""), ("}", "} "),
    ])
    func `refuses a first entry that is not one`(_ old: String, _ new: String) throws {
        let line = String(decoding: lines[0], as: UTF8.self)
        let changed = line.replacing(old, with: new, maxReplacements: 1)
        try #require(changed != line)
        try folder.rewrite(Array(changed.utf8))

        #expect(throws: LedgerFailure.self) { try folder.readAll() }
    }

    @Test func `notices a clock that went back between two lines`() throws {
        let second = String(decoding: lines[1].dropLast(), as: UTF8.self)
            .replacing("01:02:04", with: "01:02:02")
        try folder.rewrite(lines[0] + Array(second.utf8) + [0x0A])

        #expect(throws: LedgerFailure(.entryMismatch, sequence: 1)) { try folder.readAll() }
    }
}
