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

    @Test(arguments: ["link", "file"])
    func `what stands in the place of an object's folder leaves no empty folders`(
        harm: String
    ) throws {
        let kho = try CopiedArchive(dossiers: 1)
        let place = kho.place(0, in: "hai").string
        let kept = kho.folder.path("kept").string
        try FileManager.default.moveItem(atPath: place, toPath: kept)
        if harm == "link" {
            try FileManager.default.createSymbolicLink(
                atPath: place, withDestinationPath: kept)
        } else {
            try Data("x".utf8).write(to: URL(filePath: place))
        }
        _ = try kho.audit()

        let report = try kho.repair()

        #expect(!report.hasLoss, "\(report.items)")
        #expect(try kho.audit().findings.isEmpty)
    }

    /// Names of the folders above the one dossier.
    private func tuples(_ kho: CopiedArchive) -> [String] {
        ObjectLocation.folder(of: kho.objects[0]).split(separator: "/").prefix(3).map { String($0) }
    }

    @Test(arguments: ["chinh", "hai"])
    func `strange things with names like those of folders above dossiers are set aside`(
        store: String
    ) throws {
        let kho = try CopiedArchive(dossiers: 1)
        let ocfl = kho.store(store).appending("ocfl").string
        let above = tuples(kho)
        let names = ["00a", "00b", "00c", "00d", "00e", "00f"].filter { !above.contains($0) }
        for folder in [ocfl, ocfl + "/" + above[0], ocfl + "/" + above[0] + "/" + above[1]] {
            try Data("x".utf8).write(to: URL(filePath: folder + "/" + names[0]))
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/" + names[1], withDestinationPath: "/etc")
            #expect(mkfifo(folder + "/" + names[2], 0o600) == 0)
        }
        let codes = try kho.audit().findings.map(\.code)
        #expect(codes.filter { $0 == .rootExtraFile }.count == 6)
        #expect(codes.filter { $0 == .storePlaceWrong }.count == 3)
        let rehearsal = try kho.repair(isDryRun: true)

        let report = try kho.repair()

        #expect(rehearsal.items.map(\.ending) == [.repairable], "\(rehearsal.items)")
        #expect(report.items.map(\.ending) == [.repaired], "\(report.items)")
        let recovered = kho.store(store).appending("recovered").string
        #expect(try FileManager.default.contentsOfDirectory(atPath: recovered).count >= 9)
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `a file in the place of a folder above dossiers gives way when these are mended`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 1)
        let place = kho.store("hai").appending("ocfl").appending(tuples(kho)[0]).string
        try FileManager.default.removeItem(atPath: place)
        try Data("x".utf8).write(to: URL(filePath: place))
        #expect(try kho.audit().damaged == 1)

        let report = try kho.repair()

        #expect(report.items.map(\.ending) == [.repaired, .repaired], "\(report.items)")
        #expect(report.items.allSatisfy { $0.kind != .transient })
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `a stray folder goes with the folders above it`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        try FileManager.default.createDirectory(
            atPath: kho.store("hai").appending("ocfl").string + "/fff/fff/fff/lạ",
            withIntermediateDirectories: true)
        _ = try kho.audit()

        let report = try kho.repair()

        #expect(!report.hasLoss, "\(report.items)")
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test(arguments: ["chinh", "hai"])
    func `a text of a store that is gone or changed is told and written anew`(
        store: String
    ) throws {
        let kho = try CopiedArchive(dossiers: 1)
        let path = kho.store(store).appending("README.txt").string
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for isGone in [true, false] {
            if isGone {
                try FileManager.default.removeItem(atPath: path)
            } else {
                try Data(text.utf8.dropLast()).write(to: URL(filePath: path))
            }

            let found = try kho.audit().findings
            let report = try kho.repair()

            #expect(found.map(\.code) == [.storeReadMeWrong], "\(found)")
            #expect(found.map(\.severity) == [.warning])
            #expect(report.items.map(\.ending) == [.repaired], "\(report.items)")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
            #expect(try kho.audit().findings.isEmpty)
        }
    }

    @Test func `what nobody adopted is found in a copy as in the primary store, and set aside`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 1)
        let store = kho.store("hai")
        try Data("x".utf8).write(
            to: URL(filePath: store.appending("policy").appending("seal-0009.crt").string))
        try FileManager.default.createDirectory(
            atPath: store.appending("evidence").string, withIntermediateDirectories: true)
        try Data("x".utf8).write(
            to: URL(filePath: store.appending("evidence").appending("la").string))

        let found = try kho.audit().findings

        #expect(Set(found.map(\.subject)) == ["policy/seal-0009.crt", "evidence/la"])
        #expect(Set(found.map(\.code)) == [.policyFileUnadopted, .storeExtraFile])
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
        #expect(try kho.audit().findings.isEmpty)
    }
}
