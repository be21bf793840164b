import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Proofs for strangers: their script in a bare shell, and what `verify` says of them.
@Suite struct ProofTests {
    private let proof: ProofFolder

    init() throws { proof = try ProofFolder() }

    @Test func `the script of a dossier's proof ends well with openssl and sha512sum alone`() throws
    {
        let object = try proof.keep(1)
        try proof.stamp(50)
        let answer = try proof.prove(object, to: "a.zip")
        #expect(answer.findings.isEmpty)
        #expect(answer.summary.versions.map(\.isIndependent) == [false])
        let run = try proof.runScript(of: "a.zip")
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("EVERY LINK HOLDS"))
        let report = try proof.verify("a.zip")
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(report.findings.map(\.code) == [.stampNotIndependent])
    }

    @Test func `one document is proved without the tar, whatever its name is`() throws {
        let object = try proof.keepAwkward()
        try proof.stamp(50)
        for number in 1...ProofFolder.awkwardNames.count {
            let name = "d\(number).zip"
            _ = try proof.prove(object, document: String(number), to: name)
            let run = try proof.runScript(of: name)
            #expect(run.status == 0, "\(number): \(run.output)")
            let names = try proof.files(of: name)
            #expect(!names.contains { $0.hasSuffix(".tar") || $0.hasSuffix(".segments") })
            #expect(try proof.verify(name).verdict == .valid)
        }
    }

    @Test(arguments: [nil, "2"])
    func `a changed byte in any file is found by the script`(document: String?) throws {
        let object = try proof.keep(1)
        try proof.stamp(50)
        _ = try proof.prove(object, document: document, to: "a.zip")
        let folder = try proof.unpack("a.zip")
        let names = try proof.files(of: "a.zip")
        #expect(names.count > 12)
        for name in names where name != "verify.sh" {
            let file = folder.appending(path: name)
            let good = try Data(contentsOf: file)
            var bad = good
            bad[bad.count / 2] ^= 1
            try bad.write(to: file)
            #expect(try proof.runScript(in: folder).status == 1, "\(name)")
            try good.write(to: file)
        }
        #expect(try proof.runScript(in: folder).status == 0)
    }

    @Test func `the script names what it does not know, and whose word a time-stamp is`() throws {
        let object = try proof.keep(1)
        try proof.stamp(50)
        _ = try proof.prove(object, to: "a.zip")
        let folder = try proof.unpack("a.zip")
        let sound = try proof.runScript(in: folder)
        #expect(sound.status == 0 && sound.output.contains("NOT INDEPENDENT"))
        #expect(try proof.runScript(in: folder, at: "abc").status == 2)
        for planted in ["giả.pdf", "record/Quyết định giả.pdf", "record/.an", "khac/sau/xa.pdf"] {
            let file = folder.appending(path: planted)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: file)
            let run = try proof.runScript(in: folder)
            #expect(run.status == 1 && run.output.contains("WRONG  không có tệp lạ"), "\(planted)")
            try FileManager.default.removeItem(at: file)
            if planted.hasPrefix("khac") {
                try FileManager.default.removeItem(at: folder.appending(path: "khac"))
            }
        }
        #expect(try proof.runScript(in: folder).status == 0)
    }

    @Test(arguments: [nil, "2"])
    func `a changed byte anywhere in the ZIP is found by verify`(document: String?) throws {
        let object = try proof.keep(1)
        try proof.stamp(50)
        _ = try proof.prove(object, document: document, to: "a.zip")
        let good = try proof.bytes("a.zip")
        var places = Set(stride(from: 0, to: good.count, by: 997))
        for (number, start) in ZIPPlaces.headers(in: good).enumerated() {
            places.formUnion(stride(from: start + number % 3, to: start + 46, by: 3))
        }
        places.formUnion(good.count - 22..<good.count)
        for place in places where place < good.count {
            var bad = good
            bad[place] ^= UInt8(1 << (place % 8))
            try proof.write(bad, "b.zip")
            let report = try proof.verify("b.zip", withArchive: false)
            #expect(report.verdict == .invalid, "byte \(place)")
        }
    }

    @Test func `without a time-stamp the proof is made and says so`() throws {
        let object = try proof.keep(1)
        let answer = try proof.prove(object, to: "a.zip")
        #expect(answer.findings.map(\.code) == [.proofNoStamp])
        let run = try proof.runScript(of: "a.zip")
        #expect(run.status == 0 && run.output.contains("NO TIME-STAMP: v1"), "\(run.output)")
        let report = try proof.verify("a.zip")
        #expect(report.verdict == .valid && report.findings.map(\.code) == [.proofNoStamp])
    }

    @Test func `a later version is proved with every tar that it stands on`() throws {
        let object = try proof.keep(1)
        try proof.stamp(50)
        try proof.amend(object, 60)
        try proof.stamp(70)
        let answer = try proof.prove(object, to: "a.zip")
        #expect(answer.summary.version == 2 && answer.summary.versions.map(\.number) == [1, 2])
        #expect(try proof.runScript(of: "a.zip").status == 0)
        #expect(try proof.verify("a.zip").verdict == .valid)
        _ = try proof.prove(object, document: "1", to: "d.zip")
        #expect(try proof.runScript(of: "d.zip").status == 0)
        #expect(try proof.verify("d.zip").verdict == .valid)
        let first = try proof.prove(object, version: 1, to: "c.zip")
        #expect(first.summary.versions.map(\.number) == [1])
        #expect(try proof.verify("c.zip").verdict == .valid)
    }

    @Test func `renewed records and audits are in the proof`() throws {
        let object = try proof.keep(1)
        try proof.stamp(50)
        try proof.renew(60)
        try proof.audit(70)
        let answer = try proof.prove(object, to: "a.zip")
        #expect(answer.findings.isEmpty)
        #expect(try proof.files(of: "a.zip").contains { $0.hasSuffix(".1-2.tst") })
        let run = try proof.runScript(of: "a.zip")
        #expect(run.status == 0, "\(run.output)")
        #expect(try proof.verify("a.zip").verdict == .valid)
        let checks = try proof.text("a.zip", "fixity.json")
        #expect(checks.contains("\"scope\": \"all\""))
    }

    @Test func `records with new hash trees are in the proof, whole and of one document`() throws {
        let object = try proof.keep(1)
        _ = try proof.keep(2)
        try proof.stamp(50)
        try proof.renew(60, hashTree: true)
        try proof.renew(65)
        try proof.renew(70, hashTree: true)
        _ = try proof.prove(object, to: "a.zip")
        _ = try proof.prove(object, document: "1", to: "b.zip")
        for name in ["a.zip", "b.zip"] {
            let files = try proof.files(of: name)
            for end in [".1-1.tst", ".2-2.tst", ".3-1.tst", ".before-3.der"] {
                #expect(files.contains { $0.hasSuffix(end) }, "\(name) \(end)")
            }
            let run = try proof.runScript(of: name)
            #expect(run.status == 0, "\(run.output)")
            #expect(try proof.verify(name).verdict == .valid)
        }
    }

    @Test func `a stranger without certificates learns that bytes match and nobody vouches`() throws
    {
        let object = try proof.keep(1)
        try proof.stamp(50)
        _ = try proof.prove(object, to: "a.zip")
        let report = try proof.verify("a.zip", withArchive: false)
        #expect(report.verdict == .untrusted)
        #expect(
            Set(report.findings.map(\.code))
                == [.sealIssuerUnknown, .proofOwnRoots, .stampNotIndependent])
        let trusted = try proof.verify("a.zip", withArchive: false, trustingSeal: true)
        #expect(trusted.verdict == .valid)
    }

    @Test func `what exists is not overwritten, and what is damaged is not proved`() throws {
        let object = try proof.keep(1)
        _ = try proof.prove(object, to: "a.zip")
        #expect(throws: ArchiveFailure.self) { try proof.prove(object, to: "a.zip") }
        try proof.damage(object)
        let failure = #expect(throws: ArchiveFailure.self) {
            try proof.prove(object, to: "b.zip")
        }
        #expect(failure?.reason == .damaged)
        #expect(!proof.exists("b.zip"))
    }

    @Test
    func `a record put in the place of another is found though list and script were made to fit`()
        throws
    {
        let object = try proof.keep(1)
        let other = try proof.keep(2)
        try proof.stamp(70)
        _ = try proof.prove(object, to: "a.zip")
        _ = try proof.prove(other, to: "b.zip")
        let mine = try proof.files(of: "a.zip")
        let theirs = try proof.files(of: "b.zip")
        let folder = try proof.unpack("a.zip")
        let foreign = try proof.unpack("b.zip")
        for suffix in [".tar", ".segments", ".sums", ".sums.p7s"] {
            let from = try #require(theirs.first { $0.hasSuffix(suffix) })
            let to = try #require(mine.first { $0.hasSuffix(suffix) })
            try Data(contentsOf: foreign.appending(path: from))
                .write(to: folder.appending(path: to))
        }
        try proof.relist(folder)
        let run = try proof.runScript(in: folder)
        #expect(run.status == 1)
        #expect(run.output.contains("OK           mọi tệp trong danh sách"), "\(run.output)")
        #expect(run.output.contains("WRONG  record/"), "\(run.output)")
        #expect(run.output.contains("WRONG  mục sổ cái"), "\(run.output)")
    }
}
