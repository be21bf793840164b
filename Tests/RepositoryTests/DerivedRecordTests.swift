import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Records derived from archives, under our own walk and the checkers of others.
@Suite(.serialized) struct DerivedRecordTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive(withTrialAuthority: true)
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func fill(_ count: Int) throws -> [ObjectIdentifier] {
        try (1...count).map { number in
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
            let found = try Archive.package(
                dossier, into: root, in: Self.world(20 * Int64(number)))
            guard case .packaged(let packaged) = found.result else {
                throw ArchiveFailure(.usage, subject: "\(found.findings)")
            }
            return packaged.object
        }
    }

    /// Exports every dossier into a folder of its own; gives its files by ending.
    private func export(
        _ objects: [ObjectIdentifier], at minutes: Int64 = 900
    ) throws -> [[String: String]] {
        try objects.enumerated().map { number, object in
            let target = folder.path("giao-\(minutes)-\(number)")
            try FileManager.default.createDirectory(
                atPath: target.string, withIntermediateDirectories: true)
            let export = try Archive.open(
                root, in: Self.world(minutes + Int64(number)), for: .writing
            )
            .exportEvidence(object.text, into: target)
            #expect(export.waiting.isEmpty)
            return Dictionary(
                uniqueKeysWithValues: export.paths.map {
                    (String($0.split(separator: ".").last ?? ""), $0)
                })
        }
    }

    private func verify(
        _ files: [String: String], _ endings: [String], isWhole: Bool = false
    ) throws -> EvidenceAnswer {
        try EvidenceVerification(archive: root, in: Self.world(2000)).verify(
            EvidenceVerification.Question(
                record: FilePath(files["er"] ?? ""),
                data: endings.map { FilePath(files[$0] ?? "") }, roots: [], instant: nil,
                isWhole: isWhole))
    }

    @Test(.timeLimit(.minutes(5)), arguments: [1, 2, 3, 7])
    func `records of real archives prove the group and the sums alone, for others too`(
        count: Int
    ) throws {
        let exports = try export(fill(count))
        let group = ["tar", "segments", "sums", "p7s"]
        for files in exports {
            for (endings, isWhole) in [(group, true), (["sums"], false), (["p7s", "tar"], false)] {
                let answer = try verify(files, endings, isWhole: isWhole)
                #expect(answer.status == .done, "\(answer.findings)")
                #expect(!answer.isIndependent && answer.provedSince != nil)
            }
            #expect(try verify(files, ["sums"], isWhole: true).status == .findings)
            #expect(try verify(files, ["sums", "er"]).status == .findings)
        }
        try askOthers(exports, group)
    }

    private func askOthers(_ exports: [[String: String]], _ group: [String]) throws {
        let shared = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared")
        let oracle = shared.appending(path: "fixtures/tools/ers_oracle.py").path
        let hasOracle =
            FileManager.default.fileExists(atPath: oracle)
            && run(["/usr/bin/python3", "-c", "import asn1crypto"]).status == 0
        if !hasOracle { print("not run: asn1crypto or the oracle absent") }
        for files in exports where hasOracle {
            let words =
                ["/usr/bin/python3", oracle, files["er"] ?? ""] + group.compactMap { files[$0] }
            let answer = run(words)
            #expect(answer.status == 0, "\(answer.output)")
        }
        try askJava(exports, group, shared)
    }

    private func askJava(
        _ exports: [[String: String]], _ group: [String], _ shared: URL
    ) throws {
        let jars = ["bcpkix", "bcprov", "bcutil"].map { "/usr/share/java/\($0).jar" }
        let source = shared.appending(path: "peers/ErsPeer.java").path
        guard (jars + [source]).allSatisfy({ FileManager.default.fileExists(atPath: $0) }) else {
            return print("not run: Bouncy Castle or its peer absent")
        }
        let classes = folder.path("lop").string
        let path = (jars + [classes]).joined(separator: ":")
        let isMade = FileManager.default.fileExists(atPath: classes)
        guard isMade || run(["javac", "-cp", path, "-d", classes, source]).status == 0 else {
            return print("not run: no Java compiler")
        }
        for files in exports {
            let data = group.compactMap { files[$0] }.joined(separator: "+")
            let answer = run(
                [
                    "java", "-cp", path, "ErsPeer", "verify", files["er"] ?? "",
                    files["pem"] ?? "", data,
                ], ["AT": String(TestWorld.start.seconds + 60_000)])
            let isRight = answer.output.contains("PASS") && answer.output.contains("bc=OK")
            #expect(answer.status == 0 && isRight, "\(answer.output)")
        }
    }

    private func run(
        _ words: [String], _ environment: [String: String] = [:]
    ) -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        guard (try? process.run()) != nil else { return (127, "") }
        let output = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(.timeLimit(.minutes(5)), arguments: [1, 2, 3, 7])
    func `records after every kind of renewal are accepted by others too`(count: Int) throws {
        let objects = try fill(count)
        _ = try writing(190).stamp()
        let time = RenewalRequest(isForced: true)
        let tree = RenewalRequest(isForced: true, isHashTree: true)
        let group = ["tar", "segments", "sums", "p7s"]
        for (number, requests) in [[time], [time, time], [tree], [time, tree]].enumerated() {
            let stage = 200 + 100 * Int64(number)
            for (step, request) in requests.enumerated() {
                let made = try writing(stage + Int64(step)).renewEvidence(
                    request, progress: { _ in })
                #expect(made.map(\.isDone) == [true], "\(made)")
            }
            let exports = try export(objects, at: stage + 50)
            for files in exports {
                let whole = try verify(files, group, isWhole: true)
                #expect(whole.status == .done, "\(stage): \(whole.findings)")
                let sums = try verify(files, ["sums"])
                #expect(sums.status == .done, "\(stage): \(sums.findings)")
            }
            // Every place in the tree is walked above; others are asked about its two ends.
            try askOthers(Set([0, count - 1]).sorted().map { exports[$0] }, group)
        }
        let chains = try writing(700).evidenceRecord(of: objects[0], version: 1)?.chains
        #expect(chains?.map(\.stamps.count) == [4, 2, 1])
    }

    @Test func `one token renews every batch, and the records of others' checkers grow by it`()
        throws
    {
        var objects = try fill(2)
        _ = try writing(60).stamp()
        let dossier = try folder.makeDossier("ho-so-9", notation: "9.CĐS")
        let found = try Archive.package(dossier, into: root, in: Self.world(90))
        guard case .packaged(let packaged) = found.result else { return }
        objects.append(packaged.object)
        _ = try writing(100).stamp()
        let late: Int64 = 9 * 366 * 24 * 60 + 300 * 24 * 60
        #expect(
            try writing(110).renewEvidence(RenewalRequest(), progress: { _ in })[0].renewal == nil)
        #expect(
            try writing(120).renewEvidence(
                RenewalRequest(isDryRun: true, isForced: true), progress: { _ in })[0].renewal
                == nil)
        let first = try writing(130).renewEvidence(
            RenewalRequest(isForced: true), progress: { _ in })[0]
        #expect(first.renewal == 1 && first.batches == 2, "\(first.findings)")
        #expect(
            try writing(140).renewEvidence(RenewalRequest(isForced: true), progress: { _ in })[0]
                .renewal == 2)
        #expect(try reading(late).batchStandings().map(\.isOverdue) == [true, true])
        #expect(try writing(150).evidenceRecord(of: objects[2], version: 1)?.stamps.count == 3)
        let audit = try Archive.open(root, in: Self.world(160), for: .auditing)
            .audit([], progress: { _ in }).findings
        #expect(audit.isEmpty, "\(audit)")
        #expect(try Archive.checkCatalog(root, in: Self.world(170)).isEmpty)
        let exports = try export(objects)
        for files in exports {
            let answer = try verify(files, ["tar", "segments", "sums", "p7s"], isWhole: true)
            #expect(answer.status == .done && answer.stamps.count == 3, "\(answer.findings)")
        }
        try askOthers(exports, ["tar", "segments", "sums", "p7s"])
    }

    @Test func `a renewal that breaks off is there or not, at every call`() throws {
        _ = try fill(1)
        _ = try writing(60).stamp()
        var number = 1
        while true {
            let copy = folder.path("ban-sao")
            try FileManager.default.copyItem(atPath: root.string, toPath: copy.string)
            defer { try? FileManager.default.removeItem(atPath: copy.string) }
            let volume = FaultyVolume(failingAt: number, .death)
            let world = TestWorld.make(
                volume, seed: 70, from: Instant(seconds: TestWorld.start.seconds + 4200))
            do {
                _ = try Archive.open(copy, in: world, for: .writing)
                    .renewEvidence(RenewalRequest(isForced: true), progress: { _ in })[0]
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            let archive = try Archive.open(copy, in: Self.world(120), for: .auditing)
            let findings = try archive.audit([], progress: { _ in }).findings
            #expect(findings.isEmpty, "call \(number): \(findings)")
            if volume.count < number { break }
            number += 1
        }
        #expect(number > 30)
    }

    private func writing(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .writing)
    }

    private func reading(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .reading)
    }

    @Test func `a whole export takes the batches along, and an import has them again`() throws {
        let objects = try fill(3)
        _ = try Archive.open(root, in: Self.world(100), for: .writing).stamp()
        let target = folder.path("xuat")
        let request = ExportRequest(scope: .everything, form: .ocfl, target: target)
        let report = try Archive.open(root, in: Self.world(110), for: .reading)
            .export(request, progress: { _ in })
        #expect(report.findings.isEmpty, "\(report.findings)")
        let other = try TestFolder()
        let fresh = try other.makeArchive(in: Self.world(200))
        let imported = try Archive.importing(
            ImportRequest(source: target, trust: []), into: fresh, in: Self.world(210),
            progress: { _ in })
        #expect(imported.isDone, "\(imported.findings)")
        let archive = try Archive.open(fresh, in: Self.world(300), for: .auditing)
        let found = try archive.audit([], progress: { _ in }).findings
        #expect(found.isEmpty, "\(found)")
        #expect(try archive.evidenceRecord(of: objects[1], version: 1) != nil)
    }

    @Test(arguments: ["leaves", "profile", "README.txt", "stamps/0001.tst"])
    func `a changed, missing or strange file of a batch is found`(name: String) throws {
        _ = try fill(2)
        _ = try Archive.open(root, in: Self.world(100), for: .writing).stamp()
        let batch = root.string + "/stores/chinh/evidence/000001"
        let file = batch + "/" + name
        let bytes = try Data(contentsOf: URL(filePath: file))
        func codes(_ minutes: Int64) throws -> [FindingCode] {
            try Archive.open(root, in: Self.world(minutes), for: .auditing)
                .audit([], progress: { _ in }).findings.map(\.code)
        }
        var changed = bytes
        changed[changed.count / 2] ^= 1
        try changed.write(to: URL(filePath: file))
        #expect(try codes(200) == [.batchDamaged])
        try FileManager.default.removeItem(atPath: file)
        #expect(try codes(210) == [.batchDamaged])
        try bytes.write(to: URL(filePath: file))
        try Data().write(to: URL(filePath: batch + "/la.txt"))
        #expect(try codes(220) == [.storeExtraFile])
        try FileManager.default.removeItem(atPath: batch)
        #expect(try codes(230) == [.batchMissing])
    }
}
