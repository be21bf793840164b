import Foundation
import Rehearsal
import SystemPackage
import Testing

/// An archive of 2026 in the years after, by the real program under another clock.
@Suite(.serialized) struct EvidenceYearsTests {
    private let folder: TestFolder
    private let archive: String
    private let minutes = Minutes()

    /// Each command comes a minute after the one before, as the ledger's clock never goes back.
    private final class Minutes {
        private var count = 0

        func next(_ date: String) -> String {
            count += 1
            return String(format: "@\(date) 08:%02d:00", count)
        }
    }

    init() throws {
        folder = try TestFolder()
        archive = folder.path("kho").string
    }

    private static var hasClock: Bool {
        if Program.isInstalled("faketime") { return true }
        print("not run: faketime absent")
        return false
    }

    private func luutru(_ date: String, _ arguments: String...) throws -> Program.Run {
        try Program.start(
            "/usr/bin/faketime", ["-f", minutes.next(date), Program.path] + arguments,
            environment: ["LUUTRU_ARCHIVE": archive, "LC_ALL": "en_US.UTF-8", "TZ": "UTC"])
    }

    private func found() throws {
        let dossier = try folder.makeDossier().string
        let founded = try luutru(
            "2026-06-01", "init", archive, "--agency", "UBND", "--agency-code", "H61.12",
            "--fonds-code", "H61.12", "--fonds-name", "Phông", "--trial-tsa")
        try #require(founded.status == 0, "\(founded.errors)")
        try #require(try luutru("2026-06-02", "package", dossier).status == 0)
        let stamped = try luutru("2026-06-03", "evidence", "stamp")
        try #require(stamped.status == 0, "\(stamped.errors)")
    }

    /// The record as it stands, with the files it is over.
    private func export(_ date: String) throws -> [String] {
        let target = folder.path("giao-" + date)
        try FileManager.default.createDirectory(
            atPath: target.string, withIntermediateDirectories: true)
        let export = try luutru(
            date, "evidence", "export", "--all", "-o", target.string, "--json")
        try #require(export.status == 0, "\(export.output) \(export.errors)")
        let paths = try FileManager.default.contentsOfDirectory(atPath: target.string)
            .map { target.string + "/" + $0 }
        let data = paths.filter { !$0.hasSuffix(".er") && !$0.hasSuffix(".pem") }.sorted()
        return paths.filter { $0.hasSuffix(".er") } + data
    }

    private func verify(_ date: String, _ files: [String]) throws -> Program.Run {
        try Program.start(
            "/usr/bin/faketime",
            ["-f", minutes.next(date), Program.path, "evidence", "verify"] + files
                + ["--whole", "--json"],
            environment: ["LUUTRU_ARCHIVE": archive, "TZ": "UTC"])
    }

    @Test func `renewed in time, the proof of 2026 holds in 2031, 2040 and 2056`() throws {
        guard Self.hasClock else { return }
        try found()
        #expect(try luutru("2031-01-10", "evidence", "renew").output.contains("No batch is due"))
        #expect(try verify("2031-01-11", export("2031-01-10")).status == 0)
        for (warned, renewed, judged) in [
            ("2036-01-05", "2036-03-01", "2040-01-10"), ("2045-10-01", "2045-11-01", "2050-01-10"),
            ("2055-07-01", "2055-08-01", "2056-01-10"),
        ] {
            #expect(try luutru(warned, "evidence", "status").status == 1, "\(warned)")
            let renewal = try luutru(renewed, "evidence", "renew")
            #expect(renewal.status == 0, "\(renewal.output) \(renewal.errors)")
            #expect(try luutru(renewed, "evidence", "status").status == 0, "\(renewed)")
            #expect(try !luutru(renewed, "status").output.contains("BEFORE THEY WERE RENEWED"))
            let answer = try verify(judged, export(judged))
            #expect(answer.status == 0, "\(judged): \(answer.output)")
            #expect(try luutru(judged, "verify", "H61.12.2024.01.CĐS").status == 0, "\(judged)")
        }
        let again = try luutru("2056-02-01", "evidence", "renew", "--force", "--hash-tree")
        #expect(again.status == 0 && again.output.contains("sha3-512"), "\(again.output)")
        #expect(try verify("2056-02-02", export("2056-02-02")).status == 0)
        #expect(try luutru("2056-02-03", "audit", "run").status != 1)
        #expect(try luutru("2056-02-04", "catalog", "check").status == 0)
    }

