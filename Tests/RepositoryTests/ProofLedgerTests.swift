import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// The ledger's part of a proof, and what a full disk leaves of one.
@Suite struct ProofLedgerTests {
    private let proof: ProofFolder
    private let object: ObjectIdentifier

    init() throws {
        proof = try ProofFolder()
        object = try proof.keep(1)
        try proof.stamp(30)
    }

    @Test func `a stamped checkpoint goes along though the ledger has grown since`() throws {
        let size = try proof.stampCheckpoint(40)
        for number in 5...8 { _ = try proof.keep(number) }
        let answer = try proof.prove(object, to: "a.zip")
        #expect(answer.summary.size == size)
        let run = try proof.runScript(of: "a.zip")
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("OK           dấu thời gian sổ cái"))
        let report = try proof.verify("a.zip")
        #expect(report.verdict == .valid, "\(report.findings)")
        let page = try proof.text("a.zip", "report.html")
        #expect(page.contains("over \(size) entries, time-stamped at"))
    }

    @Test func `a stamped checkpoint that does not cover the entry is left aside`() throws {
        let size = try proof.stampCheckpoint(40)
        let later = try proof.keep(5)
        let answer = try proof.prove(later, to: "a.zip")
        #expect((answer.summary.size ?? 0) > size)
        #expect(try !proof.files(of: "a.zip").contains("ledger/checkpoint.tst"))
        #expect(try proof.verify("a.zip").verdict == .valid)
    }

    @Test func `a proof under a later key of the ledger is good`() throws {
        try proof.rotateLedgerKey(40)
        _ = try proof.prove(object, to: "a.zip")
        #expect(try proof.runScript(of: "a.zip").status == 0)
        #expect(try proof.verify("a.zip").verdict == .valid)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `a proof that breaks off is not there, or is whole`(fault: FaultyVolume.Fault) throws {
        var number = 1
        while true {
            let volume = FaultyVolume(failingAt: number, fault)
            let name = "p\(number).zip"
            do {
                _ = try proof.prove(object, to: name, on: volume)
            } catch let failure {
                let isDamage = (failure as? ArchiveFailure)?.reason == .damaged
                #expect(failure is FileFailure || isDamage, "call \(number): \(failure)")
            }
            if proof.exists(name) {
                #expect(try proof.verify(name).verdict == .valid, "call \(number)")
            }
            if volume.count < number { break }
            number += 5
        }
        #expect(number > 30)
    }
}
