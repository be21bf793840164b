import Cryptography
import Foundation
import Testing

@testable import Evidence

struct EvidenceRecordTests {
    @Test(arguments: [1, 2, 3, 7, 64, 101])
    func `every record of a batch proves its group after each renewal`(_ count: Int) throws {
        var bench = try RecordBench(count: count, method: .sha256)
        func check() throws {
            for index in bench.records.indices {
                let record = try EvidenceRecord(der: bench.records[index].der)
                #expect(record == bench.records[index])
                let verdict = try bench.verdict(index)
                #expect(verdict.problems == [])
                #expect(verdict.provedSince == RecordBench.start)
            }
        }

        try check()
        try bench.renewTimeStamps()
        try check()
        try bench.renewTimeStamps()
        try bench.renewTrees(.sha512)
        try check()
        try bench.renewTimeStamps()
        try bench.renewTrees(.sha3x512)
        try check()
        #expect(bench.records[0].digests.map(\.method) == [.sha256, .sha512, .sha3x512])
    }

    @Test func `one member of a group is proved, and so is that more belong to it`() throws {
        var bench = try RecordBench(count: 3)
        try bench.renewTrees(.sha3x512)
        let sums = EvidenceData.bytes(bench.groups[0][2])

        let member = try bench.records[0].verify(
            [sums], coverage: .members, trust: bench.trust, at: bench.now)
        let whole = try bench.records[0].verify(
            [sums], coverage: .wholeGroup, trust: bench.trust, at: bench.now)

        #expect(member.indication == .passed)
        #expect(whole.problems.map(\.fault) == [.groupIncomplete, .groupIncomplete])
        #expect(whole.indication == .failed)
    }

    @Test func `a record ends with its last certificate unless it is renewed in time`() throws {
        var bench = try RecordBench(count: 2)
        let ends = bench.roots[0].notAfter

        #expect(try bench.verdict(0, at: ends - 1).indication == .passed)
        let late = try bench.verdict(0, at: ends)
        #expect(late.problems.map(\.fault) == [.expiredLast] && late.indication == .indeterminate)
        #expect(late.problems.first?.fault.subindication == "OUT_OF_BOUNDS_NO_POE")
        let due = try #require(
            try bench.verdict(0).renewal(by: .current, largestAge: 99 * RecordBench.year, lead: 10))
        #expect(due.before == ends - 10 && due.renewal == .timeStamp)

