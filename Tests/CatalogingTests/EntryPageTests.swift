import Foundation
import GRDB
import Records
import Testing

@testable import Cataloging

struct EntryPageTests {
    private let folder: CatalogFolder
    private let path: String

    init() throws {
        folder = try CatalogFolder()
        path = folder.file("catalog.sqlite")
    }

    /// Entries as a tar has them: long names, sizes of every width, one of them beyond 32 bits.
    private static func entries(_ count: Int) -> [CatalogedEntry] {
        var offset: Int64 = 512
        return (0..<count).map { index in
            let size: Int64 = index == 7 ? 1 << 40 : Int64(index % 300)
            defer { offset += (size + 1023) / 512 * 512 }
            let name = index == 3 ? [0x61, 0xFF] : Array("urn/rep1/data/tài liệu \(index)".utf8)
            return CatalogedEntry(path: RelativePath(bytes: name), offset: offset, size: size)
        }
    }

    private static func page(_ entries: [CatalogedEntry]) throws -> Data {
        var page = EntryPage()
        for entry in entries { try page.add(entry) }
        return Data(page.bytes)
    }

    @Test func `a page gives back what was put into it, until told to stop`() throws {
        let entries = Self.entries(100)
        let page = try Self.page(entries)
        var read: [CatalogedEntry] = []
        try EntryPage.forEach(in: page) {
            read.append($0)
            return true
        }
        #expect(read == entries)
        read = []
        try EntryPage.forEach(in: page) {
            read.append($0)
            return read.count < 3
        }
        #expect(read == Array(entries[..<3]))
    }

    @Test(arguments: 0...40)
    func `of a name stands what differs from the one before, from its first such byte`(
        place: Int
    ) throws {
        let name = [UInt8](repeating: 0x61, count: 40)
        var others = [Array(name.prefix(place)), name + [0x62]]
        if place < 40 {
            var other = name
            other[place] ^= 0x80
            // A second difference must not be taken for the first.
            other[39] ^= 0x01
            others.append(other)
        }
        for other in others {
            let entries = [name, other].enumerated().map { index, name in
                CatalogedEntry(
                    path: RelativePath(bytes: name), offset: Int64(index) * 1024, size: 1)
            }
            let start = try Self.page([entries[0]]).count
            let page = [UInt8](try Self.page(entries))
            let shared = zip(name, other).prefix { $0 == $1 }.count
            #expect(Int(page[start]) == shared)
            #expect(Int(page[start + 1]) == other.count - shared)
        }
    }

    @Test func `a page that was cut or changed is a failure or another page, never a crash`() throws
    {
        let page = try Self.page(Self.entries(20))
        for count in 1..<page.count {
            do { try EntryPage.forEach(in: page.prefix(count)) { _ in true } } catch {
                #expect((error as? CatalogFailure)?.reason == .damaged)
            }
        }
        for index in 0..<page.count {
            for value: UInt8 in [0x00, 0x7F, 0x80, 0xFF] {
                var changed = page
                changed[index] = value
                try? EntryPage.forEach(in: changed) { _ in true }
            }
        }
        #expect(throws: CatalogFailure.self) {
            try EntryPage.forEach(in: Data(repeating: 0xFF, count: 40)) { _ in true }
        }
    }

    @Test func `entries that go backwards or beyond all numbers are refused`() throws {
        var page = EntryPage()
        try page.add(CatalogedEntry(path: RelativePath("a"), offset: 100, size: 10))
        for (offset, size) in [(Int64(109), Int64(1)), (.max, 1), (200, -1)] {
            #expect(throws: CatalogFailure(.value)) {
                try page.add(CatalogedEntry(path: RelativePath("b"), offset: offset, size: size))
            }
        }
    }

    @Test func `every file of a large tar is found by its name over many pages`() throws {
        let catalog = try Catalog.create(at: path)
        let version = SampleHolding.version(1, documents: 0)
        let entries = Self.entries(2000)
        try catalog.write { writer in
            let row = try writer.add(version)
            try writer.addEntries(to: row) { add in for entry in entries { try add(entry) } }
        }
        func found(_ name: RelativePath) throws -> CatalogedEntry? {
            try catalog.entry(of: version.object, version: 1, path: name)
        }
        for index in [0, 3, 7, 511, 512, 1023, 1999] {
            #expect(try found(entries[index].path) == entries[index])
        }
        #expect(try found(RelativePath("urn/rep1/data/tài liệu")) == nil)
        try catalog.close()
        let pages = try raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM contents") }
        #expect(pages == 4)
    }

    @Test func `a catalog of the fourth form is brought to this one with all its entries`() throws {
        let catalog = try Catalog.create(at: path)
        let version = SampleHolding.version(1, documents: 0)
        let entries = Self.entries(700)
        try catalog.write { _ = try $0.add(version) }
        try catalog.close()
        try raw { database in
            try database.execute(
                sql: """
                    DROP TABLE contents; DROP INDEX version_size;
                    CREATE TABLE entry (
                        version INTEGER NOT NULL, path BLOB NOT NULL, offset INTEGER NOT NULL,
                        size INTEGER NOT NULL, sha256 BLOB, PRIMARY KEY (version, path)
                    ) STRICT, WITHOUT ROWID;
                    DROP TABLE batch; DROP TABLE renewal; DROP INDEX event_state; DROP TABLE copy;
                    DROP INDEX version_copied; DROP TABLE primaryStore; DROP TABLE reading;
                    DROP INDEX auditRun_store; DROP INDEX auditFinding_store;
                    DROP INDEX auditFinding_incident; DROP INDEX event_act;
                    ALTER TABLE auditRun DROP COLUMN store; ALTER TABLE auditRun DROP COLUMN first;
                    ALTER TABLE auditRun DROP COLUMN complete;
                    ALTER TABLE auditRun DROP COLUMN together;
                    ALTER TABLE auditFinding DROP COLUMN store;
                    ALTER TABLE auditFinding DROP COLUMN error;
                    ALTER TABLE auditFinding DROP COLUMN incident;
                    DROP TABLE incident; DROP TABLE incidentAct;
                    DELETE FROM grdb_migrations
                        WHERE identifier IN ('5', '6', '7', '8', '9', '10');
                    PRAGMA user_version = 4;
                    """)
            for entry in entries {
                try database.execute(
                    sql: "INSERT INTO entry VALUES (1, ?, ?, ?, NULL)",
                    arguments: [Data(entry.path.bytes), entry.offset, entry.size])
            }
        }

        let opened = try Catalog.open(at: path, readOnly: false)

        #expect(try opened.schemaVersion == CatalogSchema.version)
        for entry in entries {
            #expect(try opened.entry(of: version.object, version: 1, path: entry.path) == entry)
        }
    }

    private func raw<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try DatabaseQueue(path: path).writeWithoutTransaction(body)
    }
}
