import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Once a day the checkpoint is shown to an authority and a witness, and what they hold finds a fork.
@Suite struct WitnessTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private static func world(_ minutes: Int64, _ volume: any Volume = DiskVolume()) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes + 3),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private static let day: Int64 = 24 * 60

    private func archive(_ lines: String, trial: Bool = false) throws -> FilePath {
        let root = try folder.makeArchive(withTrialAuthority: trial)
        let path = URL(filePath: root.string + "/luutru.yaml")
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data((text + lines).utf8).write(to: path)
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        return root
    }

    private func writing(
        _ root: FilePath, _ minutes: Int64, _ volume: any Volume = DiskVolume()
    ) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes, volume), for: .writing)
    }

    private func act(_ root: FilePath, _ minutes: Int64) throws {
        let archive = try writing(root, minutes)
        _ = try archive.enter(.fonds, [.code: "P\(minutes)", .name: "Phông"])
        try archive.finish()
    }

    private func ledger(_ root: FilePath) throws -> LedgerReport {
        try Archive.open(root, in: Self.world(9_000), for: .reading).verifyLedger(against: [])
    }

    private func copy(_ from: FilePath, _ to: FilePath) throws {
        if FileManager.default.fileExists(atPath: to.string) {
            try FileManager.default.removeItem(atPath: to.string)
        }
        try FileManager.default.copyItem(atPath: from.string, toPath: to.string)
    }

    private func store(_ root: FilePath, _ name: String) -> String {
        root.string + "/stores/chinh/ledger/" + name
    }

    @Test func `one checkpoint a day is shown, and one that failed again after an hour`() throws {
        let mount = folder.path("noi-khac")
        let root = try archive("witness:\n  file: \(mount.string)/diem\n")
        let away = try #require(try writing(root, 10).witnessIfDue())
        #expect(away.findings.map(\.code) == [.witnessFile] && away.hasFailed)
        #expect(try writing(root, 40).witnessIfDue() == nil)
        let reading = try Archive.open(root, in: Self.world(50), for: .reading)
        #expect(try reading.status().witness?.hasFailed == true)
        try FileManager.default.createDirectory(
            atPath: mount.string, withIntermediateDirectories: true)
        let shown = try #require(try writing(root, 80).witnessIfDue())
        #expect(!shown.hasFailed && shown.stamped == nil)
        let after = try Archive.open(root, in: Self.world(90), for: .reading)
        #expect(try after.status().witness?.shownOutsideAt != nil)
        #expect(try writing(root, 200).witnessIfDue() == nil)
        let first = try Data(contentsOf: URL(filePath: mount.string + "/diem"))
        #expect(try writing(root, 80 + Self.day).witnessIfDue()?.hasFailed == false)
        #expect(try Data(contentsOf: URL(filePath: mount.string + "/diem")) != first)
        #expect(try ledger(root).findings.isEmpty)
        let acts = try String(contentsOfFile: store(root, "entries.jsonl"), encoding: .utf8)
            .split(separator: "\n").filter { $0.contains(#""act":"witness""#) }
        #expect(acts.count == 3 && acts[0].contains("LT-WITNESS-FILE"))
    }

    @Test func `what only the own trial authority saw was shown to nobody outside`() throws {
        let root = try archive("", trial: true)
        _ = try writing(root, 20).witness()
        let status = try Archive.open(root, in: Self.world(30), for: .reading).status()
        let witness = try #require(status.witness)
        #expect(witness.at != nil && witness.shownOutsideAt == nil)
    }

    @Test func `a ledger that was rolled back is found by the witness, who keeps what it knows`()
        throws
    {
        let file = folder.path("diem")
        let root = try archive("witness:\n  file: \(file.string)\n", trial: true)
        try copy(root, folder.path("truoc"))
        try act(root, 10)
        _ = try writing(root, 20).witness()
        let known = try Data(contentsOf: URL(filePath: file.string))
        try copy(folder.path("truoc"), root)
        #expect(try ledger(root).findings.map(\.code).contains(.ledgerShrunk))
        // Nothing is written while the witness tells of more entries than are here.
        #expect(throws: ArchiveFailure.self) { try act(root, 30) }
        let away = folder.path("di-vang")
        try FileManager.default.moveItem(atPath: file.string, toPath: away.string)
        for minutes: Int64 in [31, 32, 33, 34] { try act(root, minutes) }
        try FileManager.default.moveItem(atPath: away.string, toPath: file.string)
        #expect(!(try ledger(root).findings.isEmpty))
        let refused = try writing(root, 40).witness()
        #expect(refused.findings.containsErrors && refused.stamped == nil)
        #expect(try Data(contentsOf: URL(filePath: file.string)) == known)
        let audit = try Archive.open(root, in: Self.world(50), for: .auditing).audit([]) { _ in }
        #expect(audit.findings.containsErrors)
    }

    @Test
    func `a program gets the checkpoint, and one that fails, hangs or is not there is told of`()
        throws
    {
        let program = folder.path("gui.sh")
        let got = folder.path("nhan-duoc")
        func says(_ script: String) throws {
            try Data(("#!/bin/sh\n" + script + "\n").utf8).write(
                to: URL(filePath: program.string))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: program.string)
        }
        let root = try archive("witness:\n  command: \(program.string)\n  timeout: 1\n")
        func outcome(_ minutes: Int64) throws -> [String?] {
            try writing(root, minutes).witness().findings.map { $0.facts["detail"] }
        }
        #expect(try outcome(10) == ["No such file or directory"])
        try says("cat > '\(got.string)'; env > '\(got.string).env'")
        #expect(try outcome(20).isEmpty)
        let note = try #require(LedgerNote([UInt8](Data(contentsOf: URL(filePath: got.string)))))
        let verifiers = try writing(root, 21).ledgerVerifiers()
        #expect(note.isSigned(byOneOf: verifiers))
        #expect(
            try !String(contentsOfFile: got.string + ".env", encoding: .utf8).contains("HOME="))
        try says("exit 3")
        #expect(try outcome(30) == ["exit 3"])
        try says("sleep 20 & sleep 20")
        #expect(try outcome(40) == ["> 1 s"])
        try says("kill -9 $$")
        #expect(try outcome(50) == ["signal 9"])
    }

    @Test func `the stamp over the checkpoint verifies with openssl, and a changed one is found`()
        throws
    {
        guard let authority = try Authority(in: folder) else { return }
        let lines =
            "tsa:\n  - url: \(authority.url)good/\(TestWorld.start.seconds + 600)\n"
            + "    roots: \(authority.roots)\n"
        let root = try archive(lines)
        let outcome = try #require(try writing(root, 10).witnessIfDue())
        #expect(outcome.isIndependent && outcome.stamped != nil && !outcome.hasFailed)
        let report = try ledger(root)
        #expect(report.findings.isEmpty && report.stamped?.size == outcome.size)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "ts", "-verify", "-data", store(root, "checkpoint.stamped"), "-in",
            store(root, "checkpoint.tst"), "-token_in", "-CAfile", authority.roots,
            "-attime", String(TestWorld.start.seconds + 700),
        ]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)

        // It leaves with an export, is checked there, and comes back.
        let export = folder.path("ra")
        _ = try Archive.open(root, in: Self.world(60), for: .reading).export(
            ExportRequest(scope: .everything, form: .ocfl, target: export), progress: { _ in })
        func codes() throws -> [FindingCode] {
            var verification = Verification(
                archive: nil, trust: [], version: nil, world: Self.world(70), progress: { _ in })
            return try verification.verify(export.string, at: export).findings.map(\.code)
        }
        #expect(try codes().isEmpty)
        try ExportBench.damage(export.string + "/ledger/checkpoint.tst")
        #expect(try codes().contains(.checkpointStampWrong))

        for name in ["checkpoint.tst", "checkpoint.stamped"] {
            let path = URL(filePath: store(root, name))
            let whole = try Data(contentsOf: path)
            try ExportBench.damage(path.path)
            #expect(try ledger(root).findings.map(\.code) == [.checkpointStampWrong], "\(name)")
            try whole.write(to: path)
        }
        try FileManager.default.removeItem(atPath: store(root, "checkpoint.tst"))
        let lost = try ledger(root).findings
        #expect(lost.map(\.code) == [.checkpointStampWrong] && !lost.containsErrors)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.ioError)])
    func `showing that breaks off anywhere leaves nothing wrong`(
        fault: FaultyVolume.Fault
    ) throws {
        let root = try archive("witness:\n  file: diem\n", trial: true)
        _ = try writing(root, 5).witness()
        try act(root, 6)
        var number = 1
        while true {
            let copy = folder.path("kho-\(number)")
            try self.copy(root, copy)
            defer { try? FileManager.default.removeItem(atPath: copy.string) }
            let volume = FaultyVolume(failingAt: number, fault)
            do { _ = try writing(copy, 10, volume).witness() } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            let again = try writing(copy, 80).witness()
            #expect(!again.hasFailed, "call \(number): \(again.findings)")
            #expect(try ledger(copy).findings.isEmpty, "call \(number)")
            let audit = try Archive.open(copy, in: Self.world(90), for: .auditing)
                .audit([]) { _ in }
            #expect(audit.findings.isEmpty, "call \(number): \(audit.findings)")
            if volume.count < number { break }
            number += fault.stride(3, 8)
        }
        #expect(number > 40)
    }

    @Test(arguments: [
        "witness:\n  timeout: 3\n", "witness:\n  command: gui.sh\n", "witness:\n  files: x\n",
        "witness: x\n", "witness:\n  file: x\n  timeout: 0\n",
    ])
    func `a wrong witness is refused with its line`(lines: String) throws {
        let failure = #expect(throws: ArchiveFailure.self) { try archive(lines) }
        #expect(failure?.reason == .configuration)
    }
}
