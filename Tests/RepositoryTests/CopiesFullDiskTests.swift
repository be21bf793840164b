import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// A real small file system: it fills up, is told, and goes on when there is room; and a promoted store lies on its own disk.
@Suite struct CopiesFullDiskTests {
    /// Mounts a file system of a size; false where this machine does not permit it.
    private func mount(_ path: FilePath, _ size: String) throws -> Bool {
        try FileManager.default.createDirectory(
            atPath: path.string, withIntermediateDirectories: true)
        return try run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=" + size, "luutru", path.string)
    }

    @discardableResult
    private func run(_ program: String, _ arguments: String...) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test func `a full disk of a copy is told, and after there is room the sync goes on`() throws {
        let bench = try CopyBench(dossiers: 4)
        let disk = bench.path("b")
        guard try mount(disk, "300k") else {
            print("not run: mounting is not permitted")
            return
        }
        defer { _ = try? run("/usr/bin/umount", disk.string) }
        try bench.add("b")

        let full = try #require(bench.sync().first)

        #expect(!full.isComplete && full.findings.map(\.code) == [.copyStoreFull])
        #expect(try bench.read().storeStandings().map(\.lacking) == [full.lacking])
        #expect(full.lacking > 0)
        try bench.expectHonest("full")
        try #require(try run("/usr/bin/mount", "-o", "remount,size=8m", disk.string))
        #expect(try bench.sync().first?.isComplete == true)
        try bench.expectEqual("b")
        try bench.expectHonest("room")
    }

    @Test func `a store on a disk of its own leads, and takes dossiers and later versions`() throws
    {
        let bench = try CopyBench(dossiers: 1)
        let disk = bench.path("b")
        guard try mount(disk, "8m") else {
            print("not run: mounting is not permitted")
            return
        }
        defer { _ = try? run("/usr/bin/umount", disk.string) }
        try bench.add("b")
        try bench.sync()
        _ = try Archive.promote(bench.root, "b", because: "Ổ mới", in: bench.world())

        try bench.package(2)
        try bench.amend(1)

        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: bench.root.appending("work").string) == [])
        try bench.sync()
        try bench.expectHonest()
    }
}