        bench.now += 2 * RecordBench.year
        try bench.renewTimeStamps()
        let missed = try bench.verdict(0)
        #expect(missed.problems.map(\.fault) == [.tokenInvalidAtNext])
    }

    @Test func `a digest that ends is renewed with the tree, and before its end`() throws {
        let table =
            "digest\tsha512\t-\t2028-01-01\tx\ndigest\tsha3-512\t-\t-\tx\nkey\tecdsa\t256\t-\tx\n"
        let signing = "digest\tsha512\t-\t2060-01-01\tx\n"
        var bench = try RecordBench(count: 2)
        let periods = AlgorithmPeriods(table: Array(table.utf8))

        let due = try #require(
            try bench.verdict(0).renewal(by: periods, largestAge: 99 * RecordBench.year, lead: 0))
        // 2028-01-01T00:00:00Z; the token itself is signed with SHA-512 too.
        #expect(due.before == 1_830_297_600 && due.renewal == .hashTree)

        try bench.renewTrees(.sha3x512)
        let late = try bench.records[0].verify(
            bench.groups[0].map { .bytes($0) }, coverage: .wholeGroup,
            trust: EvidenceTrust(roots: bench.roots, algorithms: periods), at: bench.now)
        #expect(Set(late.problems.map(\.fault)) == [.algorithmEnded])
        let good = AlgorithmPeriods(
            table: Array(
                (table.replacing("digest\tsha512\t-\t2028-01-01\tx\n", with: signing)).utf8))
        #expect(
            try bench.records[0].verify(
                bench.groups[0].map { .bytes($0) }, coverage: .wholeGroup,
                trust: EvidenceTrust(roots: bench.roots, algorithms: good), at: bench.now
            ).problems == [])
    }

    @Test func `other data, other order and missing digests are told apart`() throws {
        let bench = try RecordBench(count: 3)
        let files = bench.groups[0].map { EvidenceData.bytes($0) }
        func faults(_ data: [EvidenceData]) throws -> [EvidenceFault] {
            try bench.records[0].verify(
                data, coverage: .wholeGroup, trust: bench.trust, at: bench.now
            ).problems.map(\.fault)
        }

        #expect(try faults(files.reversed()) == [])
        #expect(try faults(Array(files.dropLast())) == [.groupIncomplete])
        #expect(try faults(files + [.bytes([1])]) == [.dataNotInFirstList])
        #expect(try faults([]) == [.dataUnavailable])
        #expect(
            try faults([.known([.sha256: Array(repeating: 0, count: 32)])]) == [.dataUnavailable])
        #expect(try faults([.known([.sha512: [1, 2]])]) == [.dataUnavailable])
    }

    @Test func `stamps of another chain, order or time are found`() throws {
        var bench = try RecordBench(count: 2)
        let young = bench.records[0].chains[0].stamps[0]
        try bench.renewTimeStamps()
        let renewed = bench.records[0].chains[0].stamps[1]
        try bench.renewTrees(.sha3x512)
        let rehashed = bench.records[0].chains[1].stamps[0]
        func faults(_ chains: [[ArchiveTimeStamp]]) throws -> Set<EvidenceFault> {
            let record = EvidenceRecord(chains: chains.map { ArchiveTimeStampChain($0) })
            let verdict = try record.verify(
                bench.groups[0].map { .bytes($0) }, coverage: .wholeGroup, trust: bench.trust,
                at: bench.now)
            return Set(verdict.problems.map(\.fault))
        }

        #expect(try faults([[young, renewed], [rehashed]]) == [])
        #expect(try faults([[young], [rehashed]]).contains(.dataNotInFirstList))
        #expect(try faults([[young, renewed, rehashed]]).contains(.algorithmMixed))
        #expect(try faults([[young, renewed, rehashed]]).contains(.previousNotCovered))
        #expect(try faults([[renewed, young]]).contains(.timeOrder))
        #expect(try faults([[rehashed]]).contains(.dataNotInFirstList))
        let early = try bench.verdict(0, at: RecordBench.start)
        #expect(early.problems.map(\.fault).contains(.timeOrder))
    }

    @Test
    func `what the last stamp says of its digest cannot be changed, though nothing covers it`()
        throws
    {
        var bench = try RecordBench(count: 2)
        try bench.renewTrees(.sha3x512)
        let der = bench.records[0].der
        // The identifier of SHA3-512 as the last stamp has it: [0], OBJECT IDENTIFIER 2.16.840.1.101.3.4.2.10.
        let named: [UInt8] = [0xA0, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 10]
        let place = try #require(
            der.indices.last { der[$0...].starts(with: named) })
        for offset in named.indices {
            for bit in 0..<8 {
                var changed = der
                changed[place + offset] ^= 1 << UInt8(bit)
                guard let record = try? EvidenceRecord(der: changed) else { continue }
                let verdict = try record.verify(
                    bench.groups[0].map { .bytes($0) }, coverage: .wholeGroup, trust: bench.trust,
                    at: bench.now)
                #expect(verdict.indication != .passed, "byte \(offset), bit \(bit)")
            }
        }
    }

    @Test func `a record with a byte changed never proves its data`() throws {
        var bench = try RecordBench(count: 2)
        try bench.renewTimeStamps()
        try bench.renewTrees(.sha3x512)
        let der = bench.records[0].der
        let data = bench.groups[0].map { EvidenceData.bytes($0) }
        for index in der.indices where Int.random(in: 0..<6) == 0 {
            var changed = der
            changed[index] ^= 1 << UInt8.random(in: 0...7)
            guard let record = try? EvidenceRecord(der: changed) else { continue }

            let verdict = try record.verify(
                data, coverage: .wholeGroup, trust: bench.trust, at: bench.now)

            #expect(verdict.indication != .passed, "byte \(index): \(der[index])")
        }
        for count in der.indices where count % 11 == 0 {
            #expect(throws: EvidenceProblem.self) {
                try EvidenceRecord(der: Array(der.prefix(count)))
            }
        }
        #expect(throws: EvidenceProblem.self) { try EvidenceRecord(der: der + [0]) }
    }

    @Test func `lists of any length, absent trees and absent digests are walked`() throws {
        let bench = try RecordBench(count: 1)
        let data = (0..<5).map { Array("object \($0)".utf8) }
        let hashes = data.map { DigestMethod.sha512.digest(of: $0) }
        let lists = [[hashes[0], hashes[1]], [hashes[2], hashes[3], hashes[4]]]
        let root = try #require(HashTree.root(of: lists, .sha512))
        let wide = try bench.token(over: root, .sha512)
        let single = try bench.token(over: hashes[0], .sha512)
        func faults(
            _ parts: [UInt8], _ objects: [Int], _ coverage: EvidenceCoverage
        ) throws -> [EvidenceFault] {
            let der = EvidenceDER.sequence([
                [2, 1, 1], EvidenceDER.sequence([bench.records[0].digests[0].der]),
                EvidenceDER.sequence([EvidenceDER.sequence([EvidenceDER.sequence([parts])])]),
            ])
            return try EvidenceRecord(der: der).verify(
                objects.map { .bytes(data[$0]) }, coverage: coverage, trust: bench.trust,
                at: bench.now
            ).problems.map(\.fault)
        }
        let digest = try #require(DigestIdentifier(der: wide.imprintAlgorithm))
        let stamp = try ArchiveTimeStamp(digest: digest, lists: lists, timeStamp: wide.der)
        let whole = try EvidenceRecord(chains: [ArchiveTimeStampChain([stamp])]).verify(
            [.bytes(data[1]), .bytes(data[0])], coverage: .wholeGroup, trust: bench.trust,
            at: bench.now)

        #expect(whole.problems == [])
        // A token alone, over one hash directly.
        #expect(try faults(single.der, [0], .wholeGroup) == [])
        #expect(try faults(single.der, [1], .wholeGroup) == [.dataNotInFirstList])
        #expect(try faults(single.der, [0, 1], .members) == [.dataNotInFirstList])
        #expect(try faults(wide.der, [0], .members) == [.dataNotInFirstList])
    }

    @Test func `a chain in which each token covers only the one before is accepted`() throws {
        var bench = try RecordBench(count: 1)
        for _ in 0..<3 {
            bench.now += 4 * RecordBench.year
            try bench.appointAuthority()
            let last = try #require(bench.records[0].chains[0].stamps.last)
            let group = LeafGroup([bench.method.digest(of: last.timeStamp)], bench.method)
            bench.records[0] = bench.records[0].renewed(by: try bench.stamp([group])[0])
        }

        #expect(try bench.verdict(0).problems == [])
        #expect(try bench.verdict(0).stamps.count == 4)
    }

    @Test func `revocation lists put into tokens stay through every renewal`() throws {
        var bench = try RecordBench(count: 1)
        let first = bench.records[0].chains[0].stamps[0]
        let token = try TimeStampToken(der: first.timeStamp)
            .embedding(lists: [], answers: [[0x30, 3, 10, 1, 6]])
        let digest = try #require(first.digest)
        let stamp = try ArchiveTimeStamp(
            digest: digest, lists: try #require(first.lists), timeStamp: token.der)
        bench.records = [EvidenceRecord(chains: [ArchiveTimeStampChain([stamp])])]

        try bench.renewTimeStamps()
        try bench.renewTrees(.sha3x512)

        #expect(try bench.verdict(0).problems == [])
        let stampNow = bench.records[0].chains[0].stamps[0]
        #expect(stampNow.timeStamp == token.der && token.der != first.timeStamp)
    }

    @Test func `the digest that lasts longest is chosen, and another one when several do`() {
        let current = AlgorithmPeriods.current
        #expect(current.longestLived(at: RecordBench.start, besides: .sha512) == .sha3x512)
        #expect(current.longestLived(at: RecordBench.start, besides: .sha3x512) == .sha512)
        let table = """
            digest\tsha1\t-\t-\tx
            digest\tsha256\t-\t2050-01-01\tx
            digest\tsha512\t-\t2040-01-01\tx
            digest\tsha3-512\t-\t2025-01-01\tx
            """
        let periods = AlgorithmPeriods(table: Array(table.utf8))
        #expect(periods.longestLived(at: RecordBench.start, besides: .sha256) == .sha256)
        #expect(AlgorithmPeriods(table: []).longestLived(at: 0, besides: .sha512) == nil)
    }
}
