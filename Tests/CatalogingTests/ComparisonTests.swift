import Foundation
import GRDB
import Records
import Testing

@testable import Cataloging

struct ComparisonTests {
    private let folder: CatalogFolder
    private let catalog: Catalog
    private let truth: Catalog

    init() throws {
        folder = try CatalogFolder()
        catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
        truth = try Catalog.create(at: folder.file("truth.sqlite"))
        try Self.fill(catalog, order: [1, 2, 3], versions: [1, 2], together: false)
        try Self.fill(truth, order: [3, 1, 2], versions: [2, 1], together: true)
    }

    private static func fill(_ catalog: Catalog, order: [Int], versions: [Int], together: Bool)
        throws
    {
        func add(_ number: Int, _ version: Int, _ writer: CatalogWriter) throws {
            let row = try writer.add(SampleHolding.version(number, version: version, documents: 2))
            for ordinal in [1, 2] {
                let document = SampleHolding.document(
                    ordinal, subject: "Bản \(version) số \(number)", date: "\(ordinal)/2020")
                try writer.add(document, to: row)
                try writer.addEntries(to: row) { add in
                    if ordinal == 1 {
                        try add(CatalogedEntry(path: document.entryPath, offset: 0, size: 1))
                    }
                }
            }
        }
        if together {
            try catalog.write { writer in
                for number in order { for version in versions { try add(number, version, writer) } }
            }
        } else {
            for number in order {
                for version in versions { try catalog.write { try add(number, version, $0) } }
            }
        }
        try catalog.write { writer in
            try writer.add(event(1))
            try writer.add(run(1))
            try writer.add(
                AuditFindingRow(
                    sequence: 2, run: 1, object: SampleHolding.object(1), path: "a",
                    code: FindingCode("E092"), isError: true, store: nil))
            try writer.setLedgerHead(size: 10, count: 2, last: SampleHolding.digest(.sha256, 1))
        }
    }

    static func event(_ sequence: Int64) -> CatalogedEvent {
        CatalogedEvent(
            sequence: sequence, at: Instant(seconds: 5), act: "package",
            event: "information package creation",
            object: SampleHolding.object(1), version: 1, agent: "archivist", outcome: "success",
            details: SampleHolding.digest(.sha256, 3), line: "{}")
    }

    static func run(_ sequence: Int64, scope: String = AuditRun.everything) -> AuditRun {
        AuditRun(
            sequence: sequence, startedAt: Instant(seconds: 1_800_000_000),
            finishedAt: Instant(seconds: 1_800_000_001),
            scope: scope, checked: 3, bytes: 9, damaged: 1, outcome: "fail", store: nil,
            first: sequence, group: sequence, isComplete: true)
    }

    private func differences(limit: Int = 100) throws -> [String] {
        try CatalogComparison.differences(between: catalog, and: truth, limit: limit).map {
            "\($0.kind) \($0.table) \($0.key) \($0.columns.joined(separator: ","))"
        }
    }

    @Test func `two catalogs made in different orders are equal and answer alike`() throws {
        #expect(try differences().isEmpty)
        for sort in SearchQuery.Sort.allCases {
            let query = SearchQuery(words: "bản", limit: 100, sort: sort)
            let hits = try catalog.search(query)
            #expect(hits.count == 6)
            #expect(try truth.search(query) == hits)
        }
    }

    @Test(arguments: [
        (
            "UPDATE document SET subject = 'khác' WHERE id = (SELECT max(id) FROM document)",
            "different document", 1, true
        ),
        (
            "DELETE FROM contents WHERE version = 1 AND page = 0",
            "missing contents", 1, false
        ),
        (
            "DELETE FROM alias WHERE record IN (SELECT max(record) FROM alias)", "missing alias", 2,
            false
        ),
        ("DELETE FROM version WHERE version = 1 AND id < 3", "missing version", 1, false),
        (
            "INSERT INTO event VALUES (9, 0, '', '', NULL, NULL, '', '', NULL, NULL, '')",
            "extra event 9", 1, false
        ),
        ("UPDATE event SET line = '{\"a\":1}'", "different event 1 line", 1, false),
        ("UPDATE auditRun SET damaged = 0", "different auditRun 1 damaged", 1, false),
        ("DELETE FROM auditFinding", "missing auditFinding 2", 1, false),
        ("UPDATE ledgerHead SET size = 11", "different ledgerHead 1 size", 1, false),
        ("UPDATE version SET title = NULL WHERE id = 2", "different version", 1, true),
        (
            "DELETE FROM searchable WHERE id = (SELECT min(id) FROM searchable)",
            "missing searchable", 1, true
        ),
        ("INSERT INTO search (search) VALUES ('delete-all')", "index search search", 1, true),
        ("INSERT INTO search (rowid, title) VALUES (77, 'thừa')", "index search search", 1, true),
    ])
    func `says which row is not as the store has it`(
        change: String, expected: String, least: Int, touchesIndex: Bool
    ) throws {
        try catalog.queue.write { try $0.execute(sql: change) }

        let found = try differences()

        #expect(found.count(where: { $0.hasPrefix(expected) }) >= least, "\(found)")
        #expect(found.contains { $0.hasPrefix("index") } == touchesIndex, "\(found)")
    }

    @Test func `says no more than asked`() throws {
        try catalog.write { try $0.removeAll() }

        #expect(try differences(limit: 3).count == 3)
        #expect(try differences(limit: 0).isEmpty)
        #expect(try catalog.titles("bản").isEmpty)
    }

    @Test func `makes a finding of every kind of difference`() {
        let codes = CatalogDifference.Kind.allCases.map { kind in
            CatalogDifference(table: "version", key: "k", kind: kind, columns: ["title"]).finding
                .code
        }

        let others: Set<FindingCode> = [.catalogBehind]
        #expect(Set(codes) == Set(FindingCode.catalogCodes).subtracting(others))
        #expect(codes.count == 4)
    }

    @Test func `gives the history of an object back`() throws {
        try catalog.write { writer in
            try writer.add(Self.event(8))
            try writer.add(Self.run(5, scope: "objects"))
            try writer.add(Self.run(6, scope: "objects"))
            try writer.addReading(
                of: SampleHolding.object(2), in: nil, at: Instant(seconds: 1_800_000_000), run: 6)
        }

        #expect(
            try catalog.events(object: SampleHolding.object(1)) == [Self.event(1), Self.event(8)])
        #expect(try catalog.events(object: SampleHolding.object(2)).isEmpty)
        #expect(try catalog.auditRuns(limit: 2).map(\.sequence) == [6, 5])
        #expect(try catalog.lastAudit(of: SampleHolding.object(1)) == Self.run(1))
        #expect(try catalog.lastAudit(of: SampleHolding.object(2))?.sequence == 6)
        #expect(try catalog.lastAudit(of: SampleHolding.object(9)) == nil)
        #expect(try catalog.auditFindings(of: Self.run(1)).map(\.code.text) == ["E092"])
        #expect(
            try catalog.ledgerHead
                == CatalogedLedgerHead(size: 10, count: 2, last: SampleHolding.digest(.sha256, 1)))
    }
}
