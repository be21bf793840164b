import Cryptography
import Foundation
import Records
import Testing

@testable import Evidence

/// A record of another maker, its data, and what others found.
struct EvidenceFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let record: [UInt8]
    let data: [String: Data]
    let auxiliary: [String]
    let isValid: Bool

    var testDescription: String { name }

    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/fixtures")

    /// Every evidence record of the shared fixtures, in DER and in XML; none where they are absent.
    static let all: [EvidenceFixture] = {
        guard
            let text = try? String(contentsOf: folder.appending(path: "cases.tsv"), encoding: .utf8)
        else {
            print("not run: fixtures absent")
            return []
        }
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count > 5, fields[4] == "verify-er",
                let record = try? Data(contentsOf: folder.appending(path: String(fields[2])))
            else { return nil }
            let names = fields[3].split(separator: " ").map { String($0) }
            var data: [String: Data] = [:]
            for name in names where !name.hasPrefix("sha") {
                data[name] = try? Data(contentsOf: folder.appending(path: name))
            }
            return EvidenceFixture(
                name: String(fields[0]), record: Array(record), data: data, auxiliary: names,
                isValid: fields[5] == "er:valid")
        }
    }()

    /// The roots that the record's own tokens bring; none where a token leaves its root out.
    var roots: [Certificate] {
        let tokens = (try? AnyRecord(record).tokens) ?? []
        return tokens.compactMap { try? TimeStampToken(der: $0) }.flatMap(\.certificates)
            .filter { $0.subject == $0.issuer }
    }

    var objects: [EvidenceData] {
        auxiliary.map { name in
            if let bytes = data[name] { return .bytes(Array(bytes)) }
            let parts = name.split(separator: ":")
            guard parts.count == 2, let method = DigestMethod(rawValue: String(parts[0])),
                let digest = Hexadecimal.bytes(of: parts[1])
            else { return .known([:]) }
            return .known([method: digest])
        }
    }
}

/// A record in either syntax.
enum AnyRecord {
    case der(EvidenceRecord)
    case xml(XMLEvidenceRecord)

    init(_ bytes: [UInt8]) throws(EvidenceProblem) {
        if XMLEvidenceRecord.isLikely(bytes) {
            self = .xml(try XMLEvidenceRecord(xml: bytes))
        } else {
            self = .der(try EvidenceRecord(der: bytes))
        }
    }

    var tokens: [[UInt8]] {
        switch self {
        case .der(let record): record.walked.map(\.token)
        case .xml(let record): record.walked.map(\.token)
        }
    }

    func verify(
        _ data: [EvidenceData], coverage: EvidenceCoverage, trust: EvidenceTrust, at now: Int64
    ) throws -> EvidenceVerdict {
        switch self {
        case .der(let record):
            try record.verify(data, coverage: coverage, trust: trust, at: now)
        case .xml(let record):
            try record.verify(data, coverage: coverage, trust: trust, at: now)
        }
    }
}

struct EvidenceFixtureTests {
    @Test(arguments: EvidenceFixture.all)
    func `a record of another maker gets the verdict of the others`(
        _ fixture: EvidenceFixture
    ) throws {
        let record = try AnyRecord(fixture.record)

        let verdict = try record.verify(
            fixture.objects, coverage: .members, trust: EvidenceTrust(roots: []),
            at: 1_767_323_045)

        #expect(!verdict.stamps.isEmpty)
        // The authorities' roots are not to be trusted, so a good record is indeterminate.
        #expect(verdict.indication == (fixture.isValid ? .indeterminate : .failed))
    }

    @Test(arguments: EvidenceFixture.all.filter { $0.isValid && !$0.roots.isEmpty })
    func `another maker's record proves its data once its roots are trusted`(
        _ fixture: EvidenceFixture
    ) throws {
        let record = try AnyRecord(fixture.record)
        let tokens = try record.tokens.map { try TimeStampToken(der: $0) }
        let last = try #require(tokens.last?.generationTime)

        let verdict = try record.verify(
            fixture.objects, coverage: .members, trust: EvidenceTrust(roots: fixture.roots),
            at: last + 60)

        #expect(verdict.problems == [])
        #expect(verdict.indication == .passed)
        #expect(verdict.provedSince == tokens.first?.generationTime)
    }

    @Test(arguments: EvidenceFixture.all)
    func `another maker's record with damage never proves more, and nothing crashes`(
        _ fixture: EvidenceFixture
    ) throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<150 {
            var der = fixture.record
            guard let index = der.indices.randomElement(using: &generator) else { return }
            der[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            if Int.random(in: 0..<5, using: &generator) == 0 { der = Array(der.prefix(index)) }
            guard let record = try? AnyRecord(der) else { continue }

            let verdict = try record.verify(
                fixture.objects, coverage: .members, trust: EvidenceTrust(roots: []), at: .max)

            #expect(verdict.indication != .passed)
        }
    }
}
