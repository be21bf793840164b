import Files
import Foundation
import Records
import Rehearsal
import Repository
import Testing

/// ZIPs that were made to break the reader: a verdict, never a crash.
@Suite struct HostileProofTests {
    private let proof: ProofFolder
    private let good: [UInt8]

    init() throws {
        proof = try ProofFolder()
        let object = try proof.keep(1)
        _ = try proof.prove(object, document: "1", to: "a.zip")
        good = try proof.bytes("a.zip")
    }

    private func expectInvalid(_ bytes: [UInt8], _ what: String) throws {
        try proof.write(bytes, "b.zip")
        let report = try proof.verify("b.zip", withArchive: false)
        #expect(report.verdict == .invalid, "\(what)")
    }

    @Test func `a ZIP cut at any length is no proof`() throws {
        for length in stride(from: 0, to: good.count, by: 97) {
            try expectInvalid(Array(good.prefix(length)), "cut at \(length)")
        }
        for length in good.count - 120..<good.count {
            try expectInvalid(Array(good.prefix(length)), "cut at \(length)")
        }
        try expectInvalid(good + [0], "one byte more")
        try expectInvalid([0] + good, "one byte before")
        try expectInvalid(good + good, "twice")
    }

    @Test func `lies in the end record and the directory are found`() throws {
        let end = good.count - 22
        for place in end..<good.count {
            for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] where good[place] != value {
                var bad = good
                bad[place] = value
                try expectInvalid(bad, "end record, byte \(place - end) is \(value)")
            }
        }
        for (start, name) in [(end + 8, "count"), (end + 12, "size"), (end + 16, "place")] {
            var bad = good
            for place in start..<start + 4 { bad[place] = 0xFF }
            try expectInvalid(bad, name)
        }
        for start in ZIPPlaces.directory(in: good) {
            for offset in [16, 20, 24, 28, 30, 32, 34, 36, 38, 42] {
                var bad = good
                for place in start + offset..<start + offset + 4 { bad[place] = 0xFF }
                try expectInvalid(bad, "directory at \(start), byte \(offset)")
            }
        }
    }

    @Test func `a lie about large files is found`() throws {
        // A ZIP64 end record before the real one, with places beyond every file.
        for directory in [UInt64(0), 1 << 40, 1 << 59, 1 << 62, .max] {
            var tail: [UInt8] = []
            func put(_ value: UInt64, _ count: Int) {
                for byte in 0..<count {
                    tail.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte))))
                }
            }
            put(0x0606_4B50, 4)
            put(44, 8)
            put(45, 2)
            put(45, 2)
            put(0, 8)
            put(.max, 8)
            put(.max, 8)
            put(.max, 8)
            put(directory, 8)
            put(0x0706_4B50, 4)
            put(0, 4)
            put(UInt64(good.count), 8)
            put(1, 4)
            put(0x0605_4B50, 4)
            put(0, 4)
            put(0xFFFF, 2)
            put(0xFFFF, 2)
            put(0xFFFF_FFFF, 4)
            put(0xFFFF_FFFF, 4)
            put(0, 2)
            try expectInvalid(Array(good.dropLast(22)) + tail, "directory at \(directory)")
        }
    }

    @Test func `names that lead out of the folder are no names`() throws {
        let name = Array("/report.html".utf8)
        for other in [
            "/../ort.html", "/./port.html", "//eport.html", "/rep\u{1}rt.html", "\\report.html",
        ] {
            var bad = good
            for start in good.indices.dropLast(name.count)
            where Array(good[start..<start + name.count]) == name {
                bad.replaceSubrange(start..<start + name.count, with: Array(other.utf8))
            }
            #expect(bad != good && bad.count == good.count)
            try expectInvalid(bad, other)
        }
    }

    @Test func `what is no ZIP at all is said to be none`() throws {
        try expectInvalid([], "empty")
        try expectInvalid(
            Array("PK\u{5}\u{6}".utf8) + [UInt8](repeating: 0, count: 18), "empty ZIP")
        try expectInvalid([UInt8](repeating: 0x50, count: 100_000), "noise")
    }

    @Test func `random changes are found and never crash`() throws {
        var chance = SeededChance(seed: 5)
        for round in 0..<300 {
            var bad = good
            for _ in 0..<Int.random(in: 1...8, using: &chance) {
                let place = Int.random(in: bad.indices, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: bad[place] = .random(in: .min ... .max, using: &chance)
                case 1: bad.remove(at: place)
                default: bad.insert(.random(in: .min ... .max, using: &chance), at: place)
                }
            }
            if bad != good { try expectInvalid(bad, "round \(round)") }
        }
    }
}
