import Bundles
import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// New hash trees over all bundles: what they prove, how they go on, and that nothing of them is half there.
@Suite(.serialized) struct HashTreeRenewalTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive(withTrialAuthority: true)
    }

    /// A table in which SHA-512 ends, a little after the archive began.
    private static let ending = AlgorithmPeriods(
        table: Array(
            """
            digest\tsha512\t-\t2028-01-01\ttest
            digest\tsha384\t-\t-\ttest
            digest\tsha3-512\t-\t2040-01-01\ttest
            key\tecdsa\t256\t-\ttest

            """.utf8))

    private static func world(
        _ minutes: Int64, _ volume: any Volume = DiskVolume(), _ table: AlgorithmPeriods = .current
    ) -> World {
        var world = TestWorld.make(
            volume, seed: UInt64(minutes),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
        world.algorithms = table
        return world
    }

    private func archive(
        _ minutes: Int64, _ purpose: Archive.Purpose = .writing,
        _ table: AlgorithmPeriods = .current
    ) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes, DiskVolume(), table), for: purpose)
    }

    @discardableResult
    private func keep(_ numbers: ClosedRange<Int>) throws -> [ObjectIdentifier] {
        try numbers.map { number in
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
            let found = try Archive.package(
                dossier, into: root, in: Self.world(20 * Int64(number)))
            guard case .packaged(let packaged) = found.result else {
                throw ArchiveFailure(.usage, subject: "\(found.findings)")
            }
            return packaged.object
        }
    }

    private func rehash(_ minutes: Int64) throws -> RenewalOutcome {
        try archive(minutes).renewEvidence(
            RenewalRequest(isForced: true, isHashTree: true), progress: { _ in })[0]
    }

    private func renew(_ minutes: Int64) throws -> [RenewalOutcome] {
        try archive(minutes).renewEvidence(RenewalRequest(isForced: true), progress: { _ in })
    }

    private func audit(_ minutes: Int64) throws -> [FindingCode] {
        try archive(minutes, .auditing).audit([], progress: { _ in }).findings.map(\.code)
    }

    /// The answer to the whole group of a dossier's first version.
    private func verify(
        _ object: ObjectIdentifier, _ minutes: Int64, _ table: AlgorithmPeriods = .current
    ) throws -> EvidenceAnswer {
        let target = folder.path("kiem-\(minutes)")
        try FileManager.default.createDirectory(
            atPath: target.string, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: target.string) }
        let export = try archive(minutes).exportEvidence(object.text, into: target)
        let data = export.paths.filter { !$0.hasSuffix(".er") && !$0.hasSuffix(".pem") }
        return try EvidenceVerification(
            archive: root, in: Self.world(minutes + 1, DiskVolume(), table)
        ).verify(
            EvidenceVerification.Question(
                record: FilePath(export.paths.first { $0.hasSuffix(".er") } ?? ""),
                data: data.map { FilePath($0) }, roots: [], instant: nil, isWhole: true))
    }

    @Test func `all kinds of renewals follow each other, and late batches join them`() throws {
        let early = try keep(1...3)
        _ = try archive(100).stamp()
        #expect(try renew(110).map(\.digest) == ["sha512"])
        let first = try rehash(120)
        #expect(first.digest == "sha3-512" && first.versions == 3, "\(first.findings)")
        #expect(first.findings.map(\.code) == [.stampNotIndependent])
        let late = try keep(7...8)
        _ = try archive(200).stamp()
        #expect(try renew(210).map(\.digest) == ["sha512", "sha3-512"])
        #expect(try renew(220).map(\.batches) == [1, 1])
        // The old batch goes back to SHA-512; the new one has it still and is not read again.
        let second = try rehash(230)
        #expect(second.digest == "sha512" && second.versions == 3 && second.batches == 1)
        #expect(try renew(240).map(\.batches) == [2])
        #expect(try rehash(250).versions == 5)
        let record = try #require(try archive(260).evidenceRecord(of: early[1], version: 1))
        #expect(record.chains.map(\.stamps.count) == [2, 3, 2, 1])
        let other = try #require(try archive(261).evidenceRecord(of: late[0], version: 1))
        #expect(other.chains.map(\.stamps.count) == [4, 1])
        for (number, object) in (early + late).enumerated() {
            let answer = try verify(object, 300 + 10 * Int64(number))
            #expect(answer.status == .done, "\(answer.findings)")
        }
        #expect(try audit(400).isEmpty)
        #expect(try Archive.checkCatalog(root, in: Self.world(410)).isEmpty)
        _ = try Archive.rebuildCatalog(root, in: Self.world(420))
        #expect(try archive(430).evidenceRecord(of: early[1], version: 1)?.der == record.der)
    }

    @Test func `an ending digest asks for it, and the longest-lived one is taken`() throws {
        let objects = try keep(1...2)
        _ = try archive(100).stamp()
        #expect(try archive(110, .reading, Self.ending).batchStandings()[0].renewal == "hash-tree")
        #expect(
            try archive(120, .writing, Self.ending)
                .renewEvidence(RenewalRequest(), progress: { _ in })[0].renewal == nil)
        let month: Int64 = 30 * 24 * 60
        let standing = try archive(10 * month, .reading, Self.ending).batchStandings()[0]
        #expect(standing.isOverdue && standing.reason == "algorithm")
        let outcome = try archive(10 * month, .writing, Self.ending)
            .renewEvidence(RenewalRequest(), progress: { _ in })
        #expect(outcome.map(\.digest) == ["sha384"])
        #expect(
            try archive(10 * month + 9, .reading).evidenceRecord(of: objects[0], version: 1)?
                .chains.map(\.stamps.first?.digest?.method) == [.sha512, .sha384])
        #expect(try verify(objects[0], 10 * month + 10, Self.ending).status == .done)
    }

    @Test func `a bundle that is not as it was stored keeps its old evidence and is named`() throws
    {
        let objects = try keep(1...3)
        _ = try archive(100).stamp()
        let layout = BundleLayout(object: objects[1], version: 1)
        let content = StoreLayout(root: root.appending("stores/chinh")).objects
            .appending(ObjectLocation.folder(of: objects[1])).appending("v1/content")
        let tar = content.appending(layout.tar).string
        let bytes = try Data(contentsOf: URL(filePath: tar))
        var changed = bytes
        changed[changed.count / 2] ^= 1
        try changed.write(to: URL(filePath: tar))
        let outcome = try rehash(110)
        #expect(outcome.versions == 2)
        #expect(
            outcome.findings.map(\.code) == [
                .contentDigestWrong, .versionNotRehashed, .stampNotIndependent,
            ])
        #expect(outcome.findings[1].subject == objects[1].text + "/v1")
        let status = try archive(120, .reading).status()
        #expect(status.lastAuditDamaged == 1 || status.hasLastAuditFailed)
        #expect(
            try archive(121, .reading).evidenceRecord(of: objects[1], version: 1)?.chains.count == 1
        )
        #expect(
            try archive(122, .reading).evidenceRecord(of: objects[2], version: 1)?.chains.count == 2
        )
        try bytes.write(to: URL(filePath: tar))
        #expect(try renew(130).map(\.batches) == [1])
        // Mended, it is taken in by the next one, over the chain that it has.
        #expect(try rehash(140).versions == 3)
        for (number, object) in objects.enumerated() {
            let answer = try verify(object, 200 + 10 * Int64(number))
            #expect(answer.status == .done, "\(number): \(answer.findings)")
        }
        let chains = try archive(250).evidenceRecord(of: objects[1], version: 1)?.chains
        #expect(chains?.map(\.stamps.count) == [1, 1])
        #expect(try audit(300).isEmpty)
    }

    @Test func `an interrupted renewal goes on and reads nothing twice`() throws {
        try keep(1...4)
        _ = try archive(100).stamp()
        let volume = WatchedVolume(ending: ".tar")
        let calm = Self.world(110, volume)
        let world = World(
            volume: volume, now: calm.now, random: calm.random, agent: calm.agent,
            process: calm.process, isInterrupted: { volume.opened >= 3 }, pages: calm.pages)
        #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: world, for: .writing).renewEvidence(
                RenewalRequest(isForced: true, isHashTree: true), progress: { _ in })
        }
        #expect(volume.opened == 3)
        #expect(try audit(120).isEmpty)
        try keep(9...9)
        _ = try archive(250).stamp()
        let second = WatchedVolume(ending: ".tar")
        let outcome = try Archive.open(root, in: Self.world(260, second), for: .writing)
            .renewEvidence(RenewalRequest(), progress: { _ in })
        #expect(outcome[0].versions == 4 && outcome[0].batches == 1)
        #expect(second.opened == 2)
        #expect(try audit(300).isEmpty)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: root.string + "/stores/chinh/incoming")
        #expect(left.isEmpty)
    }

    @Test(arguments: [("\"versions\":1", "\"versions\":2"), ("\"written\":", "\"written\":-")])
    func `what an earlier run says falsely is not gone on with`(old: String, new: String) throws {
        try keep(1...3)
        _ = try archive(100).stamp()
        let volume = WatchedVolume(ending: ".tar")
        let calm = Self.world(110, volume)
        let world = World(
            volume: volume, now: calm.now, random: calm.random, agent: calm.agent,
            process: calm.process, isInterrupted: { volume.opened >= 2 }, pages: calm.pages)
        #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: world, for: .writing).renewEvidence(
                RenewalRequest(isForced: true, isHashTree: true), progress: { _ in })
        }
        let path = root.string + "/stores/chinh/incoming/rehash/progress.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try #require(text.contains(old))
        try text.replacingOccurrences(of: old, with: new)
            .write(toFile: path, atomically: true, encoding: .utf8)
        let first = try? rehash(200)
        #expect(first == nil || first?.versions == 3)
        if first == nil { #expect(try rehash(210).versions == 3) }
        #expect(try audit(300).isEmpty)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `a hash-tree renewal that breaks off is there or not, at every call`(
        fault: FaultyVolume.Fault
    ) throws {
        let objects = try keep(1...1)
        _ = try archive(60).stamp()
        var number = 1
        while true {
            let copy = folder.path("ban-sao")
            try FileManager.default.copyItem(atPath: root.string, toPath: copy.string)
            defer { try? FileManager.default.removeItem(atPath: copy.string) }
            let volume = FaultyVolume(failingAt: number, fault)
            do {
                _ = try Archive.open(copy, in: Self.world(70, volume), for: .writing)
                    .renewEvidence(
                        RenewalRequest(isForced: true, isHashTree: true), progress: { _ in })
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            for path in volume.removals {
                let mayGo =
                    path.string.contains("/incoming/") || path.string.hasSuffix(".aside")
                    || path.string.hasSuffix("/keys/ledger-mark")
                #expect(mayGo, "call \(number): \(path)")
            }
            let again = try Archive.open(copy, in: Self.world(120), for: .auditing)
            let findings = try again.audit([], progress: { _ in }).findings
            #expect(findings.isEmpty, "call \(number): \(findings)")
            var record = try again.evidenceRecord(of: objects[0], version: 1)
            if record?.chains.count == 1 {
                _ = try again.renewEvidence(
                    RenewalRequest(isForced: true, isHashTree: true), progress: { _ in })
                record = try again.evidenceRecord(of: objects[0], version: 1)
            }
            #expect(record?.chains.map(\.stamps.count) == [1, 1], "call \(number)")
            let left = try FileManager.default.contentsOfDirectory(
                atPath: copy.string + "/stores/chinh/incoming")
            #expect(left.isEmpty, "call \(number): \(left)")
            if volume.count < number { break }
            // A full disk is met at every fifth call: what follows is the same as after a death.
            if case .death = fault { number += 1 } else { number += 5 }
        }
        #expect(number > 60, "\(number)")
    }

    @Test(arguments: ["leaves", "files", "profile", "README.txt", "stamps/0001.tst"])
    func `a changed or missing file of a hash-tree renewal is found`(name: String) throws {
        try keep(1...2)
        _ = try archive(100).stamp()
        _ = try rehash(110)
        let file = root.string + "/stores/chinh/evidence/renewal-0001/" + name
        var bytes = try Data(contentsOf: URL(filePath: file))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: file))
        #expect(try audit(200) == [.batchDamaged])
        try FileManager.default.removeItem(atPath: file)
        #expect(try audit(210) == [.batchDamaged])
    }

    @Test func `an export takes hash-tree renewals along, and an import has them again`() throws {
        let objects = try keep(1...2)
        _ = try archive(100).stamp()
        _ = try rehash(110)
        let target = folder.path("xuat")
        let request = ExportRequest(scope: .everything, form: .ocfl, target: target)
        #expect(try archive(120, .reading).export(request, progress: { _ in }).findings.isEmpty)
        let other = try TestFolder()
        let fresh = try other.makeArchive(in: Self.world(200))
        _ = try Archive.importing(
            ImportRequest(source: target, trust: []), into: fresh, in: Self.world(210),
            progress: { _ in })
        let archive = try Archive.open(fresh, in: Self.world(300), for: .auditing)
        #expect(try archive.audit([], progress: { _ in }).findings.isEmpty)
        #expect(try archive.evidenceRecord(of: objects[1], version: 1)?.chains.count == 2)
    }

    @Test func `a stranger recomputes the new root with the script of the folder`() throws {
        try keep(1...3)
        _ = try archive(100).stamp()
        _ = try rehash(110)
        let place = RenewalDraft.place(1, in: root.appending("stores/chinh/evidence"))
        let text = try String(contentsOfFile: place.readMe.string, encoding: .utf8)
        let script = try #require(
            text.components(separatedBy: "---- root.sh ----\n").last?
                .components(separatedBy: "---- end ----").first)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(
            forReadingFrom: URL(filePath: place.leaves.string))
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        #expect(text.contains("\n" + String(decoding: said, as: UTF8.self)))
    }
}
