import Foundation
import GRDB
import Records
import Testing

@testable import Cataloging

/// What stores said is counted by the indexes alone, so that `status` is quick with very many dossiers.
@Suite struct CopyCountsTests {
    @Test func `a hundred thousand dossiers are counted in a tenth of a second`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "luutru-counts-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let catalog = try Catalog.create(at: folder.path + "/catalog.sqlite")
        try catalog.write { _ = try $0.add(SampleHolding.version(1, documents: 0)) }
        let stores = try ["AC", "AD"].map {
            try #require(ObjectIdentifier("00000000-0000-4000-8000-0123456789" + $0))
        }
        try fill(catalog, 100_000, stores)

        var took: [Double] = []
        var counts: [HoldingCount] = []
        for _ in 1...5 {
            let start = ContinuousClock.now
            _ = try stores.map { try catalog.heldCount($0) }
            counts = try catalog.holdingCounts(in: stores, madeBy: Instant(microseconds: 50_000))
            took.append((ContinuousClock.now - start) / .milliseconds(1))
        }

        // The first store lacks every tenth, the second every second; the older half is overdue.
        let by = Dictionary(uniqueKeysWithValues: counts.map { ($0.stores, $0) })
        #expect(counts.reduce(0) { $0 + $1.dossiers } == 100_000)
        #expect(by[[stores[0]]]?.dossiers == 40_000)
        #expect(by[[stores[0], stores[1]]]?.dossiers == 50_000)
        #expect(by[[stores[1]]] == nil && by[[]]?.dossiers == 10_000)
        #expect(by[[]]?.old == 5_000)
        print("counted in \(took.map { Int($0) }) ms")
        // A machine under load is slower; the goal of 100 ms is of an idle one.
        #expect(took.min() ?? 999 < 300)
    }

    /// Rows like that of the sample, each its own dossier; made the later the greater its number.
    private func fill(_ catalog: Catalog, _ count: Int, _ stores: [ObjectIdentifier]) throws {
        try catalog.queue.write { database in
            let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(version)")
                .map { $0["name"] as String }.filter { !["id", "uuid", "packagedAt"].contains($0) }
                .joined(separator: ", ")
            try database.execute(
                sql: """
                    CREATE TEMP TABLE made AS WITH RECURSIVE number(n) AS
                        (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(count))
                        SELECT n, randomblob(16) AS uuid FROM number;
                    INSERT INTO version (uuid, packagedAt, \(columns))
                        SELECT m.uuid, m.n, \(columns) FROM made m, version v WHERE v.id = 1;
                    DELETE FROM version WHERE id = 1;
                    """)
            for (store, every) in zip(stores, [10, 2]) {
                try database.execute(
                    sql: """
                        INSERT INTO copy SELECT ?, uuid, 1, 1, 1, 0, NULL, NULL FROM made
                        WHERE n % ? <> 0
                        """, arguments: [store.uuidBytes, every])
            }
        }
    }
}
