import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Exports and imports that are killed or failed at their file-system calls are gone on with by the same command.
@Suite struct ExportSurvivalTests {
    /// The calls at which a run is failed: some of all, and every second of the last, where names are given.
    private static func chosen(_ count: Int, each step: Int, last: Int) -> [Int] {
        (1...count).filter { $0 % step == 1 || $0 > count - last && $0 % 2 == 0 }
    }

    private func calls(_ run: (FaultyVolume) throws -> Void) rethrows -> Int {
        let volume = FaultyVolume(failingAt: 0, .death)
        try run(volume)
        return volume.count
    }

    @Test(arguments: ExportRequest.Form.allCases)
    func `a killed export is gone on with at every call`(form: ExportRequest.Form) throws {
        let bench = try ExportBench(dossiers: 1)
        let count = try calls {
            try bench.export("mau", form: form, in: ExportBench.world(30, $0))
        }
        #expect(count > 100)
        var expected = try bench.files("mau")
        expected["export.json"] = nil
        expected["manifest-sha512.txt"] = nil
        var kept: Int64 = 0
        for number in Self.chosen(count, each: 23, last: 12) {
            let volume = FaultyVolume(failingAt: number, .death)
            #expect(throws: FileFailure.self, "call \(number)") {
                try bench.export("ra", form: form, in: ExportBench.world(31, volume))
            }
            // The last call of all is the fsync after the card got its name: then the export is finished.
            if try bench.verify("ra", orAbsent: true)?.verdict != .valid {
                kept += try bench.export("ra", form: form, in: ExportBench.world(32)).keptFiles
            }
            #expect(try bench.verify("ra").verdict == .valid, "call \(number)")
            var found = try bench.files("ra")
            found["export.json"] = nil
            found["manifest-sha512.txt"] = nil
            #expect(found == expected, "call \(number)")
            try FileManager.default.removeItem(atPath: bench.folder.path("ra").string)
        }
        #expect(kept > 20)
    }

    @Test(arguments: [Errno.noSpace, .ioError, .diskQuotaExceeded])
    func `a disk that fails once is said, and the same command goes on`(reason: Errno) throws {
        let bench = try ExportBench(dossiers: 1)
        let count = try calls { try bench.export("mau", in: ExportBench.world(30, $0)) }
        for number in Self.chosen(count, each: 31, last: 4) {
            let volume = FaultyVolume(failingAt: number, .once(reason))
            do {
                // A source that cannot be read is a finding; a target that cannot be written ends the run.
                let report = try bench.export("ra", in: ExportBench.world(31, volume))
                #expect(report.findings.containsErrors, "call \(number)")
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            if try bench.verify("ra", orAbsent: true)?.verdict != .valid {
                let report = try bench.export("ra", in: ExportBench.world(32))
                #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
            }
            #expect(try bench.verify("ra").verdict == .valid, "call \(number)")
            try FileManager.default.removeItem(atPath: bench.folder.path("ra").string)
        }
    }

    @Test func `what an export left half-written is replaced, and what is right is kept`() throws {
        let bench = try ExportBench()
        let whole = try bench.export("ra")
        let card = bench.folder.path("ra/export.json").string
        let text = try String(contentsOfFile: card, encoding: .utf8)
        try text.replacing("\"complete\": true", with: "\"complete\": false").write(
            toFile: card, atomically: false, encoding: .utf8)
        let tar = try bench.file("ra", ending: ".tar")
        try Data(contentsOf: URL(filePath: tar)).dropLast(700).write(to: URL(filePath: tar))
        let segments = try bench.file("ra", ending: ".segments")
        try ExportBench.damage(segments)
        try FileManager.default.removeItem(atPath: bench.file("ra", ending: ".p7s"))
        let again = try bench.export("ra")
        // Those three, and the ledger, which is always written anew.
        #expect(again.keptFiles == whole.counts.files - 4)
        #expect(try bench.verify("ra").verdict == .valid)
    }

    @Test func `a killed whole import is gone on with at every call`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        let ledger = try #require(bench.files("ra")["ledger/entries.jsonl"])
        let template = try bench.fresh("mau")
        let copy = bench.folder.path("moi")
        func prepare() throws {
            try? FileManager.default.removeItem(atPath: copy.string)
            try FileManager.default.copyItem(atPath: template.string, toPath: copy.string)
        }
        try prepare()
        let count = try calls {
            try bench.importing("ra", into: copy, in: ExportBench.world(40, $0))
        }
        for number in Self.chosen(count, each: 41, last: 60) {
            try prepare()
            let volume = FaultyVolume(failingAt: number, .death)
            do {
                // A medium that cannot be read at all is an export that is refused.
                let report = try bench.importing(
                    "ra", into: copy, in: ExportBench.world(41, volume))
                #expect(!report.isDone && !report.findings.isEmpty, "call \(number)")
            } catch let failure {
                #expect(FailureReport(describing: failure).code != "LT-FAILED", "\(failure)")
            }
            let marker = FileManager.default.fileExists(atPath: copy.string + "/import.json")
            let isOver = try !marker && status(copy).dossiers == 1
            if !isOver { try bench.importing("ra", into: copy, in: ExportBench.world(42)) }
            #expect(try status(copy).dossiers == 1, "call \(number)")
            let entries = try Data(
                contentsOf: URL(filePath: copy.string + "/stores/chinh/ledger/entries.jsonl"))
            #expect(entries.starts(with: ledger), "call \(number)")
            #expect(try Archive.checkCatalog(copy, in: ExportBench.world(43)).isEmpty)
            if number % 5 == 0 { try ExportBench.expectSound(copy, dossiers: 1) }
        }
    }

    @Test func `a killed import of a part is gone on with at every call`() throws {
        let bench = try ExportBench(dossiers: 2)
        try bench.export("phan", scope: .fonds("H61.12"))
        let template = try bench.fresh("mau")
        let copy = bench.folder.path("moi")
        func prepare() throws {
            try? FileManager.default.removeItem(atPath: copy.string)
            try FileManager.default.copyItem(atPath: template.string, toPath: copy.string)
        }
        try prepare()
        let count = try calls {
            try bench.importing("phan", into: copy, in: ExportBench.world(40, $0))
        }
        for number in Self.chosen(count, each: 61, last: 0) {
            try prepare()
            let volume = FaultyVolume(failingAt: number, .death)
            #expect(throws: (any Error).self, "call \(number)") {
                try bench.importing("phan", into: copy, in: ExportBench.world(41, volume))
            }
            let report = try bench.importing("phan", into: copy, in: ExportBench.world(42))
            #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
            #expect(try status(copy).dossiers == 2, "call \(number)")
            #expect(try Archive.checkCatalog(copy, in: ExportBench.world(43)).isEmpty)
        }
    }

    private func status(_ root: FilePath) throws -> StatusReport {
        try Archive.open(root, in: ExportBench.world(44), for: .reading).status()
    }
}

extension ExportBench {
    /// Verifies an export; nil when there is none, or nothing of it yet.
    func verify(_ name: String, orAbsent: Bool) throws -> VerificationReport? {
        let card = folder.path(name).appending("export.json").string
        return FileManager.default.fileExists(atPath: card) ? try verify(name) : nil
    }
}
