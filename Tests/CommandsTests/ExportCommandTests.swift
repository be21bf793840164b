import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

/// `export`, `verify DIR` and `import` as people type them, judged by GNU tools.
@Suite struct ExportCommandTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = folder.url.path + "/kho"
        #expect(try Program.run(Self.initialise(kho)).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: Program.examples.path)
        let examples = names.filter { $0.hasPrefix("01-") || $0.hasPrefix("03-") }.sorted()
        let paths = examples.map { Program.examples.appending(path: $0).path }
        #expect(try luutru(["package"] + paths).status == 0)
    }

    private static func initialise(_ path: String) -> [String] {
        [
            "init", path, "--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12",
            "--fonds-code", "H61.12", "--fonds-name", "Phông UBND",
        ]
    }

    private func luutru(_ arguments: [String], archive: String? = nil) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": archive ?? kho])
    }

    private func place(_ name: String) -> String { folder.url.path + "/" + name }

    private func checkSums(_ name: String) throws -> Program.Run {
        try Program.start(
            "/usr/bin/sha512sum", ["-c", "--quiet", "--strict", "manifest-sha512.txt"],
            in: URL(filePath: place(name)))
    }

    @Test(arguments: ["ocfl", "folders", "zip"])
    func `a stranger's sha512sum accepts an export, and names what was changed`(form: String)
        throws
    {
        let run = try luutru(["export", "--all", "-o", place("ra"), "--form", form, "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let payload = try #require(run.json.first?["payload"] as? [String: Any])
        #expect(payload["dossiers"] as? Int == 2)
        let sum = try Program.start(
            "/usr/bin/sha512sum", ["manifest-sha512.txt"], in: URL(filePath: place("ra")))
        #expect(try sum.output.hasPrefix(#require(payload["manifest"] as? String)))
        #expect(try checkSums("ra").status == 0)
        #expect(try Program.run(["verify", place("ra")]).status == 0)
        let names = try FileManager.default.subpathsOfDirectory(atPath: place("ra"))
        let endings = [
            "README.txt", ".sums", ".p7s", ".segments", "seal-0001.crt", "entries.jsonl",
            "inventory.json", ".tar", ".zip", "METS.xml", ".pdf",
        ]
        for name in endings.compactMap({ ending in names.first { $0.hasSuffix(ending) } }) {
            let url = URL(filePath: place("ra") + "/" + name)
            let good = try Data(contentsOf: url)
            var bad = good
            bad[bad.count / 2] ^= 4
            try bad.write(to: url)
            let sums = try checkSums("ra")
            #expect(sums.status == 1 && sums.output.contains(name), "\(name)")
            let verified = try Program.run(["verify", place("ra")])
            #expect(verified.status == 1 && verified.output.contains(name), "\(name)")
            try good.write(to: url)
        }
        #expect(try Program.run(["verify", place("ra")]).status == 0)
    }

    @Test func `a seal in a folder is checked with openssl and plain sums`() throws {
        #expect(
            try luutru(["export", "--all", "-o", place("ra"), "--form", "folders"]).status == 0)
        let dossiers = URL(filePath: place("ra") + "/dossiers")
        for name in try FileManager.default.contentsOfDirectory(atPath: dossiers.path) {
            let place = dossiers.appending(path: name)
            let script = """
                s=$(ls *.v1.sums) && openssl cms -verify -binary -cades -inform DER -in $s.p7s \
                -content $s -CAfile ../../policy/seal-0001.crt -purpose any -out /dev/null &&
                sha512sum -c --ignore-missing --strict $s
                """
            let run = try Program.start("/bin/bash", ["-c", script], in: place)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("METS.xml: OK"))
        }
    }

    @Test func `a seal is checked by hand after its certificate has ended, as the texts say`()
        throws
    {
        guard Program.isInstalled("faketime") else { return print("not run: faketime absent") }
        #expect(
            try luutru(["export", "--all", "-o", place("ra"), "--form", "folders"]).status == 0)
        let text = try String(contentsOfFile: place("ra") + "/README.txt", encoding: .utf8)
        #expect(text.contains("-attime $(date -d '<signingTime>' +%s)"))
        let dossiers = URL(filePath: place("ra") + "/dossiers")
        for name in try FileManager.default.contentsOfDirectory(atPath: dossiers.path) {
            // The hour in the seal, and the one that the page in the package gives.
            let script = """
                s=$(ls *.v1.sums)
                check() {
                    openssl cms -verify -binary -cades -inform DER -in $s.p7s -content $s \
                    -CAfile ../../policy/seal-0001.crt -purpose any -out /dev/null "$@"
                }
                told=$(openssl cms -cmsout -print -noout -inform DER -in $s.p7s |
                    grep -A2 signingTime | sed -n 's/.*TIME://p')
                page=$(grep -o 'attime [0-9]*' urn_uuid_*/documentation/README.txt |
                    head -n 1 | cut -d' ' -f2)
                ! check && check -attime $(date -d "$told" +%s) && check -attime $page &&
                    check -no_check_time
                """
            let run = try Program.start(
                "/usr/bin/faketime", ["-f", "@2060-01-01 00:00:00", "/bin/bash", "-c", script],
                in: dossiers.appending(path: name))
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    @Test func `the exit door opens both ways`() throws {
        #expect(try luutru(["export", "--all", "-o", place("ra")]).status == 0)
        let moi = place("moi")
        #expect(try Program.run(Self.initialise(moi)).status == 0)
        let imported = try luutru(["import", place("ra"), "--json"], archive: moi)
        #expect(imported.status == 0, "\(imported.output)")
        #expect(try luutru(["catalog", "check"], archive: moi).status == 0)
        #expect(try luutru(["audit", "run"], archive: moi).status == 0)
        #expect(try luutru(["export", "--all", "-o", place("ra-2")], archive: moi).status == 0)
        let diff = try Program.start("/usr/bin/diff", ["-rq", place("ra"), place("ra-2")])
        let lines = diff.output.split(separator: "\n")
        // The card, the manifest, two lines of the ledger, its checkpoint, and the public halves of two new keys.
        #expect(lines.count == 6, "\(diff.output)")
        #expect(!diff.output.contains("/ocfl/"))
        let listed = try luutru(["list"]).output
        #expect(try luutru(["list"], archive: moi).output == listed)
        #expect(try luutru(["import", place("ra")], archive: moi).status == 64)
    }

    @Test func `statuses of export and import are those of the page`() throws {
        let ra = place("ra")
        #expect(try luutru(["export", "-o", ra]).status == 64)
        #expect(try luutru(["export", "--all", "--fonds", "H61.12", "-o", ra]).status == 64)
        #expect(try luutru(["export", "không-có", "-o", ra]).status == 64)
        #expect(try luutru(["export", "--ids", "@\(place("none"))", "-o", ra]).status == 64)
        #expect(try luutru(["export", "--all", "-o", ra], archive: place("x")).status == 10)
        #expect(try luutru(["import", ra]).status == 64)
        try folder.write("\nH61.12.2023.04.XD\r\n\n", to: "danh-sach.txt")
        let run = try luutru(["export", "--ids", "@\(place("danh-sach.txt"))", "-o", ra, "--json"])
        #expect(run.status == 0)
        let payload = try #require(run.json.first?["payload"] as? [String: Any])
        #expect(payload["dossiers"] as? Int == 1)
        #expect(try luutru(["export", "--all", "-o", ra]).status == 64)
        #expect(try luutru(["audit", "run", "--ids", "H61.12.2023.04.XD"]).status == 0)
        let moi = place("moi")
        #expect(try Program.run(Self.initialise(moi)).status == 0)
        let own = ["import", ra, "--trust", moi + "/keys/seal.crt"]
        #expect(try luutru(own, archive: moi).status == 5)
        let tars = try FileManager.default.subpathsOfDirectory(atPath: ra).filter {
            $0.hasSuffix(".tar")
        }
        let tar = URL(filePath: ra + "/" + tars[0])
        try Data(contentsOf: tar).dropLast(512).write(to: tar)
        #expect(try luutru(["import", ra], archive: moi).status == 1)
        #expect(try Program.run(["verify", ra]).status == 1)
    }

    @Test func `every JSON line of export and import is documented`() throws {
        let documented = try String(
            contentsOf: Program.root.appending(path: "docs/json.md"), encoding: .utf8)
        let moi = place("moi")
        #expect(try Program.run(Self.initialise(moi)).status == 0)
        let runs = try [
            luutru(["export", "--all", "-o", place("ra"), "--json"]),
            luutru(["import", place("ra"), "--json"], archive: moi),
        ]
        for object in runs.flatMap(\.json) {
            let kind = try #require(object["kind"] as? String)
            let row = try #require(
                documented.split(separator: "\n").first { $0.hasPrefix("| `\(kind)` |") }, "\(kind)"
            )
            let payload = try #require(object["payload"] as? [String: Any])
            for key in payload.keys { #expect(row.contains("`\(key)`"), "\(kind).\(key)") }
        }
    }

    @Test func `names in NFC and NFD, of 255 bytes and with blanks go out as they came in`() throws
    {
        let long = String(repeating: "ế", count: 83) + "aa.txt"
        try #require(long.utf8.count == 255)
        let names = ["A\u{309}nh.txt", "Quyết.txt", "Kê\u{301}.txt", "hai  cách.txt", long]
        let made = try folder.makeDossier("la", notation: "66.CĐS", documents: 1)
        var rows = [
            "file,typeName,codeNumber,codeNotation,issuedDate,organName,subject,language,numberOfPage,mode"
        ]
        try FileManager.default.removeItem(atPath: made.appending("Văn bản 1.txt").string)
        for (index, name) in names.enumerated() {
            try Data("Nội dung \(index)\n".utf8).write(
                to: URL(filePath: made.string + "/" + name))
            rows.append(
                "\(name),02,\(index + 1),QĐ-UBND,01/03/2024,UBND,Quyết định \(index),01,1,01")
        }
        try folder.write(rows.joined(separator: "\r\n") + "\r\n", to: "la/documents.csv")
        let packaged = try luutru(["package", made.string])
        #expect(packaged.status == 0, "\(packaged.output)")
        let run = try luutru(
            ["export", "H61.12.2024.66.CĐS", "-o", place("ra"), "--form", "folders"])
        #expect(run.status == 0, "\(run.errors)\(run.output)")
        #expect(try checkSums("ra").status == 0)
        #expect(try Program.run(["verify", place("ra")]).status == 0)
        let data = try #require(
            FileManager.default.subpathsOfDirectory(atPath: place("ra")).first {
                $0.hasSuffix("/rep1/data")
            })
        let left = try Program.start(
            "/usr/bin/diff",
            [
                "-r", made.string, place("ra") + "/" + data, "-x", "dossier.yaml", "-x",
                "documents.csv",
            ])
        #expect(left.status == 0, "\(left.output)")
    }

    @Test func `what a stranger's ledger says is shown without its terminal escapes`() throws {
        #expect(try luutru(["export", "--all", "-o", place("ra")]).status == 0)
        try ForgedExport(place("ra")).forge(act: "package") {
            $0["agent"] = "\u{1B}]0;x\u{7}\u{1B}[31mkẻ lạ\u{9B}2J"
        }
        let fresh = place("moi")
        #expect(try Program.run(Self.initialise(fresh)).status == 0)
        // Only the count of bytes on the card no longer fits.
        #expect(try luutru(["import", place("ra")], archive: fresh).status == 1)
        let code = "H61.12.2024.01.CĐS"
        for arguments in [["show", code], ["show", code, "--history"], ["link", "show", code]] {
            let run = try luutru(arguments, archive: fresh)
            #expect(run.status == 0, "\(arguments) \(run.errors)")
            let controls = (run.output + run.errors).unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n"
            }
            #expect(controls.isEmpty, "\(arguments)")
        }
        #expect(try luutru(["show", code], archive: fresh).output.contains("kẻ lạ"))
    }

    @Test func `an export goes into a folder, and a finding aid into a file, that have names`()
        throws
    {
        #expect(try luutru(["export", "--all", "-o", ""]).status == 64)
        for output in ["-", ""] {
            let arguments = ["fonds", "report", "H61.12", "--form", "csv", "-o", output]
            #expect(try luutru(arguments).status == 64, "\(output)")
        }
    }
}
