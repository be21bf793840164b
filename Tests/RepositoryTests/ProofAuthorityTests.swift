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
}
