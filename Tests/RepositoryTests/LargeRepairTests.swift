import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Damage in large tars is mended by the MiB.
@Suite struct LargeRepairTests {
    /// An archive with one dossier of this many MiB, and a copy.
    private func archive(mebibytes: Int, stores: [String]) throws -> CopiedArchive {
        let kho = try CopiedArchive(dossiers: 0, stores: stores)
        try kho.add(kho.makeLargeDossier("lớn", mebibytes: mebibytes))
        return kho
    }

    private func harm(_ path: FilePath, mebibyte: Int) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path.string))
        try file.seek(toOffset: UInt64(mebibyte) << 20 + 5000)
        try file.write(contentsOf: Data(repeating: 0, count: 4096))
        try file.close()
    }

    @Test func `one bad sector of a large bundle costs at most two MiB`() throws {
        let count = Int(ProcessInfo.processInfo.environment["LUUTRU_LARGE_MIB"] ?? "") ?? 256
        let kho = try archive(mebibytes: count, stores: ["hai"])
        let tar = try kho.file(".tar", in: "hai")
        try harm(tar, mebibyte: count / 2)
        #expect(try kho.audit().damaged == 1)
        let clock = ContinuousClock()
        var report: RepairReport?

        let time = try clock.measure { report = try kho.repair() }

        let item = try #require(report?.items.first)
        #expect(item.ending == .repaired && item.kind == .medium)
        #expect(item.damages.map(\.segments) == [[Int64(count / 2)]])
        #expect(item.transferred <= 2 << 20)
        #expect(try kho.audit().findings.isEmpty)
        if count > 256 { print("repair of one MiB in \(count) MiB: \(time)") }
    }

    @Test func `damage in both copies at different places is mended out of each other`() throws {
        let kho = try archive(mebibytes: 8, stores: ["hai"])
        try harm(kho.file(".tar", in: "chinh"), mebibyte: 2)
        try harm(kho.file(".tar", in: "hai"), mebibyte: 5)
        #expect(try kho.audit().damaged == 2)

        #expect(try kho.repair(isDryRun: true).items.map(\.ending) == [.repairable, .repairable])
        let report = try kho.repair()

        #expect(report.items.map(\.ending) == [.repaired, .repaired])
        #expect(report.items.allSatisfy { $0.transferred == 1 << 20 })
        #expect(try kho.audit().findings.isEmpty)
    }
}
