import Cryptography
import Foundation
import Records
import Testing

@testable import Evidence

struct HostileRecordTests {
    private static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        switch content.count {
        case ..<0x80: return [tag, UInt8(content.count)] + content
        case ..<0x100: return [tag, 0x81, UInt8(content.count)] + content
        case ..<0x1_0000:
            return [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
        default:
            let count = content.count
            return [tag, 0x83, UInt8(count >> 16), UInt8(count >> 8 & 255), UInt8(count & 255)]
                + content
        }
    }

    private static func fault(_ der: [UInt8]) -> EvidenceFault? {
        do throws(EvidenceProblem) {
            _ = try EvidenceRecord(der: der)
            return nil
        } catch { return error.fault }
    }

    @Test func `a record of encrypted data is said to be one`() throws {
        let bench = try RecordBench(count: 1)
        let record = bench.records[0]
        let parts =
            [2, 1, 1] + Self.value(0x30, record.digests[0].der)
            + Self.value(0xA1, Self.value(0x30, [])) + Self.value(0x30, record.chains[0].der)

        #expect(Self.fault(Self.value(0x30, parts)) == .encrypted)
    }

    @Test func `records without chains, stamps, lists or with too much are refused`() {
        let digests = Self.value(0x30, [])
        func record(_ chains: [UInt8]) -> [UInt8] {
            Self.value(0x30, [2, 1, 1] + digests + Self.value(0x30, chains))
        }
        let token: [UInt8] = [0x30, 0]
        let list = Self.value(0x30, [4, 1, 1])
        func stamp(_ lists: [UInt8]) -> [UInt8] {
            Self.value(0x30, Self.value(0x30, Self.value(0xA2, lists) + token))
        }

        #expect(Self.fault(record(stamp(list))) == nil)
        #expect(Self.fault(record([])) == .malformed)
        #expect(Self.fault(record(Self.value(0x30, []))) == .malformed)
        #expect(Self.fault(record(stamp([]))) == .malformed)
        #expect(Self.fault(record(stamp(Self.value(0x30, [])))) == .malformed)
        #expect(
            Self.fault(record(stamp(Self.value(0x30, [4, 65] + Array(repeating: 1, count: 65)))))
                == .malformed)
        func many(_ count: Int) -> [UInt8] {
            record(stamp(Self.value(0x30, (0..<count).flatMap { _ in [4, 0] as [UInt8] })))
        }
        #expect(Self.fault(many(200_000)) == nil)
        #expect(Self.fault(many(200_001)) == .malformed)
        let deep = (0..<200).reduce([UInt8]()) { inner, _ in Self.value(0x30, inner) }
        #expect(Self.fault(deep) == .malformed)
        #expect(Self.fault([]) == .malformed)
        #expect(Self.fault([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]) == .malformed)
    }

    @Test func `hashes of another length never make a root`() throws {
        let bench = try RecordBench(count: 2)
        let stamp = bench.records[0].chains[0].stamps[0]
        let digest = try #require(stamp.digest)
        let lists = try #require(stamp.lists)
        // The neighbour is cut in two: joined and hashed, the bytes are the same.
        let cut = [Array(lists[1][0].prefix(32)), Array(lists[1][0].dropFirst(32))]
        let changed = try ArchiveTimeStamp(
            digest: digest, lists: [lists[0], cut], timeStamp: stamp.timeStamp)

        let verdict = try EvidenceRecord(chains: [ArchiveTimeStampChain([changed])]).verify(
            bench.groups[0].map { .bytes($0) }, coverage: .wholeGroup, trust: bench.trust,
            at: bench.now)

        #expect(verdict.problems.map(\.fault) == [.rootMismatch])
    }

    @Test func `earlier chains are judged, not only hashed`() throws {
        var bench = try RecordBench(count: 1)
        let stamp = bench.records[0].chains[0].stamps[0]
        var broken = stamp.timeStamp
        broken[broken.count - 1] ^= 1
        let digest = try #require(stamp.digest)
        let lists = try #require(stamp.lists)
        let bad = try ArchiveTimeStamp(digest: digest, lists: lists, timeStamp: broken)
        bench.records = [EvidenceRecord(chains: [ArchiveTimeStampChain([bad])])]

        try bench.renewTrees(.sha3x512)

        let verdict = try bench.verdict(0)
        #expect(verdict.problems.map(\.fault) == [.tokenBroken])
        #expect(verdict.problems[0].chain == 0 && verdict.indication == .failed)
    }

    @Test func `every fault has its finding`() {
        let codes = Set(FindingCode.evidenceCodes.map(\.text))
        #expect(codes == Set(EvidenceFault.allCases.map(\.rawValue)))
        let finding = EvidenceProblem(.rootMismatch, chain: 0, stamp: 2, "x").finding(subject: "r")
        #expect(finding.code == .recordRootMismatch)
        #expect(finding.facts == ["chain": "1", "stamp": "3", "detail": "x"])
    }
}
