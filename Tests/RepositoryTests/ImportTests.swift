import Cataloging
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

@Suite struct ImportTests {
    @Test func `an archive that was exported and imported exports the same again`() throws {
        let bench = try ExportBench(dossiers: 3)
        try live(bench)
        try bench.export("ra")
        let fresh = try bench.fresh("moi")
        let report = try bench.importing("ra", into: fresh)
        #expect(report.isWhole && report.dossiers == 3 && report.findings.isEmpty)
        try bench.export("ra-2", of: fresh, in: ExportBench.world(50))
        var first = try bench.files("ra")
        var second = try bench.files("ra-2")
        let ledger = try #require(first["ledger/entries.jsonl"])
        let longer = try #require(second["ledger/entries.jsonl"])
        #expect(longer.starts(with: ledger))
        #expect(longer.dropFirst(ledger.count).count { $0 == 0x0A } == 2)
        #expect(second.removeValue(forKey: "policy/seal-0002.crt") != nil)
        #expect(second.removeValue(forKey: "policy/ledger-0002.vkey") != nil)
        for name in [
            "ledger/entries.jsonl", "ledger/checkpoint", "export.json", "manifest-sha512.txt",
        ] {
            first[name] = nil
            second[name] = nil
        }
        #expect(first == second)
        #expect(try Archive.checkCatalog(fresh, in: ExportBench.world(51)).isEmpty)
        #expect(try told(fresh) == told(bench.root))
        try ExportBench.expectSound(fresh, dossiers: 3)
    }

