import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Exports that somebody made to do harm: refused with findings, never taken in, never a crash.
@Suite struct HostileImportTests {
    private let bench: ExportBench
    private let fresh: FilePath

    init() throws {
        bench = try ExportBench()
        try bench.export("ra")
        fresh = try bench.fresh("moi")
    }

    private var out: String { bench.folder.path("ra").string }

    private var forged: ForgedExport { ForgedExport(out) }

    /// Nothing came in, and the fresh archive works as before.
    private func expectUntouched() throws {
        #expect(!FileManager.default.fileExists(atPath: fresh.string + "/import.json"))
        let dossier = try bench.folder.makeDossier("sau", notation: "88.CĐS", documents: 1)
        _ = try Archive.package(dossier, into: fresh, in: ExportBench.world(55))
        try ExportBench.expectSound(fresh, dossiers: 1)
    }

    @Test func `a forged ledger that adopts another certificate than the seals' is refused`() throws
    {
        let other = try bench.fresh("ke-gian", seed: 123)
        let certificate = try Data(contentsOf: URL(filePath: other.string + "/keys/seal.crt"))
        try forged.adopt(Array(certificate), as: "seal-0001.crt")
        let report = try bench.importing("ra", into: fresh)
        #expect(!report.isDone && report.refused.count == 2)
        #expect(report.findings.contains { $0.code == .sealIssuerUnknown })
        try expectUntouched()
    }

    @Test func `a consistent export of a stranger is refused by the certificate of the key sheet`()
        throws
    {
        let own = try bench.fresh("that", seed: 5).appending("keys/seal.crt")
        let report = try bench.importing("ra", into: fresh, trust: [own])
        #expect(!report.isDone && report.isOnlyUntrusted)
        try expectUntouched()
    }

