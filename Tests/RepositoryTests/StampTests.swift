import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Versions under time-stamps: what a batch holds, and that nothing of it is ever half there.
@Suite struct StampTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive(withTrialAuthority: true)
    }

    private static func world(_ minutes: Int64, _ volume: any Volume = DiskVolume()) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func writing(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .writing)
    }

    @discardableResult
    private func keep(_ number: Int) throws -> ObjectIdentifier {
        let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
        let found = try Archive.package(dossier, into: root, in: Self.world(20 * Int64(number)))
        guard case .packaged(let packaged) = found.result else {
            throw ArchiveFailure(.usage, subject: "\(found.findings)")
        }
        return packaged.object
    }

    private func batch(_ number: Int64) -> BatchLayout {
        BatchLayout(number, in: root.appending("stores/chinh/evidence"))
    }

    private func audit(_ minutes: Int64) throws -> [FindingCode] {
        try Archive.open(root, in: Self.world(minutes), for: .auditing)
            .audit([], progress: { _ in }).findings.map(\.code)
    }

    @Test func `one token covers every version that waited, and says that it is not independent`()
        throws
    {
        for number in 1...3 { try keep(number) }
        #expect(try writing(90).evidenceStanding().state == .pending)
        #expect(try writing(91).evidenceStanding().waiting == 3)
        let outcome = try writing(100).stamp()
        let stamped = try #require(outcome.stamped)
        #expect(stamped.batch == 1 && stamped.versions == 3 && !stamped.isIndependent)
        #expect(outcome.waiting == 0 && outcome.findings.map(\.code) == [.stampNotIndependent])
        #expect(try writing(101).evidenceStanding().state == .notIndependent)
        #expect(try writing(102).stamp().stamped == nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: batch(1).folder.string)
        #expect(names.sorted() == BatchLayout.names)
        #expect(try audit(200).isEmpty)
        #expect(try Archive.checkCatalog(root, in: Self.world(210)).isEmpty)
        _ = try Archive.rebuildCatalog(root, in: Self.world(220))
        #expect(try writing(230).evidenceStanding().state == .notIndependent)
        try keep(12)
        let next = try #require(try writing(300).stamp().stamped)
        #expect(next.batch == 2 && next.versions == 1)
    }

    @Test func `a stranger recomputes the root with the script of the folder`() throws {
        for number in 1...5 { try keep(number) }
        _ = try writing(110).stamp()
        let text = try String(contentsOfFile: batch(1).readMe.string, encoding: .utf8)
        #expect(text.contains("-attime $(date -d '<Time stamp>' +%s)"))
        let script = try #require(
            text.components(separatedBy: "---- root.sh ----\n").last?
                .components(separatedBy: "---- end ----").first)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(
            forReadingFrom: URL(filePath: batch(1).leaves.string))
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let token = try TimeStampToken(
            der: DiskVolume().readAll(batch(1).stamp, limit: TimeStampToken.largest))
        #expect(
            String(decoding: said, as: UTF8.self).dropLast() == Hexadecimal.text(of: token.imprint))
    }

    @Test func `number and age close a batch, and without an authority nothing does`() throws {
        try keep(1)
        #expect(try writing(21).stampIfDue() == nil)
        #expect(try writing(20 + 25 * 60).stampIfDue()?.stamped?.versions == 1)
        let bare = try TestFolder()
        let other = try bare.makeArchive()
        let archive = try Archive.open(other, in: Self.world(5), for: .writing)
        #expect(try archive.evidenceStanding().state == .none)
        #expect(try archive.stampIfDue() == nil)
        #expect(throws: ArchiveFailure.self) { try archive.stamp() }
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `a stamp that breaks off leaves a batch before or after, at every call`(
        fault: FaultyVolume.Fault
    ) throws {
        try keep(1)
        try keep(2)
        var number = 1
        while true {
            let copy = folder.path("ban-sao")
            try FileManager.default.copyItem(atPath: root.string, toPath: copy.string)
            defer { try? FileManager.default.removeItem(atPath: copy.string) }
            let volume = FaultyVolume(failingAt: number, fault)
            do {
                _ = try Archive.open(copy, in: Self.world(60, volume), for: .writing).stamp()
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            for path in volume.removals {
                let mayGo =
                    path.string.contains("/incoming/") || path.string.hasSuffix(".aside")
                    || path.string.hasSuffix("/keys/ledger-mark")
                #expect(mayGo, "call \(number): \(path)")
            }
            try expectBeforeOrAfter(copy, number)
            if volume.count < number { break }
            number += fault.stride(1, 4)
        }
        #expect(number > 30)
    }

    private func expectBeforeOrAfter(_ root: FilePath, _ number: Int) throws {
        let archive = try Archive.open(root, in: Self.world(120), for: .auditing)
        let found = try archive.audit([], progress: { _ in }).findings
        #expect(found.isEmpty, "call \(number): \(found)")
        let standing = try archive.evidenceStanding()
        #expect(standing.waiting == (standing.batches == 1 ? 0 : 2), "call \(number)")
        if standing.batches == 0 { #expect(try archive.stamp().stamped?.versions == 2) }
        let left = try FileManager.default.contentsOfDirectory(
            atPath: root.string + "/stores/chinh/incoming")
        #expect(left.isEmpty, "call \(number): \(left)")
    }
}