    @Test func `an archive in which anything was done is not overwritten`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        try bench.export("phan", scope: .records(["H61.12.2024.01.CĐS"]))
        for register in ["fonds", "accession"] {
            let fresh = try bench.fresh("moi-" + register)
            if register == "fonds" {
                _ = try Archive.open(fresh, in: ExportBench.world(35), for: .writing)
                    .enter(.fonds, [.code: "Q", .name: "Phông Q"])
            } else {
                _ = try Archive.open(fresh, in: ExportBench.world(35), for: .writing).enter(
                    .accession,
                    [
                        .code: "N", .fonds: "H61.99", .transferredBy: "Sở",
                        .received: "2024-05-20",
                    ])
            }
            for name in ["ra", "phan"] {
                let failure = #expect(throws: ArchiveFailure.self) {
                    try bench.importing(name, into: fresh)
                }
                #expect(failure?.reason == .importNotFresh, "\(register) \(name)")
            }
        }
    }

    @Test func `what the ledger names and the export does not hold is counted as refused`() throws {
        let bench = try ExportBench(dossiers: 3)
        try bench.export("ra")
        let tar = try bench.file("ra", ending: ".tar")
        let object = URL(filePath: tar).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        try FileManager.default.removeItem(at: object)
        let fresh = try bench.fresh("moi")
        let report = try bench.importing("ra", into: fresh)
        #expect(report.dossiers == 2 && report.refused.count == 1)
        let ledger = try String(
            contentsOfFile: fresh.string + "/stores/chinh/ledger/entries.jsonl", encoding: .utf8)
        let last = try #require(ledger.split(separator: "\n").last)
        #expect(last.contains("\"dossiers\":2") && last.contains("\"refused\":1"))
    }

    /// Years of an archive's life in a few acts: later states, links, registers, places, audits.
    private func live(_ bench: ExportBench) throws {
        func open(_ minutes: Int64) throws -> Archive {
            try Archive.open(bench.root, in: ExportBench.world(minutes), for: .writing)
        }
        let code = "H61.12.2024.01.CĐS"
        for (minutes, title) in [(12, "Một"), (13, "Hai")] as [(Int64, String)] {
            var request = AmendRequest(dossier: code, reason: "Sửa")
            request.sets = ["title=" + title]
            _ = try open(minutes).amend(request, isDryRun: false, passphrase: nil) { _ in }
        }
        try bench.folder.write("thay", to: "Thay.txt")
        var request = AmendRequest(dossier: "H61.12.2024.02.CĐS", reason: "Bản mờ")
        request.supersessions = [.init(document: "1", file: bench.folder.path("Thay.txt"))]
        _ = try open(14).amend(request, isDryRun: false, passphrase: nil) { _ in }
        _ = try open(15).link(code, document: "1", .answers, to: "outside:X", because: "a")
        _ = try open(16).link(
            code, document: nil, .continues, to: "H61.12.2024.02.CĐS", because: nil)
        _ = try open(17).unlink(code, document: "1", .answers, to: "outside:X", because: "b")
        _ = try open(18).enter(.fonds, [.code: "P2", .name: "Phông hai"])
        _ = try open(19).amend(.fonds, "P2", [.code: "P3"], from: .today)
        _ = try open(20).move([code], to: "Kho/Kệ", because: "c")
        _ = try Archive.open(bench.root, in: ExportBench.world(21), for: .auditing)
            .audit([code], progress: { _ in })
    }

    /// What people see of the dossiers and of a fonds.
    private func told(_ root: FilePath) throws -> [String] {
        let archive = try Archive.open(root, in: ExportBench.world(70), for: .reading)
        var lines: [String] = []
        try archive.list(fonds: nil) { listed in
            lines.append("\(listed.object.text) v\(listed.version) \(listed.title)")
            let shown = try archive.show(listed.object.text)
            lines += shown.acts.map { "\($0.act) \($0.at.utcText) \($0.reason ?? "")" }
            lines += shown.documents.map { "\($0.name) \($0.sha256.hex)" }
            lines += try archive.links(listed.object.text, withEnded: true).map {
                "\($0.kind) \($0.source.text) \($0.target.text) \($0.until?.utcText ?? "")"
            }
            lines.append(shown.place?.location ?? "")
        }
        let fonds = try archive.registeredUnit(.fonds, "P2", inFonds: nil, asOf: nil)
        return lines + [fonds.entry.code] + fonds.states.map(\.file)
    }

    @Test func `the new archive packages with its own key, and old seals stay trusted`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        let fresh = try bench.fresh("moi")
        try bench.importing("ra", into: fresh)
        let dossier = try bench.folder.makeDossier("moi-1", notation: "77.CĐS")
        let outcome = try Archive.package(dossier, into: fresh, in: ExportBench.world(45))
        #expect(!outcome.isRejected)
        try ExportBench.expectSound(fresh, dossiers: 2)
        let card = try String(
            contentsOfFile: fresh.string + "/stores/chinh/store.json", encoding: .utf8)
        #expect(card.contains("\"epoch\": 2"))
    }

    @Test func `an imported archive can be exported and imported again`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        let second = try bench.fresh("moi")
        try bench.importing("ra", into: second)
        try bench.export("ra-2", of: second, in: ExportBench.world(50))
        let third = try bench.fresh("moi-2", seed: 99)
        let report = try bench.importing("ra-2", into: third, in: ExportBench.world(52))
        #expect(report.findings.isEmpty)
        try ExportBench.expectSound(third, dossiers: 1)
    }

    @Test func `a part comes in with entries of its own, once`() throws {
        let bench = try ExportBench(dossiers: 3)
        try bench.export("phan", scope: .records(["H61.12.2024.02.CĐS"]))
        let fresh = try bench.fresh("moi")
        let report = try bench.importing("phan", into: fresh)
        #expect(!report.isWhole && report.dossiers == 1 && report.findings.isEmpty)
        #expect(try Archive.checkCatalog(fresh, in: ExportBench.world(50)).isEmpty)
        let entries = try Archive.open(fresh, in: ExportBench.world(51), for: .reading).status()
            .ledgerEntries
        try bench.importing("phan", into: fresh, in: ExportBench.world(52))
        let later = try Archive.open(fresh, in: ExportBench.world(53), for: .reading).status()
        #expect(later.ledgerEntries == entries)
        try ExportBench.expectSound(fresh, dossiers: 1)
    }

    /// An export of one dossier that was moved, linked, and unlinked from what it was linked to first.
    private func partOfMovedAndLinked() throws -> ExportBench {
        let bench = try ExportBench(dossiers: 3)
        let archive = try Archive.open(bench.root, in: ExportBench.world(10), for: .writing)
        let code = "H61.12.2024.02.CĐS"
        _ = try archive.move([code], to: "Kho 1/Kệ 2", because: "Dồn kho")
        for target in ["H61.12.2024.01.CĐS", "H61.12.2024.03.CĐS"] {
            let outcome = try archive.link(
                code, document: nil, .answers, to: target, because: "Trả lời")
            #expect(outcome.findings.isEmpty)
        }
        _ = try archive.unlink(
            code, document: nil, .answers, to: "H61.12.2024.01.CĐS", because: "Nhầm")
        _ = try archive.move(["H61.12.2024.01.CĐS"], to: "Kho 9", because: "Không đi theo")
        return bench
    }

    @Test func `places and links of later acts come in with a part`() throws {
        let bench = try partOfMovedAndLinked()
        let code = "H61.12.2024.02.CĐS"
        let before = try Archive.open(bench.root, in: ExportBench.world(11), for: .reading)
            .links(code, withEnded: true)
        try bench.export("phan", scope: .records([code]))
        let fresh = try bench.fresh("moi")
        #expect(try bench.importing("phan", into: fresh).findings.isEmpty)

        let archive = try Archive.open(fresh, in: ExportBench.world(51), for: .reading)
        let object = try archive.dossier(named: code, version: nil)
        #expect(try archive.catalog.place(of: object)?.location == "Kho 1/Kệ 2")
        let links = try archive.links(code, withEnded: true)
        #expect(links.map(\.target.text) == before.map(\.target.text) && links.count == 2)
        #expect(links.map { $0.until == nil } == before.map { $0.until == nil })
        let events = try archive.catalog.events(object: object)
        #expect(events.map(\.act) == ["package", "place", "link", "link", "unlink"])
        #expect(events.dropFirst().allSatisfy { $0.line.contains("\"told\":\"20") })
        #expect(try Archive.checkCatalog(fresh, in: ExportBench.world(52)).isEmpty)
        try ExportBench.expectSound(fresh, dossiers: 1)
    }

    @Test func `an import of a part that dies anywhere is finished by the next one`() throws {
        let bench = try partOfMovedAndLinked()
        let code = "H61.12.2024.02.CĐS"
        try bench.export("phan", scope: .records([code]))
        let whole = FaultyVolume(failingAt: 0, .death)
        try bench.importing("phan", into: bench.fresh("ca"), in: ExportBench.world(40, whole))
        for (index, call) in stride(from: 5, through: whole.count, by: 67).enumerated() {
            let fresh = try bench.fresh("moi-\(index)", seed: UInt64(300 + index))
            let world = ExportBench.world(40, FaultyVolume(failingAt: call, .death))
            _ = try? bench.importing("phan", into: fresh, in: world)
            #expect(try bench.importing("phan", into: fresh, in: ExportBench.world(45)).isDone)
            let archive = try Archive.open(fresh, in: ExportBench.world(51), for: .reading)
            var acts: [String] = []
            _ = try archive.ledger.read { entry, _ in
                if entry.sequence > 3 { acts.append(entry.draft.act) }
            }
            #expect(
                acts.filter { $0 != "policy" && $0 != "recovery" }
                    == ["package", "place", "link", "link", "unlink", "import"], "\(call)")
            try FileManager.default.removeItem(atPath: fresh.string)
        }
    }

    @Test func `a bare root comes in by the certificate given, and not without`() throws {
        let bench = try ExportBench()
        try bench.export("ra")
        let fresh = try bench.fresh("moi")
        let refused = try bench.importing("ra/ocfl", into: fresh)
        #expect(refused.dossiers == 0 && refused.refused.count == 2 && refused.isOnlyUntrusted)
        let certificate = bench.root.appending("keys/seal.crt")
        let report = try bench.importing(
            "ra/ocfl", into: fresh, trust: [certificate], in: ExportBench.world(45))
        #expect(report.dossiers == 2 && report.findings.isEmpty)
        try ExportBench.expectSound(fresh, dossiers: 2)
    }

    @Test func `an archive that holds anything takes no import`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        try bench.export("phan", scope: .fonds("H61.12"))
        for name in ["ra", "phan"] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try bench.importing(name, into: bench.root)
            }
            #expect(failure?.reason == .importNotFresh)
        }
        let strange = #expect(throws: ArchiveFailure.self) {
            try bench.importing("ho-so-1", into: bench.fresh("moi"))
        }
        #expect(strange?.reason == .importForm)
    }

    @Test func `a damaged dossier is refused, the others come in, and the ledger remembers it`()
        throws
    {
        let bench = try ExportBench(dossiers: 3)
        try bench.export("ra")
        try ExportBench.damage(bench.file("ra", ending: ".tar"))
        let fresh = try bench.fresh("moi")
        let report = try bench.importing("ra", into: fresh)
        #expect(report.dossiers == 2 && report.refused.count == 1 && !report.isOnlyUntrusted)
        #expect(report.findings.contains { $0.code == .importRefused })
        let findings = try Archive.checkCatalog(fresh, in: ExportBench.world(50))
        #expect(findings.map(\.code) == [.bundleUnreadable])
    }

    @Test func `an import that was interrupted keeps every other command out`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        let whole = FaultyVolume(failingAt: 0, .death)
        try bench.importing("ra", into: bench.fresh("khac"), in: ExportBench.world(40, whole))
        let fresh = try bench.fresh("moi")
        let world = ExportBench.world(40, FaultyVolume(failingAt: whole.count / 2, .death))
        #expect(throws: FileFailure.self) { try bench.importing("ra", into: fresh, in: world) }
        let marker = fresh.string + "/import.json"
        try #require(FileManager.default.fileExists(atPath: marker))
        for purpose in [Archive.Purpose.reading, .writing] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try Archive.open(fresh, in: ExportBench.world(41), for: purpose)
            }
            #expect(failure?.reason == .importUnfinished)
        }
        #expect(throws: ArchiveFailure.self) {
            try Archive.rebuildCatalog(fresh, in: ExportBench.world(41))
        }
        try bench.importing("ra", into: fresh, in: ExportBench.world(42))
        try ExportBench.expectSound(fresh, dossiers: 1)
    }
}
