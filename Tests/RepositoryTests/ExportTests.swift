import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

@Suite struct ExportTests {
    @Test(arguments: ExportRequest.Form.allCases)
    func `an export in every form is verified on its own and by the key sheet's certificate`(
        form: ExportRequest.Form
    ) throws {
        let bench = try ExportBench()
        let report = try bench.export("ra", form: form)
        #expect(report.findings.isEmpty)
        #expect(report.counts.dossiers == 2)
        #expect(try bench.verify("ra").verdict == .valid)
        let certificate = bench.root.appending("keys/seal.crt")
        #expect(try bench.verify("ra", trust: [certificate]).verdict == .valid)
        let stranger = try bench.fresh("khac").appending("keys/seal.crt")
        #expect(try bench.verify("ra", trust: [stranger]).verdict == .untrusted)
    }

    @Test(arguments: ExportRequest.Form.allCases)
    func `every file of an export is missed, and every change of it named`(
        form: ExportRequest.Form
    ) throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra", form: form)
        for (name, bytes) in try bench.files("ra") {
            let url = URL(filePath: bench.folder.path("ra").string + "/" + name)
            try FileManager.default.removeItem(at: url)
            let isCard = name == "export.json"
            if !isCard {
                let verdict = try bench.verify("ra")
                #expect(verdict.verdict == .invalid, "\(name) missing")
                #expect(verdict.findings.contains { $0.subject == name }, "\(name) missing")
            }
            var changed = bytes
            changed[bytes.count / 2] ^= 1
            try changed.write(to: url)
            #expect(try bench.verify("ra").verdict == .invalid, "\(name) changed")
            try bytes.write(to: url)
        }
        try bench.folder.write("x", to: "ra/ocfl/strange")
        let verdict = try bench.verify("ra")
        #expect(verdict.findings.contains { $0.code == .exportFileExtra })
    }

    @Test func `a part holds its own lines of the ledger, and nothing of the others`() throws {
        let bench = try ExportBench(dossiers: 3)
        let archive = try Archive.open(bench.root, in: ExportBench.world(20), for: .reading)
        var ids: [ObjectIdentifier] = []
        try archive.list(fonds: nil) { ids.append($0.object) }
        let report = try bench.export("phan", scope: .records([ids[1].text, "H61.12.2024.02.CĐS"]))
        #expect(report.counts.dossiers == 1)
        #expect(try bench.verify("phan").verdict == .valid)
        let all = try bench.files("phan")
        #expect(all["ledger/entries.jsonl"] == nil)
        let excerpt = try String(decoding: #require(all["ledger/excerpt.jsonl"]), as: UTF8.self)
        #expect(excerpt.contains(ids[1].text))
        #expect(!excerpt.contains(ids[0].text) && !excerpt.contains(ids[2].text))
        #expect(!all.keys.contains { $0.contains(ids[0].uuidText) })
        let whole = try String(
            contentsOfFile: bench.root.string + "/stores/chinh/ledger/entries.jsonl",
            encoding: .utf8)
        for line in excerpt.split(separator: "\n") { #expect(whole.contains(line + "\n")) }
    }

    @Test func `lines taken from an excerpt, changed or put in another order are noticed`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("phan", scope: .fonds("H61.12"))
        let path = bench.folder.path("phan/ledger/excerpt.jsonl").string
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        var swapped = lines
        swapped.swapAt(1, 2)
        let changes = [
            Array(lines.dropLast()), swapped,
            lines.map {
                $0.contains("\"act\":\"package\"") ? $0.replacing("os:", with: "ox:") : $0
            },
            lines + [lines[0]],
        ]
        for (number, change) in changes.enumerated() {
            try Data((change.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
            let report = try bench.verify("phan")
            #expect(report.verdict == .invalid)
            if number == 1 || number == 3 {
                #expect(report.findings.contains { $0.code == .exportLedgerWrong }, "\(number)")
            }
        }
    }

    @Test func `an unknown dossier or fonds is a matter of usage, and nothing is made`() throws {
        let bench = try ExportBench(dossiers: 1)
        for scope in [ExportRequest.Scope.records(["không-có"]), .fonds("X")] {
            #expect(throws: ArchiveFailure.self) { try bench.export("ra", scope: scope) }
            #expect(!FileManager.default.fileExists(atPath: bench.folder.path("ra").string))
        }
    }

    @Test func `an export whose card was taken away is a finding, not a riddle`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra")
        try FileManager.default.removeItem(atPath: bench.folder.path("ra/export.json").string)
        let report = try bench.verify("ra")
        #expect(report.verdict == .invalid)
        #expect(report.findings.map(\.code) == [.exportCardWrong])
    }

    @Test func `nothing is exported into an archive, by whatever way`() throws {
        let bench = try ExportBench(dossiers: 1)
        let folder = bench.folder.path("")
        for (link, target) in [
            ("a", bench.root.string + "/stores"), ("b", bench.root.string + "/stores/chinh"),
            ("c", bench.root.string),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.string + "/" + link, withDestinationPath: target)
            for name in ["\(link)/xx", "\(link)/ocfl/0/xx"] {
                let failure = #expect(throws: ArchiveFailure.self) { try bench.export(name) }
                #expect(failure?.reason == .usage, "\(name)")
            }
        }
        try ExportBench.expectSound(bench.root, dossiers: 1)
    }

    @Test func `a folder with anything else in it is refused and stays as it was`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.folder.write("x", to: "day/tep.txt")
        let full = #expect(throws: ArchiveFailure.self) { try bench.export("day") }
        #expect(full?.reason == .notEmpty)
        try bench.export("ra")
        let before = try bench.files("ra")
        for (scope, form) in [
            (ExportRequest.Scope.everything, ExportRequest.Form.ocfl), (.fonds("H61.12"), .ocfl),
            (.everything, .zip),
        ] {
            let other = #expect(throws: ArchiveFailure.self) {
                try bench.export("ra", scope: scope, form: form)
            }
            #expect(other?.reason == .exportOther)
        }
        #expect(try bench.files("ra") == before)
        let inside = #expect(throws: ArchiveFailure.self) {
            try bench.export("kho/stores/chinh/ra")
        }
        #expect(inside?.reason == .usage)
    }

    @Test(arguments: ExportRequest.Form.allCases)
    func `a damaged dossier stays behind, the others leave, and a later run brings it`(
        form: ExportRequest.Form
    ) throws {
        let bench = try ExportBench(dossiers: 3)
        let tar = try bench.file("kho/stores/chinh/ocfl", ending: ".tar")
        let good = try Data(contentsOf: URL(filePath: tar))
        try ExportBench.damage(tar)
        let report = try bench.export("ra", form: form)
        #expect(report.counts.dossiers == 2)
        #expect(report.missing.count == 1)
        #expect(report.findings.contains { $0.code == .contentDigestWrong })
        #expect(!report.findings.contains { $0.severity == .error && $0.subject.isEmpty })
        let missing = try #require(report.missing.first)
        #expect(try !bench.files("ra").keys.contains { $0.contains(missing.uuidText) })
        let card = try String(
            contentsOfFile: bench.folder.path("ra/export.json").string, encoding: .utf8)
        #expect(card.contains(missing.text) && card.contains("\"complete\": false"))
        try good.write(to: URL(filePath: tar))
        let second = try bench.export("ra", form: form)
        #expect(second.counts.dossiers == 3)
        #expect(second.keptFiles > 0)
        #expect(second.findings.isEmpty)
        #expect(try bench.verify("ra").verdict == .valid)
    }

    @Test func `a lost dossier, details and policy are named, and the rest leaves`() throws {
        let bench = try ExportBench()
        let object = try #require(
            FileManager.default.subpathsOfDirectory(
                atPath: bench.root.string + "/stores/chinh/ocfl"
            ).first { $0.hasSuffix("/v1") })
        let store = bench.root.string + "/stores/chinh/"
        try FileManager.default.removeItem(
            atPath: (store + "ocfl/" + object as NSString).deletingLastPathComponent)
        try FileManager.default.removeItem(atPath: store + "policy/fonds-0001.json")
        let report = try bench.export("ra")
        #expect(report.counts.dossiers == 1)
        #expect(report.findings.contains { $0.code == .objectMissing })
        #expect(report.findings.contains { $0.code == .policyFileMissing })
    }

    @Test func `a damaged ledger leaves as it is, and is named`() throws {
        let bench = try ExportBench(dossiers: 1)
        let path = bench.root.string + "/stores/chinh/ledger/entries.jsonl"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed = text.replacing("os:test", with: "os:tesu", maxReplacements: 1)
        try Data(changed.utf8).write(to: URL(filePath: path))
        let report = try bench.export("ra")
        #expect(report.counts.dossiers == 1)
        #expect(report.findings.contains { $0.code == .ledgerInconsistent })
        #expect(try bench.files("ra")["ledger/entries.jsonl"] == Data(changed.utf8))
        #expect(try bench.verify("ra").verdict == .invalid)
    }

    @Test func `folders hold what plain tar unpacks`() throws {
        let bench = try ExportBench(dossiers: 1)
        try bench.export("ra", form: .folders)
        let tar = try bench.file("kho/stores/chinh/ocfl", ending: ".tar")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/tar")
        try FileManager.default.createDirectory(
            atPath: bench.folder.path("mo").string, withIntermediateDirectories: false)
        process.arguments = ["-xf", tar, "-C", bench.folder.path("mo").string]
        try process.run()
        process.waitUntilExit()
        let unpacked = try bench.files("mo")
        #expect(unpacked.count > 10)
        let exported = try bench.files("ra")
        for (name, bytes) in unpacked {
            #expect(
                exported.contains { $0.key.hasSuffix("/" + name) && $0.value == bytes }, "\(name)")
        }
    }
}
