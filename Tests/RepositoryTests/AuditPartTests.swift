import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import Synchronization
import SystemPackage
import Testing

@testable import Repository

/// A run that ends in the middle of large files is gone on with there: no byte of them is read twice.
@Suite struct AuditPartTests {
    private static let mebibytes = 24
    private let kho: CopiedArchive

    init() throws {
        kho = try CopiedArchive(dossiers: 0, stores: [])
        for name in ["một", "hai"] {
            let dossier = try kho.makeLargeDossier(name, mebibytes: Self.mebibytes)
            try kho.add(dossier)
        }
    }

    /// An audit that is told to stop after so many bytes; gives the report, nil where it was stopped, and the bytes read.
    private func audit(
        _ request: AuditRequest, stoppingAfter most: Int = .max
    ) throws -> (report: AuditReport?, read: Int) {
        let isStopped = Atomic(false)
        let calm = kho.world()
        let world = World(
            volume: calm.volume, now: calm.now, random: calm.random, agent: calm.agent,
            process: calm.process, isInterrupted: { isStopped.load(ordering: .relaxed) },
            pages: calm.pages)
        let archive = try Archive.open(kho.root, in: world, for: .auditing)
        var read = 0
        do {
            let report = try archive.audit(request) { count in
                read += count
                if read >= most { isStopped.store(true, ordering: .relaxed) }
            }
            try archive.finish()
            return (report, read)
        } catch let failure as ArchiveFailure where failure.reason == .interrupted {
            return (nil, read)
        }
    }

    private var everything: AuditRequest { AuditRequest(.everything) }

    private var resumed: AuditRequest {
        var request = everything
        request.isResuming = true
        return request
    }

    private var parts: FilePath { kho.root.appending("audit").appending("chinh.parts") }

    private func hasParts() throws -> Bool { try DiskVolume().status(parts) != nil }

    @Test func `a run that is stopped again and again reads every byte once`() throws {
        let whole = try #require(try audit(everything).report)

        let first = try audit(everything, stoppingAfter: 9 << 20)
        #expect(first.report == nil)
        #expect(try hasParts())
        let second = try audit(resumed, stoppingAfter: 11 << 20)
        #expect(second.report == nil)
        let third = try audit(resumed)

        let report = try #require(third.report)
        #expect(report.checked == 2 && report.bytes == whole.bytes && report.findings.isEmpty)
        // Inventories and seals are read by whoever judges, and a few pieces were read that nobody was told of.
        let read = Int64(first.read + second.read + third.read)
        #expect(read <= whole.bytes && read > whole.bytes - 40 << 20)
        #expect(third.read < Int(whole.bytes) - 19 << 20)
        #expect(try !hasParts())
    }

    @Test func `damage is found whether it lies in what was read or in the rest`() throws {
        let tar = try kho.file(".tar", of: 0, in: "chinh")
        let size = try #require(try DiskVolume().status(tar)).size
        for place in [5000, size / 2, size - 5000] {
            try flip(tar, at: place)
            _ = try audit(everything, stoppingAfter: 20 << 20)
            #expect(try hasParts())

            let report = try #require(try audit(resumed).report)

            #expect(report.damaged == 1, "\(place)")
            #expect(report.findings.contains { $0.code == .contentDigestWrong })
            try flip(tar, at: place)
        }
    }

    @Test func `a file that changed since is read from its beginning`() throws {
        _ = try audit(everything, stoppingAfter: 20 << 20)
        for number in 0..<2 { try flip(kho.file(".tar", of: number, in: "chinh"), at: 3000) }

        let report = try #require(try audit(resumed).report)

        #expect(report.damaged == 2)
    }

    @Test func `a run that is not gone on with reads everything`() throws {
        let whole = try audit(everything)
        _ = try audit(everything, stoppingAfter: 20 << 20)
        // What was asked for by name is read, and what was begun is not forgotten for it.
        let named = try audit(AuditRequest(.objects([kho.objects[0].text])))
        #expect(named.read >= Self.mebibytes << 20)
        #expect(try hasParts())

        let anew = try audit(everything)

        #expect(anew.read == whole.read)
        #expect(try !hasParts())
    }