    @Test(arguments: ["parent", "code"])
    func `registers that contradict themselves do not come in`(fault: String) throws {
        let archive = try Archive.open(bench.root, in: ExportBench.world(20), for: .writing)
        for code in ["P1", "P2"] {
            _ = try archive.enter(.fonds, [.code: code, .name: "Phông"])
        }
        try archive.finish()
        try bench.export("hai")
        let out = bench.folder.path("hai").string
        let file = out + "/policy/fonds-0003.json"
        let value = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: file))))
        var members = value.objectValue ?? [:]
        let (key, member) =
            fault == "code" ? ("code", JSONValue.string("p1")) : ("parent", members["id"] ?? .null)
        members[key] = member
        let bytes = Array(JSONValue.object(members).readableText.utf8)
        #expect(RegisterEntry(.fonds, reading: bytes) != nil)
        try ForgedExport(out).adopt(bytes, as: "fonds-0003.json")

        let report = try bench.importing("hai", into: fresh)

        #expect(!report.isDone)
        #expect(
            report.findings.filter { $0.code == .registerContradictory }.map(\.subject)
                == ["policy/fonds-0003.json"])
        try expectUntouched()
    }

    @Test func `a ledger that names one dossier twice is refused before anything is changed`()
        throws
    {
        try forged.forge { $0 + [$0[$0.count - 1]] }
        let report = try bench.importing("ra", into: fresh)
        #expect(!report.isDone)
        #expect(report.findings.contains { $0.code == .exportLedgerWrong })
        try expectUntouched()
    }

    @Test(arguments: [Int64(0), 2, 3])
    func `a dossier that does not begin with its first version is refused`(version: Int64) throws {
        try forged.forge(act: "package") { $0["version"] = .number(version) }
        let report = try bench.verify("ra")
        #expect(report.verdict == .invalid)
        #expect(report.findings.contains { $0.code == .exportLedgerWrong })
        #expect(try !bench.importing("ra", into: fresh).isDone)
        try expectUntouched()
    }

    @Test func `a register's file that says nothing is found, though the ledger adopted it`() throws
    {
        try forged.adopt(Array("{}".utf8), as: "fonds-0001.json")
        let report = try bench.verify("ra")
        #expect(report.verdict == .invalid)
        #expect(
            report.findings.contains {
                $0.code == .policyFileWrong && $0.subject == "policy/fonds-0001.json"
            })
    }

    @Test func `numbers at the end of their range do no harm`() throws {
        for number in [Int64.max, .min, -1] {
            try forged.forge { entries in
                entries.map { entry in
                    var members = entry.objectValue ?? [:]
                    if members["version"] != nil { members["version"] = .number(number) }
                    var facts = members["facts"]?.objectValue ?? [:]
                    for key in facts.keys { facts[key] = .number(number) }
                    if !facts.isEmpty { members["facts"] = .object(facts) }
                    return .object(members)
                }
            }
            try forged.editCard { card in
                card["counts"] = .object(
                    (card["counts"]?.objectValue ?? [:]).mapValues { _ in .number(number) })
            }
            #expect(try bench.verify("ra").verdict == .invalid)
            let copy = try bench.fresh("moi\(number)", seed: 3)
            _ = try? bench.importing("ra", into: copy)
        }
    }

    @Test func `objects of somebody else, put in beside ours, stay outside`() throws {
        let stranger = try ExportBench(dossiers: 1, later: 200)
        try stranger.export("la")
        let from = stranger.folder.path("la/ocfl").string
        for name in try FileManager.default.subpathsOfDirectory(atPath: from).sorted() {
            let target = out + "/ocfl/" + name
            guard !FileManager.default.fileExists(atPath: target) else { continue }
            try FileManager.default.copyItem(atPath: from + "/" + name, toPath: target)
        }
        try #require(try bench.files("ra").keys.count { $0.hasSuffix(".tar") } == 3)
        try forged.rewriteManifest()
        let report = try bench.importing("ra", into: fresh)
        #expect(report.isDone && report.dossiers == 2)
        #expect(report.findings.contains { $0.code == .objectWithoutEntry })
        try ExportBench.expectSound(fresh, dossiers: 2)
    }

    @Test(arguments: [
        "ledger", "policy", "details", "ocfl", ".tar", ".sums", "inventory.json", "v1",
    ])
    func `links in place of files and folders are named and not followed`(name: String) throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: out).sorted()
        if name == "details" {
            try FileManager.default.createDirectory(
                atPath: out + "/details", withIntermediateDirectories: true)
        }
        let victim = out + "/" + (paths.first { $0.hasSuffix(name) } ?? name)
        let elsewhere = bench.folder.path("cho-khac").string
        try FileManager.default.moveItem(atPath: victim, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(
            atPath: victim, withDestinationPath: elsewhere)
        let report = try bench.verify("ra")
        #expect(report.verdict == .invalid)
        _ = try? bench.importing("ra", into: fresh)
        let links = try FileManager.default.subpathsOfDirectory(atPath: fresh.string).filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: fresh.string + "/" + $0))
                != nil
        }
        #expect(links.isEmpty)
    }

    @Test(arguments: [
        "v1/content/../../../../../x", "/etc/passwd", "v1/content/a/b", "v9/content/x",
        "v1/content/..", "v1/content/", "v1/content/a\u{0}b", "v1/inventory.json",
    ])
    func `a path trick in an inventory leads nowhere`(path: String) throws {
        let name = try bench.file("ra/ocfl", ending: "/inventory.json")
        let bytes = Array(try Data(contentsOf: URL(filePath: name)))
        let old = try #require(Inventory(bytes))
        var manifest = old.manifest
        manifest[path] = try #require(manifest.first?.value)
        let changed = Inventory(object: old.object, manifest: manifest, versions: old.versions)
        let digest = Inventory.digest(of: changed.bytes)
        let object = (name as NSString).deletingLastPathComponent
        for folder in [object, object + "/v1"] {
            try Data(changed.bytes).write(to: URL(filePath: folder + "/inventory.json"))
            try Data(Inventory.sidecar(for: digest)).write(
                to: URL(filePath: folder + "/inventory.json.sha512"))
        }
        try forged.forge { entries in
            entries.map { entry in
                guard entry["object"]?.stringValue == old.object.text else { return entry }
                var members = entry.objectValue ?? [:]
                var digests = members["digests"]?.objectValue ?? [:]
                digests["inventory"] = .string("sha512:" + digest.hex)
                members["digests"] = .object(digests)
                return .object(members)
            }
        }
        let report = try bench.importing("ra", into: fresh)
        #expect(report.refused == [old.object])
        var copy = ObjectCopy(
            of: "x", from: FilePath(object), to: bench.folder.path("chep/x"), volume: DiskVolume(),
            copy: FileCopy(
                volume: DiskVolume(), aside: bench.folder.path("chep.aside"),
                buffer: WorkBuffer(count: 4096), progress: { _ in }),
            buffer: WorkBuffer(count: 4096))
        #expect(try !copy.run(expecting: old.object, inventory: nil))
        #expect(copy.findings.map(\.code) == [.inventoryPath])
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path("chep").string))
    }

    @Test func `cards and manifests that are nonsense are findings or failures, never a crash`()
        throws
    {
        let nonsense: [[UInt8]] = [
            [], Array("{}".utf8), Array(repeating: 0x5B, count: 5000), [0xFF, 0xFE, 0x00],
            Array("{\"format\":\"luutru-export 1\"}".utf8), Array(repeating: 0x41, count: 40_000),
            Array("\\\n\\\n".utf8),
        ]
        for name in ["export.json", "manifest-sha512.txt", "ledger/entries.jsonl"] {
            let url = URL(filePath: out + "/" + name)
            let good = try Data(contentsOf: url)
            for bytes in nonsense {
                try Data(bytes).write(to: url)
                #expect(try bench.verify("ra").verdict == .invalid, "\(name)")
                if name != "manifest-sha512.txt" {
                    let report = try? bench.importing("ra", into: fresh)
                    #expect(report?.isDone != true, "\(name)")
                }
            }
            try good.write(to: url)
        }
        try expectUntouched()
    }
}
