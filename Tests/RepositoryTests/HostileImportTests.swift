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

    /// Writes the manifest anew over what the export now holds, as an attacker would.
    private func rewriteManifest() throws {
        let files = try bench.files("ra").filter { $0.key != "manifest-sha512.txt" }
        let lines = files.map { manifestLine($0.key, $0.value) }
            .sorted { $0.path < $1.path }.flatMap(\.bytes)
        try Data(lines).write(to: URL(filePath: out + "/manifest-sha512.txt"))
    }

    private func manifestLine(_ name: String, _ bytes: Data) -> ManifestLine {
        guard let digest = Inventory.digest(of: Array(bytes)) else { preconditionFailure("64") }
        return ManifestLine(path: RelativePath(name), sha512: digest)
    }

    /// Changes entries and makes the chain, the card and the manifest fit again.
    private func forge(_ change: ([JSONValue]) -> [JSONValue]) throws {
        let path = out + "/ledger/entries.jsonl"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let entries = try text.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
        var last = String(repeating: "0", count: 64)
        var lines: [String] = []
        for (number, entry) in change(entries).enumerated() {
            var members = entry.objectValue ?? [:]
            members["prev"] = .string(last)
            members["n"] = .number(Int64(number))
            let line = JSONValue.object(members).canonicalText
            last = PolicyStore.digest(of: Array(line.utf8)).hex
            lines.append(line + "\n")
        }
        try lines.joined().write(toFile: path, atomically: false, encoding: .utf8)
        try editCard { card in
            card["ledger"] = [
                "entries": .number(Int64(lines.count)), "last": .string(last),
                "bytes": .number(Int64(lines.joined().utf8.count)),
            ]
        }
        try rewriteManifest()
    }

    private func editCard(_ change: (inout [String: JSONValue]) -> Void) throws {
        let path = out + "/export.json"
        let value = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))))
        var members = value.objectValue ?? [:]
        change(&members)
        try JSONValue.object(members).readableText.write(
            toFile: path, atomically: false, encoding: .utf8)
    }

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
        let forged = try Data(contentsOf: URL(filePath: other.string + "/keys/seal.crt"))
        try forged.write(to: URL(filePath: out + "/policy/seal-0001.crt"))
        let digest = PolicyStore.digest(of: Array(forged)).hex
        try forge { entries in
            entries.map { entry in
                guard entry["digests"]?["policy/seal-0001.crt"] != nil else { return entry }
                var members = entry.objectValue ?? [:]
                members["digests"] = ["policy/seal-0001.crt": .string("sha256:" + digest)]
                return .object(members)
            }
        }
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

    @Test func `a ledger that names one dossier twice is refused before anything is changed`()
        throws
    {
        try forge { $0 + [$0[$0.count - 1]] }
        let report = try bench.importing("ra", into: fresh)
        #expect(!report.isDone)
        #expect(report.findings.contains { $0.code == .exportLedgerWrong })
        try expectUntouched()
    }

    @Test func `numbers at the end of their range do no harm`() throws {
        for number in [Int64.max, .min, -1] {
            try forge { entries in
                entries.map { entry in
                    var members = entry.objectValue ?? [:]
                    if members["version"] != nil { members["version"] = .number(number) }
                    var facts = members["facts"]?.objectValue ?? [:]
                    for key in facts.keys { facts[key] = .number(number) }
                    if !facts.isEmpty { members["facts"] = .object(facts) }
                    return .object(members)
                }
            }
            try editCard { card in
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
        try rewriteManifest()
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
        let digest = try #require(Inventory.digest(of: changed.bytes))
        let object = (name as NSString).deletingLastPathComponent
        for folder in [object, object + "/v1"] {
            try Data(changed.bytes).write(to: URL(filePath: folder + "/inventory.json"))
            try Data(Inventory.sidecar(for: digest)).write(
                to: URL(filePath: folder + "/inventory.json.sha512"))
        }
        try forge { entries in
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
