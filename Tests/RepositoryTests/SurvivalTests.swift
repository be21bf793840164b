import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariants W1 to W5 and R1 of `docs/design.md`, at every file-system call of `package`.
@Suite struct SurvivalTests {
    private let folder: TestFolder
    private let template: FilePath
    private let dossier: FilePath

    init() throws {
        folder = try TestFolder()
        template = try folder.makeArchive()
        dossier = try folder.makeDossier()
    }

    /// A fresh copy of the archive that `init` made.
    private func copy(_ number: Int) throws -> FilePath {
        let target = folder.path("kho-\(number)")
        try FileManager.default.copyItem(atPath: template.string, toPath: target.string)
        return target
    }

    private func later(_ volume: any Volume, _ minutes: Int64) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes + 7),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    /// Packages over a failing disk, then lets the next command find what is left.
    private func rehearse(_ number: Int, _ fault: FaultyVolume.Fault) throws -> Bool {
        let root = try copy(number)
        let volume = FaultyVolume(failingAt: number, fault)
        var isOver = false
        do {
            let outcome = try Archive.package(dossier, into: root, in: later(volume, 1))
            isOver = volume.count < number
            if isOver { #expect(!outcome.isRejected) }
        } catch let failure {
            #expect(failure is FileFailure, "call \(number): \(failure)")
        }
        for path in volume.removals {
            #expect(mayGo(path), "call \(number) removed \(path)")
        }
        try expectBeforeOrAfter(root, number)
        try FileManager.default.removeItem(atPath: root.string)
        return isOver
    }

    /// What is staged, and what is made of the entries, may be removed or replaced (invariant W5).
    private func mayGo(_ path: FilePath) -> Bool {
        ["/work/", "/incoming/", "/ledger/tile/"].contains { path.string.contains($0) }
            || path.string.hasSuffix(".aside") || path.string.hasSuffix("/ledger/checkpoint")
            || path.string.hasSuffix("/keys/checkpoint")
            || path.string.hasSuffix("/keys/ledger-mark")
    }

    /// The audit signed what it found, and tree, tiles and checkpoints fit the entries.
    private func expectSigned(_ archive: Archive, _ number: Int) throws {
        try archive.finish()
        let ledger = try archive.verifyLedger(against: [])
        #expect(ledger.findings.isEmpty, "call \(number): \(ledger.findings)")
        #expect(ledger.signed == ledger.entries, "call \(number)")
    }

    private func expectBeforeOrAfter(_ root: FilePath, _ number: Int) throws {
        let world = later(DiskVolume(), 2)
        let archive = try Archive.open(root, in: world, for: .auditing)
        let report = try archive.audit([], progress: { _ in })
        #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
        let isArchived = report.checked == 1
        #expect(try archive.status().dossiers == (isArchived ? 1 : 0), "call \(number)")
        try expectSigned(archive, number)
        for staging in ["work", "stores/chinh/incoming"] {
            let left = try FileManager.default.contentsOfDirectory(
                atPath: root.appending(staging).string)
            #expect(left.isEmpty, "call \(number) leaves \(left) in \(staging)")
        }
    }

    /// A title amended over a disk that dies at a call; then the next command finds what is left.
    private func rehearseAmendment(_ number: Int, _ fault: FaultyVolume.Fault) throws -> Bool {
        let root = try copy(number)
        let volume = FaultyVolume(failingAt: number, fault)
        var request = AmendRequest(dossier: "H61.12.2024.01.CĐS", reason: "Sửa")
        request.sets = ["title=Tiêu đề mới"]
        do {
            let archive = try Archive.open(root, in: later(volume, 20), for: .writing)
            _ = try archive.amend(request, isDryRun: false, passphrase: nil) { _ in }
            try archive.finish()
        } catch let failure {
            // What the disk does not give of the state before is told as damage.
            let isDamage = (failure as? ArchiveFailure)?.reason == .damaged
            #expect(failure is FileFailure || isDamage, "call \(number): \(failure)")
        }
        for path in volume.removals where !path.string.contains("/inventory.json") {
            #expect(mayGo(path), "call \(number): \(path)")
        }
        try expectStateBeforeOrAfter(root, number)
        try FileManager.default.removeItem(atPath: root.string)
        return volume.count < number
    }

    private func expectStateBeforeOrAfter(_ root: FilePath, _ number: Int) throws {
        let archive = try Archive.open(root, in: later(DiskVolume(), 40), for: .auditing)
        let report = try archive.audit([], progress: { _ in })
        #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
        let shown = try archive.show("H61.12.2024.01.CĐS")
        let title = shown.fields.first { $0.0 == "title" }?.1
        #expect((title == "Tiêu đề mới") == (shown.version == 2), "call \(number)")
        var verification = Verification(
            archive: root, trust: [], version: nil, world: later(DiskVolume(), 60),
            progress: { _ in })
        let verdict = try verification.verify(shown.object.text, at: "/none").verdict
        #expect(verdict == .valid, "call \(number)")
        try expectSigned(archive, number)
        for staging in ["work", "stores/chinh/incoming"] {
            let left = try FileManager.default.contentsOfDirectory(
                atPath: root.appending(staging).string)
            #expect(left.isEmpty, "call \(number) leaves \(left) in \(staging)")
        }
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `a broken amendment leaves the state before or after, at every call`(
        fault: FaultyVolume.Fault
    ) throws {
        _ = try Archive.package(dossier, into: template, in: later(DiskVolume(), 5))
        var number = 1
        // A call that fails once leaves less to wonder at than a death: every third will do.
        let step = if case .death = fault { 1 } else { 3 }
        while try !rehearseAmendment(number, fault) { number += step }
        #expect(number > 60)
    }

    private func dossiers(in root: FilePath) throws -> Int64 {
        try Archive.open(root, in: later(DiskVolume(), 40), for: .writing).status().dossiers
    }

    @Test func `a killed rebuild leaves a catalog, the old or the new`() throws {
        _ = try Archive.package(dossier, into: template, in: later(DiskVolume(), 5))
        var number = 1
        while true {
            let root = try copy(number)
            let volume = FaultyVolume(failingAt: number, .death)
            do {
                _ = try Archive.rebuildCatalog(root, in: later(volume, 20))
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            let isOver = volume.count < number
            #expect(try dossiers(in: root) == 1, "call \(number)")
            #expect(try Archive.checkCatalog(root, in: later(DiskVolume(), 60)).isEmpty)
            try FileManager.default.removeItem(atPath: root.string)
            if isOver { break }
            number += 1
        }
        #expect(number > 20)
    }

    @Test func `a killed package leaves the dossier archived or not, at every call`() throws {
        var number = 1
        while try !rehearse(number, .death) { number += 1 }
        #expect(number > 100)
        try expectCatalogs()
    }

    /// Each reason at every third call: what the program does hangs on the call, not on the reason.
    @Test(arguments: [(Errno.noSpace, 1), (.ioError, 2), (.diskQuotaExceeded, 3)])
    func `a failing disk leaves the dossier archived or not, at every call`(
        reason: Errno, first: Int
    ) throws {
        var number = first
        while try !rehearse(number, .once(reason)) { number += 3 }
        #expect(number > 100)
    }

    /// The catalog is what a rebuild makes, after a death between each of the four steps.
    private func expectCatalogs() throws {
        for number in stride(from: 40, through: 160, by: 20) {
            let root = try copy(10_000 + number)
            _ = try? Archive.package(
                dossier, into: root, in: later(FaultyVolume(failingAt: number, .death), 1))
            let findings = try Archive.checkCatalog(root, in: later(DiskVolume(), 2))
            #expect(findings.isEmpty, "call \(number): \(findings)")
        }
    }

    @Test(arguments: [
        (Errno.noSpace, "LT-DISK-FULL"), (.diskQuotaExceeded, "LT-DISK-QUOTA"),
        (.readOnlyFileSystem, "LT-DISK-READ-ONLY"), (.permissionDenied, "LT-DISK-PERMISSION"),
    ])
    func `what is the matter with the disk is told by its own code`(
        reason: Errno, code: String
    ) throws {
        let root = try copy(1)
        let volume = FaultyVolume(failingAt: 120, .once(reason))
        let failure = #expect(throws: FileFailure.self) {
            try Archive.package(dossier, into: root, in: later(volume, 1))
        }
        let report = try FailureReport(describing: #require(failure))
        #expect(report.code == code)
        #expect(report.status == .failed)
        try expectBeforeOrAfter(root, 120)
    }
}
