import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// A proof under the time-stamp of an authority that is not the archive's own.
@Suite(.serialized) struct ProofAuthorityTests {
    @Test func `the time-stamp of another is shown, and leads to its root`() throws {
        let proof = try ProofFolder(from: TestWorld.start.seconds, withTrialAuthority: false)
        guard let authority = try Authority(in: proof.folder) else { return }
        let object = try proof.keep(1)
        try proof.configure(authority, 50)
        try proof.stamp(50)
        let answer = try proof.prove(object, to: "a.zip")
        #expect(answer.summary.versions.map(\.isIndependent) == [true])
        let late = String(TestWorld.start.seconds + 40_000)
        let run = try proof.runScript(in: proof.unpack("a.zip"), at: late)
        #expect(run.status == 0, "\(run.output)")
        let report = try proof.verify("a.zip")
        #expect(report.verdict == .valid && report.findings.isEmpty, "\(report.findings)")
        // Long after the authority's certificate has ended, its last word is no longer believed.
        let over = String(TestWorld.start.seconds + 200_000_000)
        #expect(try proof.runScript(in: proof.unpack("a.zip"), at: over).status == 1)
    }

    @Test(arguments: ["listed", "answered"])
    func `a shell reads tokens that hold lists or answers`(name: String) throws {
        let proof = try ProofFolder(from: TestWorld.start.seconds, withTrialAuthority: false)
        guard let authority = try IssuingAuthority(in: proof.folder) else { return }
        let object = try proof.keep(1)
        try proof.configure(authority, name, 50)
        try proof.stamp(50)
        try proof.configure(authority, name, 60)
        try proof.renew(60)
        try proof.prove(object, to: "a.zip")
        let late = String(TestWorld.start.seconds + 40_000)
        let inner = try proof.unpack("a.zip")
        let run = try proof.runScript(in: inner, at: late)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("2026"), "\(run.output)")
        let report = try proof.verify("a.zip")
        #expect(report.verdict == .valid && report.findings.isEmpty, "\(report.findings)")
        let over = String(TestWorld.start.seconds + 200_000_000)
        #expect(try proof.runScript(in: proof.unpack("a.zip"), at: over).status == 1)
        // A token over something else does not pass for the one over these files.
        let tokens = try proof.files(of: "a.zip").filter { $0.hasSuffix(".1-2.tst") }
        let other = try proof.unpack("a.zip")
        let first = tokens[0].replacingOccurrences(of: ".1-2.tst", with: ".1-1.tst")
        try FileManager.default.removeItem(at: other.appending(path: first))
        try FileManager.default.copyItem(
            at: other.appending(path: tokens[0]), to: other.appending(path: first))
        try proof.relist(other)
        #expect(try proof.runScript(in: other, at: late).status == 1)
    }
}
