import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// What is signed over the ledger shows a ledger that was rolled back, forked or rewritten.
@Suite struct LedgerTreeTests {
    private let bench: ExportBench

    init() throws { bench = try ExportBench(dossiers: 3) }

    private var root: FilePath { bench.root }
    private var store: String { root.string + "/stores/chinh" }

    private func copy(_ from: String, _ to: String) throws {
        if FileManager.default.fileExists(atPath: to) {
            try FileManager.default.removeItem(atPath: to)
        }
        try FileManager.default.copyItem(atPath: from, toPath: to)
    }

    /// Keeps the checkpoint as it is now outside the archive.
    private func keepOutside(_ name: String) throws -> FilePath {
        let outside = bench.folder.path(name)
        try copy(store + "/ledger/checkpoint", outside.string)
        return outside
    }

    private func act(_ minutes: Int64, _ root: FilePath, _ code: String) throws {
        let archive = try Archive.open(root, in: ExportBench.world(minutes), for: .writing)
        _ = try archive.enter(.fonds, [.code: code, .name: "Phông"])
        try archive.finish()
    }

    private func codes(_ checkpoints: [FilePath] = [], in root: FilePath? = nil) throws -> Set<
        FindingCode
    > {
        let archive = try Archive.open(root ?? self.root, in: ExportBench.world(70), for: .reading)
        return Set(try archive.verifyLedger(against: checkpoints).findings.map(\.code))
    }

    /// Documents and bytes of the whole archive as its tree counts them.
    private func held() throws -> [Int64] {
        var held: [Int64] = []
        try Archive.open(root, in: ExportBench.world(73), for: .reading)
            .tree(fonds: nil, asOf: nil) { line in
                if held.isEmpty { held = [line.holding.documents, line.holding.bytes] }
            }
        return held
    }