    @Test func `never renewed, status has warned half a year ahead and the proof has ended`() throws
    {
        guard Self.hasClock else { return }
        try found()
        let files = try export("2031-01-10")
        #expect(try luutru("2035-11-20", "evidence", "status").status == 0)
        let warning = try luutru("2035-12-10", "evidence", "status", "--json")
        #expect(warning.status == 1)
        let payload = warning.json.first?["payload"] as? [String: Any]
        let batch = (payload?["batches"] as? [[String: Any]])?.first
        #expect(batch?["overdue"] as? Bool == true && batch?["reason"] as? String == "age")
        let status = try luutru("2035-12-10", "status", "--json")
        let facts = status.json.first?["payload"] as? [String: Any]
        #expect(status.status == 1 && facts?["renewReason"] as? String == "age")
        #expect((facts?["renewBefore"] as? String)?.hasPrefix("2035-12-0") == true)
        #expect(try luutru("2035-12-10", "evidence", "renew", "--dry-run").status == 1)
        for date in ["2040-01-10", "2056-01-10"] {
            let answer = try verify(date, files)
            #expect(answer.status == 5 && answer.output.contains("ERS_EXPIRED_LAST"), "\(date)")
            #expect(try luutru(date, "evidence", "status").status == 1)
            let dossier = try luutru(date, "verify", "H61.12.2024.01.CĐS")
            #expect(dossier.status == 5 && dossier.output.contains("ERS_EXPIRED_LAST"), "\(date)")
            try expectProofOver(date, "ERS_EXPIRED_LAST", "ended")
        }
    }

    /// A proof is written all the same, and says itself what whoever checks it will find.
    private func expectProofOver(_ date: String, _ code: String, _ word: String) throws {
        let file = folder.path("p-\(date).zip").string
        let proof = try luutru(date, "proof", "H61.12.2024.01.CĐS", "-o", file, "--json")
        #expect(proof.status == 5 && proof.output.contains(code), "\(proof.output)")
        #expect(proof.output.contains("\"provedSince\":null"))
        let bytes = try Data(contentsOf: URL(filePath: file))
        #expect(bytes.range(of: Data("\"time\": \"\(word)\"".utf8)) != nil)
        let checked = try luutru(date, "verify", file)
        #expect(checked.status == 5 && !checked.output.contains("LT-PROOF"), "\(checked.output)")
    }

    @Test func `a renewal that comes after the end is told as one, by itself and ever after`()
        throws
    {
        guard Self.hasClock else { return }
        try found()
        let late = try luutru("2037-06-01", "evidence", "renew", "--json")
        #expect(late.status == 0 && late.output.contains("LT-EVIDENCE-LAPSED"))
        let status = try luutru("2037-06-02", "evidence", "status")
        #expect(status.status == 5 && status.output.contains("LT-EVIDENCE-LAPSED"))
        let dossier = try luutru("2037-06-02", "verify", "H61.12.2024.01.CĐS")
        #expect(dossier.status == 5 && dossier.output.contains("LT-EVIDENCE-LAPSED"))
        try expectProofOver("2037-06-02", "LT-EVIDENCE-LAPSED", "lapsed")
        let standing = try luutru("2037-06-02", "status")
        #expect(standing.status == 5 && standing.output.contains("BEFORE THEY WERE RENEWED"))
        let facts = try luutru("2037-06-02", "status", "--json").json.first?["payload"]
        #expect((facts as? [String: Any])?["evidenceLapsed"] as? Int == 1)
        let check = try luutru("2037-06-02", "status", "--check", "--json")
        #expect(check.status == 1 && check.output.contains("evidence-lapsed"), "\(check.output)")
        let audit = try luutru("2037-06-03", "audit", "run")
        #expect(audit.status == 0 && audit.output.contains("LT-EVIDENCE-LAPSED"))
    }
}
