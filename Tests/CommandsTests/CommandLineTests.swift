import Foundation
import Rehearsal
import Testing

@Suite struct CommandLineTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = folder.url.path + "/kho"
        #expect(try Program.run(Self.initialise(kho)).status == 0)
    }

    private static func initialise(_ path: String, _ more: [String] = []) -> [String] {
        [
            "init", path, "--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12",
            "--fonds-code",
            "H61.12", "--fonds-name", "Phông UBND",
        ] + more
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func example(_ number: Int) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: Program.examples.path)
        let name = try #require(names.first { $0.hasPrefix("0\(number)-") })
        return Program.examples.appending(path: name).path
    }

    @Test(arguments: [
        [], ["init"], ["package"], ["verify"], ["search"], ["show"], ["get"], ["audit"],
        ["audit", "run"],
        ["catalog"], ["catalog", "rebuild"], ["catalog", "check"], ["status"], ["list"],
        ["fonds"], ["fonds", "add"], ["fonds", "list"], ["fonds", "show"], ["fonds", "amend"],
        ["fonds", "close"], ["fonds", "succeed"], ["fonds", "report"], ["inventory"],
        ["inventory", "add"], ["inventory", "list"], ["inventory", "show"], ["inventory", "amend"],
        ["accession"], ["accession", "add"], ["accession", "list"], ["accession", "show"], ["move"],
        ["export"], ["import"], ["amend"], ["diff"], ["accession", "amend"], ["link"],
        ["link", "add"], ["link", "remove"], ["link", "show"], ["link", "check"],
    ])
    func `help tells the exit statuses`(command: [String]) throws {
        let run = try Program.run(command + ["--help"])
        #expect(run.status == 0)
        #expect(run.output.contains("64 sai cách dùng · usage"))
    }

    @Test func `the frozen exit statuses come as documented`() throws {
        #expect(try luutru("package", example(1), example(4)).status == 1)
        #expect(try luutru("status").status == 0)
        #expect(try Program.run(["status"]).status == 10)
        #expect(try Program.run(["status", "--archive", folder.url.path]).status == 10)
        #expect(try luutru("show", "không-có").status == 64)
        #expect(try luutru("nonsense").status == 64)
        #expect(try luutru("list", "--fonds", "H61.13").status == 64)
        #expect(try luutru("list", "--fonds", "H61.13").errors.contains("≈ H61.12"))
        #expect(try luutru("audit", "run", "--ids", "").status == 64)
        #expect(try luutru("audit", "run", "--ids", " , ").status == 64)
        #expect(try luutru("get", "không-có", "-o", "-").status == 64)
        #expect(try luutru("verify", "/none/x.tar").status == 64)
        #expect(try Program.run(Self.initialise(kho)).status == 64)
        #expect(try luutru("package", example(1)).status == 1)
        #expect(try luutru("package", folder.url.path + "/none").status == 1)
    }

    @Test func `every JSON line has version, kind and payload of a documented kind`() throws {
        let documented = try String(
            contentsOf: Program.root.appending(path: "docs/json.md"), encoding: .utf8)
        let runs = try [
            luutru("package", "--json", example(1), example(4)),
            luutru("package", "--dry-run", "--json", example(2)),
            luutru("search", "--json", "ke", "hoach"),
            luutru("show", "--json", "H61.12.2024.01.CĐS"),
            luutru("verify", "--json", "H61.12.2024.01.CĐS"), luutru("audit", "run", "--json"),
            luutru("catalog", "check", "--json"), luutru("catalog", "rebuild", "--json"),
            luutru("status", "--json"), luutru("list", "--json"), luutru("show", "--json", "x"),
            luutru("get", "--json", "H61.12.2024.01.CĐS", "1", "-o", folder.url.path + "/1.pdf"),
        ]
        for run in runs {
            let lines = run.output.split(separator: "\n")
            #expect(!lines.isEmpty)
            #expect(run.json.count == lines.count, "\(run.output)")
            for object in run.json {
                #expect(object["version"] as? Int == 1)
                let kind = try #require(object["kind"] as? String)
                #expect(documented.contains("| `\(kind)` |"), "\(kind)")
                let payload = try #require(object["payload"] as? [String: Any])
                for key in payload.keys {
                    #expect(documented.contains("`\(key)`"), "\(kind).\(key)")
                }
            }
        }
    }

    @Test func `a copied bundle is untrusted until its certificate is given`() throws {
        #expect(try luutru("package", example(1)).status == 0)
        let tars = try FileManager.default.subpathsOfDirectory(atPath: kho).filter {
            $0.hasSuffix(".tar")
        }
        let stored = URL(filePath: kho + "/" + tars[0])
        #expect(try Program.run(["verify", stored.path]).status == 0)
        let copies = folder.url.appending(path: "copies")
        try FileManager.default.copyItem(at: stored.deletingLastPathComponent(), to: copies)
        let copy = copies.appending(path: stored.lastPathComponent).path
        let untrusted = try Program.run(["verify", "--json", copy])
        #expect(untrusted.status == 5)
        let payload = untrusted.json.first?["payload"] as? [String: Any]
        #expect(payload?["verdict"] as? String == "untrusted")
        #expect((payload?["fingerprint"] as? String)?.count == 64)
        #expect(try Program.run(["verify", "--trust", kho + "/keys/seal.crt", copy]).status == 0)
        try FileManager.default.removeItem(
            atPath: copies.path + "/" + stored.deletingPathExtension().lastPathComponent
                + ".sums.p7s")
        #expect(try Program.run(["verify", "--trust", kho + "/keys/seal.crt", copy]).status == 5)
        var bytes = try Data(contentsOf: URL(filePath: copy))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: copy))
        #expect(try Program.run(["verify", copy]).status == 1)
    }

    @Test func `a document goes to standard output alone`() throws {
        #expect(try luutru("package", example(3)).status == 0)
        let list = try luutru("show", "--json", "H61.12.2023.04.XD")
        let payload = try #require(list.json.first?["payload"] as? [String: Any])
        let documents = try #require(payload["documents"] as? [[String: Any]])
        for (index, document) in documents.enumerated() {
            let target = folder.url.path + "/\(index)"
            let name = try #require(document["name"] as? String)
            #expect(
                try luutru("get", "H61.12.2023.04.XD", "\(index + 1)", "-o", target).status == 0)
            let original = try Data(contentsOf: URL(filePath: try example(3) + "/" + name))
            #expect(try Data(contentsOf: URL(filePath: target)) == original)
            #expect(
                try luutru("get", "H61.12.2023.04.XD", "\(index + 1)", "-o", target).status == 64)
            let piped = try luutru("get", "H61.12.2023.04.XD", "\(index + 1)", "-o", "-")
            #expect(piped.status == 0)
            #expect(piped.output.utf8.count >= original.count / 2)
        }
    }

    @Test func `a passphrase is asked of nobody and needed by package alone`() throws {
        let secret = folder.url.path + "/secret"
        try Data("mật khẩu\n".utf8).write(to: URL(filePath: secret))
        let wrong = folder.url.path + "/wrong"
        try Data("khác\n".utf8).write(to: URL(filePath: wrong))
        let kho = folder.url.path + "/kho-2"
        #expect(try Program.run(Self.initialise(kho, ["--passphrase-file", secret])).status == 0)
        let key = try String(contentsOfFile: kho + "/keys/seal.key", encoding: .utf8)
        #expect(key.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        let package = ["package", try example(1), "--archive", kho]
        #expect(try Program.run(package).status == 12)
        #expect(try Program.run(package + ["--passphrase-file", wrong]).status == 12)
        #expect(try Program.run(package + ["--ask-passphrase"]).status == 12)
        #expect(try Program.run(package + ["--passphrase-file", secret]).status == 0)
        #expect(try Program.run(["audit", "run", "--archive", kho]).status == 0)
    }

    @Test func `language follows the option, then the locale, Vietnamese first`() throws {
        let english = ["LUUTRU_ARCHIVE": kho, "LC_ALL": "en_US.UTF-8"]
        #expect(try Program.run(["status"], environment: english).output.hasPrefix("Archive"))
        #expect(
            try Program.run(["status", "--lang", "vi"], environment: english).output.hasPrefix(
                "Kho"))
        #expect(try luutru("status").output.hasPrefix("Kho"))
        let c = ["LUUTRU_ARCHIVE": kho, "LC_ALL": "C"]
        #expect(try Program.run(["status"], environment: c).output.hasPrefix("Kho"))
    }

    @Test func `a locked archive exits 11 and names the holder`() throws {
        guard Program.isInstalled("flock") else { return print("not run: flock absent") }
        let script = "exec 9<>\"$1/lock\"; flock 9; shift; \"$@\""
        let run = try Program.start(
            "/bin/bash",
            ["-c", script, "bash", kho, Program.path, "audit", "run", "--archive", kho])
        #expect(run.status == 11)
        #expect(run.errors.contains("LT-ARCHIVE-LOCKED"))
    }

    @Test func `the key has the mode of a secret`() throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: kho + "/keys/seal.key")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let folder = try FileManager.default.attributesOfItem(atPath: kho + "/keys")
        #expect(folder[.posixPermissions] as? Int == 0o700)
    }

    @Test(arguments: [
        ["status"], ["list"], ["list", "--json"], ["audit", "run"],
        ["catalog", "check"],
    ])
    func `results that cannot be written are no success`(command: [String]) throws {
        let line =
            "exec '" + Program.path + "' " + command.joined(separator: " ") + " > /dev/full"
        _ = try luutru("package", example(1))
        let run = try Program.start(
            "/bin/sh", ["-c", line], environment: ["LUUTRU_ARCHIVE": kho])
        #expect(run.status == 2)
        #expect(command.contains("--json") || run.errors.contains("LT-OUTPUT-LOST"))
    }

    @Test func `many runs that want one target leave one whole file and say so`() throws {
        #expect(try luutru("package", example(1)).status == 0)
        let target = folder.url.path + "/van-ban"
        let id = try #require(
            (luutru("list", "--json").json.first?["payload"] as? [String: Any])?["id"] as? String)
        let get = "\(Program.path) get \(id) 1 -o \(target) >/dev/null 2>&1; echo $?"
        let run = try Program.start(
            "/bin/sh", ["-c", "seq 12 | xargs -P 12 -I% sh -c '\(get)'"],
            environment: ["LUUTRU_ARCHIVE": kho])
        let statuses = run.output.split(separator: "\n").sorted()
        #expect(statuses.count == 12)
        #expect(statuses.count { $0 == "0" } == 1)
        #expect(statuses.count { $0 == "64" } == 11)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.filter { $0.hasSuffix(".aside") }.isEmpty)
    }

    @Test func `a folder that is not there is not made into a file`() throws {
        #expect(try luutru("package", example(1)).status == 0)
        let id = try #require(
            (luutru("list", "--json").json.first?["payload"] as? [String: Any])?["id"] as? String)
        let target = folder.url.path + "/none/"
        #expect(try luutru("get", id, "1", "-o", target).status == 64)
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/none"))
    }

    @Test func `bytes that are no text are refused, not replaced`() throws {
        #expect(try luutru("package", example(1)).status == 0)
        let line =
            "exec '\(Program.path)' amend H61.12.2024.01.CĐS --reason r --set "
            + "title=$(printf '\\377\\376')"
        let run = try Program.start(
            "/bin/sh", ["-c", line], environment: ["LUUTRU_ARCHIVE": kho])
        #expect(run.status == 64 && run.errors.contains("UTF-8"))
    }

    @Test func `a folder gets every version with its seal, as tar and verify read them`() throws {
        #expect(try luutru("package", example(1)).status == 0)
        let code = "H61.12.2024.01.CĐS"
        for title in ["Một", "Hai"] {
            let set = "title=" + title
            #expect(try luutru("amend", code, "--set", set, "--reason", "Sửa").status == 0)
        }
        let place = folder.url.path + "/nhan"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let run = try luutru("get", code, "-o", place, "--json")
        #expect(run.status == 0 && run.json.count == 12)
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
        let tars = names.filter { $0.hasSuffix(".tar") }.sorted()
        #expect(names.count == 12 && tars.count == 3)
        for tar in tars { #expect(try luutru("verify", place + "/" + tar).status == 0) }
        let shell = "cd '\(place)' && for f in *.tar; do tar -xf $f || exit 9; done; cat */METS.xml"
        let unpacked = try Program.start("/bin/sh", ["-c", shell], environment: [:])
        #expect(unpacked.status == 0 && unpacked.output.contains("EAD_v3.xml"))
        #expect(try luutru("get", code, "-o", place).status == 64)
        let first = folder.url.path + "/mot"
        try FileManager.default.createDirectory(atPath: first, withIntermediateDirectories: true)
        #expect(try luutru("get", code, "--version", "1", "-o", first, "--json").json.count == 4)
        #expect(try luutru("get", code, "2", "-o", first).status == 0)
    }

    @Test func `an evidence record in XML that holds nothing proves nothing`() throws {
        let record = folder.url.path + "/ho-so.xml"
        try """
        <?xml version="1.0"?>
        <r:EvidenceRecord xmlns:r="urn:ietf:params:xml:ns:ers" Version="1.0"/>
        """.write(toFile: record, atomically: false, encoding: .utf8)
        let run = try luutru("evidence", "verify", record, record)
        #expect(run.status == 1 && run.output.contains("ERS_MALFORMED"))
    }
}
