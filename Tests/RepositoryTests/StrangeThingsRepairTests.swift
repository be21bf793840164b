import Files
import Foundation
import Glibc
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Things that belong to nothing, and places that cannot be read, keep nothing else from being mended.
@Suite struct StrangeThingsRepairTests {
    @Test func `a name that is no text is set aside, and the rest is mended`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        let place = kho.store("chinh").appending("ocfl").string
        let strange: [CChar] = [0x2F, 0x78, CChar(truncatingIfNeeded: 0xFF), 0]
        let name = Array(place.utf8CString.dropLast()) + strange
        let file = open(name, O_CREAT | O_WRONLY, 0o600)
        #expect(file >= 0 && close(file) == 0)
        _ = try kho.audit()

        let report = try kho.repair()

        #expect(report.items.count == 2)
        #expect(report.items.allSatisfy { $0.ending == .repaired }, "\(report.items)")
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test(.enabled(if: geteuid() != 0))
    func `a folder that cannot be read is told, and other stores are mended`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        let closed = kho.place(0, in: "hai").string
        #expect(chmod(closed, 0) == 0)
        defer { chmod(closed, 0o755) }
        _ = try kho.audit()

        let report = try kho.repair()

        let endings = Dictionary(
            report.items.map { ($0.store, $0.ending) }, uniquingKeysWith: { one, _ in one })
        #expect(endings["chinh"] == .repaired)
        #expect(endings["hai"] == .unmended)
    }
}