    @Test(arguments: [Int64(1) << 40, Int64.max - 127])
    func `a part that is longer than its file is none of it`(read: Int64) throws {
        _ = try audit(everything, stoppingAfter: 20 << 20)
        let text = String(decoding: try DiskVolume().readAll(parts, limit: 1 << 20), as: UTF8.self)
        let lines = text.split(separator: "\n").dropLast().map { line in
            line.replacing(#/"read":[0-9]+/#, with: "\"read\":\(read)") + "\n"
        }.joined()
        let sum = Hexadecimal.text(of: Cryptography.Hasher.digest(.sha256, of: Array(lines.utf8)))
        try DiskVolume().replaceDurably(Array((lines + sum + "\n").utf8), as: parts)

        let report = try #require(try audit(resumed).report)

        #expect(report.findings.isEmpty && report.checked == 2)
        #expect(report.bytes < 1 << 30)
    }

    @Test(arguments: ["", "hư\n", "{}\n"])
    func `what is kept of a reading counts only whole`(tail: String) throws {
        let whole = try audit(everything)
        _ = try audit(everything, stoppingAfter: 20 << 20)
        let bytes = try DiskVolume().readAll(parts, limit: 1 << 20)
        let damaged = tail.isEmpty ? Array(bytes.dropLast(3)) : bytes + Array(tail.utf8)
        try DiskVolume().replaceDurably(damaged, as: parts)

        let rest = try audit(resumed)

        let report = try #require(rest.report)
        #expect(report.findings.isEmpty && report.checked == 2)
        #expect(rest.read >= whole.read - 1 << 20)
        #expect(try !hasParts())
    }

    @Test func `a budget ends a run in a large file, and nights add up to a whole reading`() throws
    {
        var request = AuditRequest(.due)
        request.mostBytes = 6 << 20
        request.mostBeyond = 1 << 20
        var reports: [AuditReport] = []
        var read = 0
        while reports.last?.isComplete != true, reports.count < 20 {
            let night = try audit(request)
            reports.append(try #require(night.report))
            read += night.read
            #expect(night.read < 26 << 20)
        }

        #expect(reports.count > 2)
        #expect(reports.map(\.checked).reduce(0, +) == 2)
        #expect(reports.dropLast().allSatisfy { !$0.isComplete })
        #expect(read <= (Self.mebibytes * 2 + 4) << 20)
        #expect(reports.allSatisfy { $0.findings.isEmpty })
    }

    @Test func `when the time is over little more of a large file is read`() throws {
        var asked = 0
        var request = AuditRequest(.due)
        request.mostBeyond = 0
        request.isTimeOver = {
            asked += 1
            return asked > 6
        }

        let night = try audit(request)

        #expect(try #require(night.report).isComplete == false)
        #expect(night.read < 24 << 20)
        #expect(try hasParts())
    }

    @Test func `damage is told though no time is left to seek its place`() throws {
        let whole = try audit(everything)
        try flip(kho.file(".tar", of: 0, in: "chinh"), at: 5000)
        let placed = try #require(try audit(everything).report)
        var read = 0
        var request = AuditRequest(.due)
        request.mostBeyond = 0
        request.isTimeOver = { read > whole.read + 4 << 20 }
        let archive = try kho.open(afterHours: 24 * 400)

        let report = try archive.audit(request) { read += $0 }
        try archive.finish()

        #expect(read > whole.read + 4 << 20)
        #expect(report.damaged == 1 && placed.damaged == 1)
        #expect(report.findings.contains { $0.code == .contentDigestWrong })
        #expect(report.findings.count < placed.findings.count)
    }

    @Test func `a deep run does not go on with one that was not`() throws {
        var first = everything
        first.mostBytes = 1
        #expect(try audit(first).report?.checked == 1)
        var deep = resumed
        deep.isDeep = true

        let second = try #require(try audit(deep).report)

        #expect(second.checked == 2 && second.earlier == nil)
        first.isDeep = true
        #expect(try audit(first).report?.checked == 1)
        #expect(try audit(resumed).report?.checked == 2)
        _ = try audit(first)
        let rest = try #require(try audit(deep).report)
        #expect(rest.checked == 1 && rest.earlier?.checked == 1)
    }

    @Test func `what is left of a store that is out of service goes, and nothing else`() throws {
        let folder = kho.root.appending("audit")
        let gone = "urn_uuid_00000000-0000-4000-8000-000000000001"
        for name in [gone + ".run", gone + ".parts", "ghi chú.txt"] {
            try kho.folder.write("x", to: "kho/audit/" + name)
        }
        _ = try audit(everything, stoppingAfter: 20 << 20)

        let names = try DiskVolume().list(folder).map(\.name.string)
        #expect(Set(names) == ["chinh.parts", "ghi chú.txt"])
    }

    @Test func `a bucket's objects are gone on with where their reading was stopped`() throws {
        guard let server = try SeaweedServer.start() else { return }
        try kho.addBucket("ket", server)
        var whole = everything
        whole.stores = ["ket"]
        let all = try audit(whole)
        #expect(all.report?.checked == 2)
        var rest = whole
        rest.isResuming = true

        let first = try audit(whole, stoppingAfter: 9 << 20)
        #expect(first.report == nil)
        let second = try audit(rest, stoppingAfter: 30 << 20)
        #expect(second.report == nil)
        let third = try audit(rest)

        let report = try #require(third.report)
        #expect(report.checked + (report.earlier?.checked ?? 0) == 2)
        #expect(report.findings.isEmpty && report.earlier?.findings == 0)
        // Inventories are read again by whoever goes on.
        let read = first.read + second.read + third.read
        #expect(read >= all.read && read < all.read + 1 << 20)
    }

    /// Changes a byte.
    private func flip(_ path: FilePath, at offset: Int64) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path.string)
        let file = try FileHandle(forUpdating: URL(filePath: path.string))
        try file.seek(toOffset: UInt64(offset))
        let byte = try #require(try file.read(upToCount: 1)?.first)
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data([byte ^ 1]))
        try file.close()
    }
}
