import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// What a run put right before it was killed is no passing fault to the next one.
@Suite struct MendingNoteTests {
    private let kho: CopiedArchive

    init() throws { kho = try CopiedArchive(dossiers: 1, stores: ["hai"]) }

    private func copy(_ from: FilePath, to target: FilePath) throws {
        for name in ["kho", "hai"] {
            let place = target.appending(name).string
            try? FileManager.default.removeItem(atPath: place)
            try FileManager.default.copyItem(atPath: from.appending(name).string, toPath: place)
        }
    }

    private func notes() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: kho.root.appending("audit").string
        ).filter { $0.hasSuffix(".mending") }
    }

    @Test func `a repair that was killed at any call is entered as what it was`() throws {
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        try Data("x".utf8).write(
            to: URL(filePath: kho.store("chinh").appending("ocfl/abc").string))
        #expect(try kho.audit().damaged == 1)
        let template = kho.folder.path("mẫu")
        try FileManager.default.createDirectory(
            atPath: template.string, withIntermediateDirectories: false)
        try copy(kho.folder.path(), to: template)
        var number = 1
        var before = 0
        while true {
            let volume = FaultyVolume(failingAt: number, .death)
            _ = try? kho.repair([], volume)

            let report = try kho.repair()

            for item in report.items {
                let isReal = item.damages.allSatisfy { !$0.isOnlyOfReading && $0.isMendable }
                #expect(item.ending == .repaired && isReal, "call \(number): \(item)")
                guard item.damages.contains(where: \.isMendedBefore) else { continue }
                before += 1
                #expect([.medium, .extra].contains(item.kind), "call \(number): \(item)")
                if item.object != nil { #expect(item.source == "hai" && item.transferred > 0) }
            }
            #expect(try kho.status().openDamage == 0, "call \(number)")
            #expect(try notes().isEmpty, "call \(number)")
            if volume.count < number { break }
            try copy(template, to: kho.folder.path())
            number += FaultyVolume.Fault.death.stride(13, 13)
        }
        #expect(before > 0)
        try kho.expectEqualCatalog()
    }

    @Test func `a note from before the finding hides no passing fault, and a torn one counts not`()
        throws
    {
        let victim = try kho.file(".tar", in: "hai")
        let entry = try #require(try kho.open(.reading).configuration.stores.first)
        do {
            let archive = try kho.open()
            let note = MendingNote(archive, in: entry.store, of: kho.objects[0])
            try note.add(MendingNote.Line(damage: FileDamage("ocfl/la", .medium)))
            let path = kho.root.appending("audit").appending(try #require(notes().first))
            let file = try FileHandle(forWritingTo: URL(filePath: path.string))
            try file.seekToEnd()
            try file.write(contentsOf: Data("{\"entries\":9".utf8))
            try file.close()
            try note.add(MendingNote.Line(damage: FileDamage("ocfl/sau", .medium)))
            let lines = try note.lines(since: [])
            #expect(lines.map(\.damage.path) == ["ocfl/la", "ocfl/sau"])
            #expect(lines.allSatisfy { $0.damage.isMendedBefore })
            try archive.finish()
        }
        let volume = LyingVolume(victim, at: 70, .times(1))
        #expect(try kho.audit(AuditRequest(.everything), volume).damaged == 1)

        let report = try kho.repair()

        #expect(report.items.map(\.ending) == [.sound], "\(report.items)")
        #expect(report.items.map(\.kind) == [.transient])
        #expect(try notes().isEmpty)
    }

    @Test(arguments: ["folder", "pipe", "link", "sparse", "sum"])
    func `what else stands in a note's place costs no repair`(harm: String) throws {
        let entry = try #require(try kho.open(.reading).configuration.stores.first)
        let name = entry.store.fileName + "." + kho.objects[0].fileName + ".mending"
        let path = kho.root.appending("audit").appending(name).string
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))
        #expect(try kho.audit().damaged == 1)
        switch harm {
        case "folder":
            try FileManager.default.createDirectory(
                atPath: path + "/x", withIntermediateDirectories: true)
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        case "link":
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/dev/zero")
        case "sparse":
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.truncate(atOffset: 3 << 30)
            try file.close()
        default:
            let line = "{\"entries\":1000,\"kind\":\"medium\",\"path\":\"x\",\"transferred\":"
            try Data((line + "\(Int64.max)}\n").utf8).write(to: URL(filePath: path))
        }

        #expect(try kho.repair(isDryRun: true).items.map(\.ending) == [.repairable])
        #expect(try kho.repair().items.map(\.ending) == [.repaired])

        #expect(try kho.audit().findings.isEmpty)
    }
}
