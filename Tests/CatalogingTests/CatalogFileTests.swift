import Cataloging
import Foundation
import GRDB
import Records
import Testing

@testable import Cataloging

struct CatalogFileTests {
    private let folder: CatalogFolder

    init() throws { folder = try CatalogFolder() }

    private func failure(_ body: () throws -> Void) -> CatalogFailure? {
        #expect(throws: CatalogFailure.self) { try body() }
    }

    @Test func `makes a catalog once and opens it for reading and writing`() throws {
        let path = folder.file("catalog.sqlite")
        let made = try Catalog.create(at: path)
        try made.add(SampleHolding.version(1))
        try made.close()

        let reader = try Catalog.open(at: path, readOnly: true)

        #expect(try reader.counts().dossiers == 1)
        #expect(try reader.schemaVersion == CatalogSchema.version)
        #expect(failure { try reader.add(SampleHolding.version(2)) }?.reason == .readOnly)
        #expect(failure { _ = try Catalog.create(at: path) }?.code == "LT-CATALOG-EXISTS")
        #expect(
            failure { _ = try Catalog.open(at: folder.file("none"), readOnly: true) }?.reason
                == .missing)
    }

    @Test func `a reader reads while a writer writes`() throws {
        let path = folder.file("catalog.sqlite")
        try Catalog.create(at: path).close()
        let writing = try Catalog.open(at: path, readOnly: false)
        try writing.add(SampleHolding.version(1))
        let reading = try Catalog.open(at: path, readOnly: true)

        try writing.write { writer in
            _ = try writer.add(SampleHolding.version(2))
            #expect(try reading.counts().dossiers == 1)
            #expect(try writing.counts().dossiers == 2)
        }

        #expect(try reading.counts().dossiers == 2)
    }

    @Test func `refuses a catalog of a newer program and leaves it alone`() throws {
        let path = folder.file("catalog.sqlite")
        try Catalog.create(at: path).close()
        try raw(path) { try $0.execute(sql: "PRAGMA user_version = 99") }

        for readOnly in [true, false] {
            #expect(
                failure { _ = try Catalog.open(at: path, readOnly: readOnly) }?.code
                    == "LT-CATALOG-NEWER")
        }
        #expect(try raw(path) { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 99)
    }

    @Test func `refuses a file that is not a catalog`() throws {
        let text = folder.file("text"), other = folder.file("other.sqlite")
        try Data(repeating: 0x61, count: 5000).write(to: URL(filePath: text))
        try raw(other) { try $0.execute(sql: "CREATE TABLE a (b)") }

        #expect(failure { _ = try Catalog.open(at: text, readOnly: true) }?.reason == .foreign)
        #expect(failure { _ = try Catalog.open(at: other, readOnly: false) }?.reason == .foreign)
    }

    @Test func `an empty file is not taken for the catalog of an empty archive`() throws {
        let path = folder.file("catalog.sqlite")
        try Data().write(to: URL(filePath: path))

        #expect(failure { _ = try Catalog.open(at: path, readOnly: true) }?.reason == .damaged)
        #expect(failure { _ = try Catalog.open(at: path, readOnly: false) }?.reason == .damaged)
    }

    @Test func `the header says what the file is, and that commits are whole after a power cut`()
        throws
    {
        let path = folder.file("catalog.sqlite")
        try Catalog.create(at: path).close()
        let catalog = try Catalog.open(at: path, readOnly: false)

        try catalog.read { (database) throws in
            #expect(
                try Int32.fetchOne(database, sql: "PRAGMA application_id")
                    == CatalogSchema.applicationID)
            #expect(try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal")
            #expect(try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2)
            #expect(try Int.fetchOne(database, sql: "PRAGMA foreign_keys") == 1)
        }
    }

    @Test func `has a column for every element of a description`() throws {
        let catalog = try Catalog.create(at: folder.file("catalog.sqlite"))

        try catalog.read { (database) throws in
            #expect(try database.columns(in: "version").map(\.name) == ["id"] + VersionColumns.all)
            #expect(
                Set(try database.columns(in: "document").map(\.name)) == Set(DocumentColumns.all))
        }
    }

    private func raw<Result>(_ path: String, _ body: (Database) throws -> Result) throws -> Result {
        try DatabaseQueue(path: path).inDatabase(body)
    }

    @Test func `a disk without room is told apart from a disk that fails`() {
        for code in [ResultCode.SQLITE_FULL, .SQLITE_IOERR_SHMSIZE] {
            #expect(CatalogFailure(DatabaseError(resultCode: code)).reason == .full)
        }
        #expect(CatalogFailure(DatabaseError(resultCode: .SQLITE_IOERR_READ)).reason == .failed)
    }
}