    private func expectSuspect(_ minutes: Int64) {
        for purpose in [Archive.Purpose.writing, .auditing] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try Archive.open(root, in: ExportBench.world(minutes), for: purpose)
            }
            #expect(failure?.reason == .ledgerSuspect)
        }
    }

    @Test func `every run ends with a checkpoint over all its entries`() throws {
        let archive = try Archive.open(root, in: ExportBench.world(10), for: .reading)
        let report = try archive.verifyLedger(against: [])
        #expect(report.findings.isEmpty && report.signed == report.entries)
        #expect(
            try Data(contentsOf: URL(filePath: store + "/ledger/checkpoint"))
                == Data(contentsOf: URL(filePath: root.string + "/keys/checkpoint")))
        for entry in ["0", "4", "H61.12.2024.02.CĐS"] {
            let proved = try archive.proveEntry(entry)
            let verifier = try #require(NoteVerifier(proved.verifier))
            let proof = try #require(EntryProof(reading: proved.proof))
            #expect(proof.proves(Array(proved.line.utf8), signedBy: verifier))
        }
        for entry in ["-1", String(report.entries), "99999999999999999999"] {
            #expect(throws: ArchiveFailure.self) { try archive.proveEntry(entry) }
        }
    }

    @Test func `a ledger rolled back with everything is found by a checkpoint from outside`() throws
    {
        let before = bench.folder.path("truoc").string
        try copy(root.string, before)
        try act(10, root, "P1")
        let outside = try keepOutside("diem")
        try copy(before, root.string)
        #expect(try codes().isEmpty)
        #expect(try codes([outside]) == [.ledgerShrunk])
        // Gone on with otherwise, it is as long as it was: a fork.
        try act(11, root, "P2")
        #expect(try codes().isEmpty)
        #expect(try codes([outside]) == [.ledgerFork])
        try act(12, root, "P3")
        #expect(try codes([outside]) == [.ledgerInconsistent])
        let archive = try Archive.open(root, in: ExportBench.world(71), for: .reading)
        let report = try archive.proveConsistency(from: outside)
        #expect(report.findings.map(\.code) == [.ledgerInconsistent])
    }

    @Test func `a store rolled back alone signs no fork`() throws {
        let before = bench.folder.path("truoc").string
        try copy(root.string, before)
        try act(10, root, "P1")
        // All but the keys comes from the older disk, catalog too.
        try copy(root.string + "/keys", bench.folder.path("keys").string)
        try copy(before, root.string)
        try copy(bench.folder.path("keys").string, root.string + "/keys")
        expectSuspect(11)
        #expect(try codes().contains(.ledgerShrunk))
    }

    @Test func `entries rewritten with chain and catalog are found`() throws {
        let outside = try keepOutside("diem")
        let path = store + "/ledger/entries.jsonl"
        var last = String(repeating: "0", count: 64)
        var text = ""
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            var members = try JSONValue(parsing: line.utf8).objectValue ?? [:]
            if members["n"]?.numberValue == 2 { members["agent"] = "os:ai-do" }
            members["prev"] = .string(last)
            let new = JSONValue.object(members).canonicalText
            last = PolicyStore.digest(of: Array(new.utf8)).hex
            text += new + "\n"
        }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.removeItem(atPath: root.string + "/catalog.sqlite")
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.rebuildCatalog(root, in: ExportBench.world(20))
        }
        #expect(failure?.reason == .ledgerSuspect)
        // Whoever makes the catalog fit as well is found by the next audit, which signs nothing.
        for name in ["keys/checkpoint", "stores/chinh/ledger/checkpoint"] {
            try FileManager.default.moveItem(
                atPath: root.string + "/" + name, toPath: root.string + "/" + name + ".giu")
        }
        _ = try Archive.rebuildCatalog(root, in: ExportBench.world(21))
        for name in ["keys/checkpoint", "stores/chinh/ledger/checkpoint"] {
            let path = root.string + "/" + name
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".giu", toPath: path)
        }
        #expect(try codes([outside]).contains(.ledgerFork))
        let archive = try Archive.open(root, in: ExportBench.world(22), for: .auditing)
        let report = try archive.audit([], progress: { _ in })
        #expect(
            report.findings.contains { $0.code == .ledgerFork || $0.code == .ledgerInconsistent })
        try archive.finish()
        #expect(try codes([outside]).contains(.ledgerFork))
    }

    @Test func `what an entry says of documents and bytes of a later state is not believed`() throws
    {
        var request = AmendRequest(dossier: "H61.12.2024.01.CĐS", reason: "Sửa")
        request.sets = ["title=Tiêu đề đúng"]
        _ = try Archive.open(root, in: ExportBench.world(10), for: .writing)
            .amend(request, isDryRun: false, passphrase: nil) { _ in }
        let before = try held()
        #expect(before.first == 3)
        var last = String(repeating: "0", count: 64)
        var text = ""
        let path = store + "/ledger/entries.jsonl"
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            var members = try JSONValue(parsing: line.utf8).objectValue ?? [:]
            if members["act"] == "amend", case .object(var facts)? = members["facts"] {
                facts["documents"] = 900
                facts["payload"] = 9_000_000
                members["facts"] = .object(facts)
            }
            members["prev"] = .string(last)
            let new = JSONValue.object(members).canonicalText
            last = PolicyStore.digest(of: Array(new.utf8)).hex
            text += new + "\n"
        }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        for name in ["/catalog.sqlite", "/keys/checkpoint", "/stores/chinh/ledger/checkpoint"] {
            try FileManager.default.removeItem(atPath: root.string + name)
        }

        _ = try Archive.rebuildCatalog(root, in: ExportBench.world(30))

        #expect(try held() == before)
    }

    @Test func `damaged tiles are told by the audit, made again, and no entry is lost`() throws {
        let tile = store + "/ledger/tile"
        for damage in 0..<3 {
            let name = try #require(
                FileManager.default.subpathsOfDirectory(atPath: tile).sorted().first {
                    $0.hasPrefix("entries/000.p/")
                })
            switch damage {
            case 0: try ExportBench.damage(tile + "/" + name)
            case 1: try FileManager.default.removeItem(atPath: tile + "/" + name)
            default: try FileManager.default.removeItem(atPath: tile)
            }
            #expect(try codes() == [.ledgerTreeDamaged])
            let minutes = Int64(10 + damage)
            let archive = try Archive.open(root, in: ExportBench.world(minutes), for: .auditing)
            let findings = try archive.audit([], progress: { _ in }).findings
            #expect(findings.map(\.code) == [.ledgerTreeDamaged], "\(damage)")
            try archive.finish()
            #expect(try codes().isEmpty, "\(damage)")
        }
        // Without an audit the next run makes them again by itself.
        try FileManager.default.removeItem(atPath: tile)
        try act(20, root, "P1")
        #expect(try codes().isEmpty)
    }

    @Test func `a checkpoint that is gone, no note or of another key is told`() throws {
        let path = store + "/ledger/checkpoint"
        let whole = try Data(contentsOf: URL(filePath: path))
        try Data("không phải".utf8).write(to: URL(filePath: path))
        #expect(try codes() == [.checkpointWrong])
        let other = try bench.fresh("khac")
        try copy(other.string + "/stores/chinh/ledger/checkpoint", path)
        #expect(try codes() == [.checkpointWrong])
        #expect(try codes([FilePath(path)]) == [.checkpointWrong])
        var forged = whole
        forged[forged.count - 10] ^= 1
        try forged.write(to: URL(filePath: path))
        #expect(try codes() == [.checkpointWrong])
        try FileManager.default.removeItem(atPath: path)
        #expect(try codes() == [.checkpointMissing])
        // What is signed next is proved consistent with the note kept apart, and mends it.
        try act(10, root, "P1")
        #expect(try codes().isEmpty)
    }

    @Test
    func `a damaged checkpoint of the keys is told by its name, and the ledger is not blamed`()
        throws
    {
        try act(10, root, "P1")
        let kept = root.string + "/keys/checkpoint"
        let whole = try Data(contentsOf: URL(filePath: kept))
        let breaks = whole.indices.filter { whole[$0] == 0x0A }
        // In its size, its root and its signature.
        for place in [breaks[0] + 1, breaks[1] + 5, whole.count - 10] {
            var bytes = whole
            bytes[place] ^= 1
            try bytes.write(to: URL(filePath: kept))
            let reader = try Archive.open(root, in: ExportBench.world(20), for: .reading)
            let status = try reader.status()
            #expect(!status.isLedgerSuspect && status.wrongCheckpoints == ["keys/checkpoint"])
            #expect(try reader.health().wrong.map(\.kind).contains(.checkpointWrong))
            let failure = #expect(throws: ArchiveFailure.self) { try act(21, root, "P2") }
            #expect(failure?.reason == .checkpointDamaged)
            #expect(failure?.subject.hasSuffix("/keys/checkpoint") == true)
        }
        let auditor = try Archive.open(root, in: ExportBench.world(22), for: .auditing)
        let found = try auditor.audit([], progress: { _ in }).findings.map(\.code)
        #expect(found.contains(.checkpointWrong) && !found.contains(.ledgerInconsistent))
    }

    @Test func `once it is moved away the next act signs it anew, as it does the store's`() throws {
        func wrong(_ minutes: Int64) throws -> [String] {
            try Archive.open(root, in: ExportBench.world(minutes), for: .reading).status()
                .wrongCheckpoints
        }
        try FileManager.default.removeItem(atPath: root.string + "/keys/checkpoint")
        try ExportBench.damage(store + "/ledger/checkpoint")
        #expect(try wrong(10) == ["ledger/checkpoint"])
        try act(11, root, "P1")
        #expect(try wrong(12).isEmpty && codes().isEmpty)
    }

    @Test func `an archive from before the tree gets key, tree and checkpoint with its next act`()
        throws
    {
        let old = try bench.fresh("cu")
        let store = old.string + "/stores/chinh"
        for name in ["/keys/ledger.key", "/keys/checkpoint", "/catalog.sqlite"] {
            try FileManager.default.removeItem(atPath: old.string + name)
        }
        for name in ["/ledger/checkpoint", "/ledger/tile", "/policy/ledger-0001.vkey"] {
            try FileManager.default.removeItem(atPath: store + name)
        }
        // Its ledger tells of no key.
        let entries = URL(filePath: store + "/ledger/entries.jsonl")
        let lines = try String(contentsOf: entries, encoding: .utf8).split(separator: "\n")
        let kept = lines.prefix { !$0.contains(".vkey") }.map { $0 + "\n" }.joined()
        try Data(kept.utf8).write(to: entries)
        func told() throws -> [FindingCode] {
            try Archive.open(old, in: ExportBench.world(72), for: .reading)
                .verifyLedger(against: []).findings.map(\.code)
        }
        // Making its catalog is such an act.
        _ = try Archive.rebuildCatalog(old, in: ExportBench.world(5))
        #expect(try told().isEmpty)
        try act(10, old, "P1")
        #expect(try told().isEmpty)
        let policy = try FileManager.default.contentsOfDirectory(atPath: store + "/policy")
        #expect(policy.filter { $0.hasSuffix(".vkey") } == ["ledger-0001.vkey"])
    }

    @Test func `hundreds of entries of one run stand in full tiles`() throws {
        let archive = try Archive.open(root, in: ExportBench.world(10), for: .writing)
        for number in 0..<300 {
            _ = try archive.enter(.fonds, [.code: "P\(number)", .name: "Phông \(number)"])
        }
        try archive.finish()
        #expect(try codes().isEmpty)
        let entries = try FileManager.default.subpathsOfDirectory(
            atPath: store + "/ledger/tile/entries")
        #expect(entries.contains("000"))
        let reader = try Archive.open(root, in: ExportBench.world(72), for: .reading)
        let proof = try #require(EntryProof(reading: reader.proveEntry("4").proof))
        #expect(proof.path.count >= 9)
    }

    @Test func `an export takes the checkpoint along, and one that does not fit is refused`() throws
    {
        try bench.export("ra")
        let path = bench.folder.path("ra").string
        #expect(try bench.verify("ra").verdict == .valid)
        // The ledger goes on over there, and a note of later entries stands with the older ones.
        try act(31, root, "P1")
        try copy(store + "/ledger/checkpoint", path + "/ledger/checkpoint")
        try ForgedExport(path).rewriteManifest()
        let report = try bench.verify("ra")
        #expect(report.findings.contains { $0.code == .ledgerInconsistent })
        let fresh = try bench.fresh("moi")
        #expect(try !bench.importing("ra", into: fresh).isDone)
    }
}
