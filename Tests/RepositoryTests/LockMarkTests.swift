import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// The mark of a vault's locks is a hint alone.
@Suite struct LockMarkTests {
    @Test func `what else stands in a mark's place is no mark, and stops nothing`() throws {
        let kho = try CopiedArchive(dossiers: 0, stores: ["hai"])
        let mark = LockMark(ends: ["details": TestWorld.start])
        try kho.writing { archive in
            let store = try #require(archive.configuration.stores.first).store
            try archive.keep(mark, of: store)
            #expect(try archive.lockMark(of: store) == mark)

            let path = archive.layout.lockMark(of: store).string
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(
                atPath: path + "/x", withIntermediateDirectories: true)

            #expect(try archive.lockMark(of: store) == LockMark())
            try archive.keep(mark, of: store)
        }
    }
}
