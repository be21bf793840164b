import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Rotation and revocation of the key that signs the ledger's checkpoints.
@Suite struct LedgerKeyTests {
    private let bench: ExportBench

    init() throws { bench = try ExportBench(dossiers: 1) }

    private var root: FilePath { bench.root }

    private func writing(
        _ minutes: Int64, _ root: FilePath? = nil, _ volume: any Volume = DiskVolume()
    ) throws -> Archive {
        try Archive.open(
            root ?? self.root, in: ExportBench.world(minutes, volume), for: .writing)
    }

    private func reading(_ root: FilePath? = nil) throws -> Archive {
        try Archive.open(root ?? self.root, in: ExportBench.world(900), for: .reading)
    }

    @discardableResult
    private func rotate(_ minutes: Int64) throws -> KeyRotated {
        let archive = try writing(minutes)
        let rotated = try archive.rotateLedgerKey(isOldLost: false)
        try archive.finish()
        return rotated
    }

    private func enter(_ code: String, _ minutes: Int64, _ root: FilePath? = nil) throws {
        let archive = try writing(minutes, root)
        _ = try archive.enter(.fonds, [.code: code, .name: "Phông"])
        try archive.finish()
    }

    private func revoke(_ fingerprint: String, _ minutes: Int64) throws -> KeyRevoked {
        let archive = try writing(minutes)
        let revoked = try archive.revokeLedgerKey(
            String(fingerprint.prefix(12)), since: TestWorld.start.utcText, because: "Lộ khóa")
        try archive.finish()
        return revoked
    }

    private func note() throws -> LedgerNote {
        try #require(
            try LedgerNote.read(
                FilePath(root.string + "/stores/chinh/ledger/checkpoint"), DiskVolume()))
    }

    private func keep(_ name: String) throws -> FilePath {
        let outside = bench.folder.path(name)
        try DiskVolume().writeDurably(try note().note.bytes, to: outside)
        return outside
    }

    private func codes(_ checkpoints: [FilePath] = []) throws -> [FindingCode] {
        try reading().verifyLedger(against: checkpoints).findings.map(\.code)
    }

    private func audit(_ minutes: Int64, _ root: FilePath? = nil) throws -> [Finding] {
        try Archive.open(root ?? self.root, in: ExportBench.world(minutes), for: .auditing)
            .audit([]) { _ in }.findings
    }

    @Test func `the checkpoint of a rotation bears both signatures, later ones the new alone`()
        throws
    {
        let before = try keep("truoc")
        let old = try #require(try reading().ledgerKeyStatus().first)

        let rotated = try rotate(10)

        let keys = try reading().ledgerKeyStatus()
        #expect(keys.map(\.fingerprint) == [rotated.fingerprint, old.fingerprint])
        #expect(keys.map(\.isCurrent) == [true, false])
        #expect(rotated.before == old.fingerprint)
        let verifiers = keys.compactMap { NoteVerifier($0.verifier) }
        #expect(try verifiers.map { try note().note.isSigned(by: $0) } == [true, true])
        let both = try keep("ca-hai")
        try enter("P1", 20)
        #expect(try verifiers.map { try note().note.isSigned(by: $0) } == [true, false])
        #expect(try codes([before, both]).isEmpty)
        #expect(try audit(30).isEmpty)
        #expect(
            FileManager.default.fileExists(
                atPath: root.string + "/keys/retired/ledger-\(old.fingerprint.prefix(16)).key"))
        let sheet = try String(contentsOfFile: root.string + "/key-sheet.txt", encoding: .utf8)
        #expect(sheet.filter { !$0.isWhitespace }.contains(keys[0].verifier.suffix(20)))
    }

    @Test func `what a revoked key signed after its successor came is refused`() throws {
        let before = try keep("truoc")
        let old = try String(contentsOfFile: root.string + "/keys/ledger.key", encoding: .utf8)
        let rotated = try rotate(10)
        try enter("P1", 20)
        #expect(throws: ArchiveFailure.self) {
            try self.writing(30).revokeLedgerKey(
                nil, since: TestWorld.start.utcText, because: "Lộ khóa")
        }
        let revoked = try revoke(rotated.before, 31)
        #expect(revoked.fingerprint == rotated.before)
        #expect(try codes([before]).isEmpty)
        #expect(try reading().ledgerKeyStatus().last?.reason == "Lộ khóa")

        // The thief signs the ledger of today: the signature is good, the key is not.
        let thief = try note()
        var forged = SignedNote(thief.checkpoint.text)
        let keys = try writing(40).ledgerKeys
        let key = try NoteKey.reading(pem: Array(old.utf8))
        try forged.sign(with: key, as: keys.verifier(of: key))
        let path = bench.folder.path("gia")
        try DiskVolume().writeDurably(forged.bytes, to: path)
        #expect(try codes([path]) == [.checkpointWrong])
        #expect(
            try reading().proveConsistency(from: path).findings.map(\.code) == [.checkpointWrong])
        // A seal of the same archive is not touched by it.
        #expect(try reading().keyStatus().void.isEmpty)
        #expect(try audit(50).isEmpty)
    }

    @Test(arguments: [true, false])
    func `a key whose file is damaged is not adopted again, and announces its successor`(
        isGone: Bool
    ) throws {
        let policy = root.string + "/stores/chinh/policy"
        let file = URL(filePath: policy + "/ledger-0001.vkey")
        let whole = try Data(contentsOf: file)
        if isGone {
            try FileManager.default.removeItem(at: file)
        } else {
            try (whole + Data([0x0A])).write(to: file)
        }
        func keys() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: policy)
                .filter { $0.hasSuffix(".vkey") && $0 != "ledger-0001.vkey" }
        }

        try enter("P1", 10)
        #expect(try keys().isEmpty)
        let rotated = try rotate(20)

        #expect(try keys() == ["ledger-0002.vkey"])
        try whole.write(to: file)
        let shown = try reading().ledgerKeyStatus()
        #expect(shown.map(\.isCurrent) == [true, false])
        #expect(shown.map(\.fingerprint) == [rotated.fingerprint, rotated.before])
        let verifiers = shown.compactMap { NoteVerifier($0.verifier) }
        #expect(try verifiers.map { try note().note.isSigned(by: $0) } == [true, true])
        #expect(try codes().isEmpty)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `a broken rotation leaves the old key or the new one`(
        fault: FaultyVolume.Fault
    ) throws {
        var (number, outcomes) = (1, Set<Int>())
        while true {
            let copy = bench.folder.path("kho-\(number)")
            try FileManager.default.copyItem(atPath: root.string, toPath: copy.string)
            defer { try? FileManager.default.removeItem(atPath: copy.string) }
            let volume = FaultyVolume(failingAt: number, fault)
            do {
                let archive = try writing(10, copy, volume)
                do { _ = try archive.rotateLedgerKey(isOldLost: false) } catch {
                    archive.finishAfterFailure()
                    throw error
                }
                try archive.finish()
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            try enter("P\(number)", 20, copy)
            #expect(
                !FileManager.default.fileExists(atPath: copy.string + "/keys/ledger.next.key"))
            let keys = try reading(copy).ledgerKeyStatus()
            #expect(keys.count <= 2 && keys.first?.isCurrent == true, "call \(number): \(keys)")
            #expect(try reading(copy).verifyLedger(against: []).findings.isEmpty)
            #expect(try audit(30, copy).isEmpty, "call \(number)")
            outcomes.insert(keys.count)
            if volume.count < number { break }
            number += fault.stride(2, 7)
        }
        #expect(number > 40 && outcomes == [1, 2])
    }
}
