import Foundation
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Audits and repairs as a user runs them.
@Suite(.serialized) struct AuditCommandTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
        for number in 1...8 {
            let dossier = try folder.makeDossier("d\(number)", notation: "\(number).CĐS")
            try run("package", dossier.string)
        }
        try run(
            "store", "add", "hai", folder.path("hai").string, "--medium", "disk", "--place", "B")
        try run("store", "sync")
    }

    @discardableResult
    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments + ["--archive", kho])
    }

    private func run(_ arguments: String...) throws {
        let run = try Program.run(arguments + ["--archive", kho])
        #expect(run.status == 0, "\(arguments): \(run.output) \(run.errors)")
    }

    private func payload(_ run: Program.Run) -> [String: Any] {
        run.json.last?["payload"] as? [String: Any] ?? [:]
    }

    private func harm() throws { try harm(folder.path("hai").string) }

    private func harm(_ store: String) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: store)
        let tar = try #require(names.sorted().first { $0.hasSuffix(".tar") })
        let url = URL(filePath: store + "/" + tar)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: url)
    }

    @Test func `a repair whose copy is away ends with 3, names it and calls nothing lost`() throws {
        try harm(kho + "/stores/chinh")
        #expect(try luutru("audit", "run").status == 1)
        let (here, away) = (folder.path("hai").string, folder.path("xa").string)
        try FileManager.default.moveItem(atPath: here, toPath: away)

        for more in [["--dry-run"], []] {
            let repair = try Program.run(
                ["repair", "--all", "--lang", "en", "--archive", kho] + more)
            #expect(repair.status == 3, "\(repair.output) \(repair.errors)")
            #expect(repair.output.contains("A COPY IS AWAY"), "\(repair.output)")
            #expect(repair.output.contains("LT-COPY-STORE-AWAY"), "\(repair.output)")
            #expect(!repair.output.contains("NO GOOD COPY"), "\(repair.output)")
        }

        let status = try luutru("status", "--json")
        #expect(status.status == 1 && payload(status)["damageAwaits"] as? [String] == ["hai"])
        try FileManager.default.moveItem(atPath: away, toPath: here)
        #expect(try luutru("repair", "--all").status == 0)
    }

    @Test func `four processes read four parts, and merged they are one run`() throws {
        try harm()
        let files = (1...4).map { folder.path("phần-\($0)").string }
        let processes = try files.enumerated().map { index, file in
            let process = Process()
            process.executableURL = URL(filePath: Program.path)
            process.arguments = [
                "audit", "run", "--shard", "\(index + 1)/4", "--report", file, "--archive", kho,
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }
        for process in processes { process.waitUntilExit() }
        #expect(processes.map(\.terminationStatus).filter { $0 == 1 }.count == 1)
        #expect(processes.map(\.terminationStatus).filter { $0 == 0 }.count == 3)

        let merged = try luutru(["audit", "merge"] + files + ["--json"])
        let whole = try luutru("audit", "run", "--json")

        #expect(merged.status == 1 && whole.status == 1)
        for key in ["checked", "bytes", "damaged"] {
            #expect(payload(merged)[key] as? Int == payload(whole)[key] as? Int, "\(key)")
        }
        #expect(payload(merged)["complete"] as? Bool == true)
        #expect(try luutru("audit", "merge", files[0], files[0]).status == 64)
        try run("catalog", "check")
    }

    private func luutru(_ arguments: [String]) throws -> Program.Run {
        try Program.run(arguments + ["--archive", kho])
    }

    @Test func `a store that is away ends with 3, and no report is written that read nothing`()
        throws
    {
        let (place, away) = (folder.path("hai").string, folder.path("đi-vắng").string)
        try FileManager.default.moveItem(atPath: place, toPath: away)
        let report = folder.path("phần").string

        let run = try luutru("audit", "run", "--store", "hai", "--json")
        let resumed = try luutru("audit", "run", "--store", "hai", "--resume")
        let part = try luutru(
            "audit", "run", "--store", "hai", "--shard", "1/2", "--report", report)

        #expect([run, resumed, part].map(\.status) == [3, 3, 3], "\(run) \(resumed) \(part)")
        #expect(payload(run)["complete"] as? Bool == false)
        #expect([run, resumed, part].allSatisfy { $0.output.contains("LT-COPY-STORE-AWAY") })
        #expect(!FileManager.default.fileExists(atPath: report))
        #expect(try luutru("audit", "run", "--shard", "1/2", "--report", report).status == 0)
        #expect(FileManager.default.fileExists(atPath: report))
        try FileManager.default.moveItem(atPath: away, toPath: place)
        try self.run("audit", "run", "--store", "hai")
    }

    @Test func `a budget ends with 3, resume goes on, damage is open until it is mended`() throws {
        try harm()
        #expect(try luutru("audit", "run", "--budget", "100K").status != 0)
        var last = try luutru("audit", "run", "--resume", "--budget", "100K", "--json")
        var runs = 2
        while payload(last)["complete"] as? Bool == false, runs < 40 {
            runs += 1
            last = try luutru("audit", "run", "--resume", "--budget", "100K", "--json")
            #expect([0, 1, 3].contains(last.status), "\(last)")
        }
        #expect(payload(last)["complete"] as? Bool == true)
        // The copy's damage was found by one of the parts, and the run ends with it.
        let earlier = payload(last)["earlier"] as? [String: Any]
        #expect(last.status == 1 && earlier?["checked"] as? Int != nil)
        #expect(try luutru("audit", "run", "--resume", "--sample", "5%").status == 64)
        #expect(runs > 2)
        let status = try luutru("status", "--json")
        #expect(status.status == 1 && payload(status)["openDamage"] as? Int == 1)
        #expect(try luutru("repair", "--all", "--dry-run").status == 1)
        try run("repair", "--all")
        try run("incident", "close", "1", "--reason", "đã sửa từ bản sao")
        try run("status")
        try run("audit", "run", "--deep")
        #expect(try luutru("audit", "run", "--due", "--json").status == 0)
        #expect(try luutru("repair").status == 64)
        #expect(try luutru("audit", "run", "--budget", "x").status == 64)
        #expect(try luutru("audit", "run", "--report", folder.path("r").string).status == 64)
    }

    @Test func `a run that was stopped says which command goes on with it, and that one does`()
        throws
    {
        for options in [["--due", "--store", "chinh"], [], ["--shard", "1/2", "--deep"]] {
            let stopped = try luutru(
                ["audit", "run", "--budget", "1K", "--lang", "en"] + options)
            #expect(stopped.status == 3)
            let line = try #require(
                stopped.output.split(separator: "\n").first { $0.contains("luutru audit run") })
            let words = line.split(separator: " ").drop { $0 != "audit" }.map(String.init)
            #expect(words == ["audit", "run"] + options + ["--resume"])

            let rest = try luutru(words + ["--json"])

            #expect(rest.status == 0)
            #expect(payload(rest)["complete"] as? Bool == true)
            #expect((payload(rest)["earlier"] as? [String: Any])?["checked"] as? Int == 1)
        }
        let named = try luutru(
            "audit", "run", "H61.12.2024.1.CĐS", "H61.12.2024.2.CĐS", "--budget", "1K", "--lang",
            "en")
        #expect(named.status == 3 && named.output.contains("anew"))
        #expect(!named.output.contains("--resume"))
    }

    @Test func `a run that a signal stops says which command goes on with it`() throws {
        let process = Process()
        process.executableURL = URL(filePath: Program.path)
        process.arguments = [
            "audit", "run", "--deep", "--store", "hai", "--rate", "1K", "--archive", kho,
            "--lang", "en",
        ]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        usleep(1_500_000)
        process.interrupt()
        let told = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()

        #expect(process.terminationStatus == 130)
        #expect(told.contains("luutru audit run --store hai --deep --resume"), "\(told)")
    }

    @Test func `what no repair can mend is not called right at the second reading`() throws {
        let other = try TestFolder()
        defer { withExtendedLifetime(other) {} }
        let stranger = try other.makeArchive().string
        let dossier = try other.makeDossier().string
        #expect(try Program.run(["package", dossier, "--archive", stranger]).status == 0)
        // A record that no entry tells of: nothing is wrong with its bytes.
        let from = stranger + "/stores/chinh/ocfl/"
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: from).first { $0.hasSuffix("/v1") })
        let object = String(name.dropLast("/v1".count))
        let place = URL(filePath: folder.path("hai").string + "/ocfl/" + object)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: from + object, toPath: place.path)
        #expect(try luutru("audit", "run").status == 1)

        let repair = try luutru("repair", "--all", "--lang", "en")

        #expect(repair.status == 1 && repair.output.contains("NOTHING WAS MENDED"))
        #expect(!repair.output.contains("second reading"))
    }

    @Test func `a wrong use says what is wrong and what is allowed`() throws {
        let there = folder.path("có").string
        try Data("x".utf8).write(to: URL(filePath: there))
        let days = ["--from", "2026-11-01", "--to", "2026-11-30"]
        let wrong: [([String], String)] = [
            (["run", "--shard", "3/2"], "--shard 3/2: phần i/n"),
            (["run", "--shard", "3/2"], "part i/n, as 3/16"),
            (
                ["run", "--due", "--shard", "1/2", "--report", folder.path("r").string],
                "without records, --due, --resume, --sample"
            ),
            (["run", "--shard", "1/2", "--report", there], "--report"),
            (["report", "--csv", "--form", "sao-luu"] + days, "one of them alone"),
            (["report", "--form", "khac"] + days, "--form khac: kiem-tra | sao-luu"),
        ]
        for (arguments, text) in wrong {
            let run = try luutru(["audit"] + arguments)
            #expect(run.status == 64 && run.errors.contains(text), "\(arguments): \(run.errors)")
        }
        #expect(try Data(contentsOf: URL(filePath: there)) == Data("x".utf8))
    }

    @Test(arguments: ["pwrite64", "fsync", "openat", "write"])
    func `an audit that is killed is gone on with`(call: String) throws {
        guard Program.isInstalled("strace") else { return print("not run: strace absent") }
        // Copies of one archive may not share a store: the one that knows less would be refused.
        try run("store", "retire", "hai", "--reason", "thử")
        var kills = 0
        for number in stride(from: 1, to: 400, by: call == "openat" ? 161 : 97) {
            let copy = folder.path("kho-\(call)-\(number)").string
            try FileManager.default.copyItem(atPath: kho, toPath: copy)
            let killed = try Program.start(
                "/usr/bin/strace",
                [
                    "-f", "-qq", "-o", folder.path("trace").string, "-e", "trace=" + call, "-e",
                    "inject=\(call):signal=KILL:when=\(number)", Program.path, "audit", "run",
                    "--archive", copy,
                ])
            let next = try Program.run(["audit", "run", "--resume", "--json", "--archive", copy])
            #expect(next.status == 0, "\(call) \(number): \(next.output) \(next.errors)")
            #expect(payload(next)["complete"] as? Bool == true)
            let check = try Program.run(["catalog", "check", "--archive", copy])
            #expect(check.status == 0, "\(call) \(number): \(check.output)")
            try FileManager.default.removeItem(atPath: copy)
            if killed.status == 0 { break }
            kills += 1
        }
        #expect(kills > 0)
    }
}
