import Bundles
import Cryptography
import Evidence
import Foundation
import Records
import Rehearsal
import Repository
import Retrieval
import Testing

/// Lies that a list and a script were made to fit; only the evidence itself shows them.
@Suite struct ForgedProofTests {
    private let proof: ProofFolder
    private let object: ObjectIdentifier

    init() throws {
        proof = try ProofFolder()
        object = try proof.keep(1)
        try proof.stamp(50)
        _ = try proof.prove(object, to: "a.zip")
        _ = try proof.prove(object, document: "2", to: "d.zip")
    }

    private func forged(_ name: String = "a.zip") throws -> ForgedProof {
        try ForgedProof(unpacked: proof.unpack(name))
    }

    private func verdict(_ forged: ForgedProof) throws -> VerificationReport {
        try forged.write(to: proof.path("f.zip"))
        return try proof.verify("f.zip")
    }

    @Test func `what is put together without a lie is good`() throws {
        #expect(try verdict(forged()).verdict == .valid)
        #expect(try verdict(forged("d.zip")).verdict == .valid)
        #expect(try proof.runScript(of: "f.zip").status == 0)
    }

    @Test(arguments: [
        ("versions/0/stamps/0/at", "2020-01-01T00:00:00Z"),
        ("versions/0/stamps/0/authority", "CN=Somebody"),
        ("versions/0/signer", "CN=Somebody"), ("versions/0/sealed", "2020-01-01T00:00:00Z"),
        ("versions/0/fingerprint", "00"), ("ledger/origin", "urn:uuid:x"), ("ledger/key", "00"),
        ("roots/0", "00"),
        ("checks/last", "2026-01-01T00:00:00Z"), ("made", "2020-01-01T00:00:00Z"),
    ])
    func `a report that says other things than the evidence is found`(
        place: String, lie: String
    ) throws {
        var forged = try forged()
        try forged.say(place, .string(lie))
        let report = try verdict(forged)
        // Only the hour at which the proof was made is the maker's own word.
        #expect(report.verdict == (place == "made" ? .valid : .invalid), "\(report.findings)")
    }

    @Test func `numbers and marks of the report are compared too`() throws {
        let lies: [(String, JSONValue)] = [
            ("versions/0/bytes", 1), ("ledger/entry", 0), ("ledger/size", 1_000),
            ("checks/count", 40), ("versions/0/stamps/0/independent", true),
            ("versions/0/stamps", []), ("roots", []), ("ledger", .null),
            (
                "ledger/stamp",
                ["at": "2020-01-01T00:00:00Z", "authority": "CN=x", "independent": true]
            ),
        ]
        for (place, lie) in lies {
            var forged = try forged()
            guard (try? forged.say(place, lie)) != nil else { continue }
            #expect(try verdict(forged).verdict == .invalid, "\(place)")
        }
    }

    @Test func `a document that METS does not name is found`() throws {
        let lies: [(String, JSONValue)] = [
            ("document/path", "representations/rep1/data/khác.txt"),
            ("document/mets", "representations/rep2/METS.xml"),
            ("document/sha256", .string(String(repeating: "0", count: 64))),
            ("document/metsSHA256", .string(String(repeating: "0", count: 64))),
            ("document/name", "x.pdf"),
        ]
        for (place, lie) in lies {
            var forged = try forged("d.zip")
            try forged.say(place, lie)
            #expect(try verdict(forged).verdict == .invalid, "\(place)")
        }
        var other = try forged("d.zip")
        let text = Array("Nội dung khác\n".utf8)
        other.files["record/document.txt"] = text
        #expect(try verdict(other).verdict == .invalid)
        let run = try proof.runScript(of: "f.zip")
        #expect(run.status == 1 && run.output.contains("WRONG  tài liệu"), "\(run.output)")
        try other.say(
            "document/sha256",
            .string(Hexadecimal.text(of: DigestMethod.sha256.digest(of: text))))
        #expect(try verdict(other).verdict == .invalid)
        #expect(try proof.runScript(of: "f.zip").status == 1)
    }

    @Test func `files that are missing, added or exchanged are found`() throws {
        let names = try forged().files.keys.sorted()
        #expect(names.count > 10)
        for name in names {
            var gone = try forged()
            gone.files[name] = nil
            #expect(try verdict(gone).verdict == .invalid, "without \(name)")
            var changed = try forged()
            changed.files[name]?.append(0x20)
            guard (try? changed.write(to: proof.path("f.zip"))) != nil else { continue }
            let report = try proof.verify("f.zip")
            // A certificate's PEM may be followed by a blank; nothing else may.
            #expect(report.verdict == .invalid || name.hasSuffix(".pem"), "longer \(name)")
        }
        var more = try forged()
        more.files["record/more.txt"] = [0x41]
        #expect(try verdict(more).verdict == .invalid)
    }

    @Test func `a record whose hash tree was renewed is walked by the script`() throws {
        var forged = try forged()
        let names = forged.claims.names
        let layout = names.layout
        let record = try EvidenceRecord(der: forged.files[names.evidence(1)] ?? [])
        let time = record.stamps.count > 0 ? forged.claims.versions[0].stamps[0].at.seconds : 0
        let authority = try TrialAuthority.make(
            agencyName: "UBND", agencyCode: "H61", commonName: "Mới", serial: Array(1...16),
            notBefore: time - 60, notAfter: time + 10_000_000)
        let method = DigestMethod.sha3x512
        let digests = [layout.tar, layout.segments, layout.sums, layout.seal].map {
            method.digest(of: forged.files[ProofNames.record($0)] ?? [])
        }
        let group = record.hashTreeRenewalGroup(dataDigests: digests, method: method)
        let request = try TimeStampRequest(
            imprint: group.leaf, method: method, nonce: Array(1...16))
        let answer = try authority.answer(
            to: request.der, now: time + 60, serial: Array(1...16))
        let token = try TimeStampResponse(der: answer).token(
            for: request, now: time + 60, tolerance: 5)
        let renewed = record.rehashed(by: try group.stamp(path: [], token: token))
        for file in ProofFacts.files(of: renewed, version: 1, names) {
            guard case .bytes(let bytes) = file.source else { continue }
            forged.files[file.name] = bytes
        }
        forged.files[ProofNames.root(2)] = try authority.certificate.pem
        try forged.say("roots/0", .string(forged.claims.roots[0]))
        try forged.say(
            "roots",
            .array([.string(forged.claims.roots[0]), .string(authority.certificate.fingerprint)]))
        try forged.say(
            "versions/0/stamps",
            .array(
                try ProofFacts.stamps(of: renewed).map { stamp in
                    [
                        "at": .string(stamp.at.utcSecondsText),
                        "authority": .string(stamp.authority),
                        "independent": .boolean(stamp.isIndependent),
                    ]
                }))
        let report = try verdict(forged)
        #expect(report.verdict == .valid, "\(report.findings)")
        let names2 = try proof.files(of: "f.zip")
        #expect(names2.contains { $0.hasSuffix(".before-2.der") })
        let run = try proof.runScript(of: "f.zip")
        #expect(run.status == 0, "\(run.output)")
        forged.files[ProofNames.record(layout.segments)]?[3] ^= 1
        try forged.write(to: proof.path("f.zip"))
        #expect(try proof.runScript(of: "f.zip").output.contains("WRONG  record/"))
    }

    @Test func `a ledger that another key signed is not believed where the archive is known`()
        throws
    {
        var forged = try forged()
        let line = forged.files[ProofNames.entry] ?? []
        let origin = try #require(forged.claims.ledger?.origin)
        let key = try NoteKey.generate()
        let verifier = try #require(
            NoteVerifier(name: origin, publicBytes: try key.publicBytes()))
        var note = SignedNote(
            Checkpoint(origin: origin, size: 1, root: TreeHasher().leaf(line)).text)
        try note.sign(with: key, as: verifier)
        let place = ProofOfEntry(
            index: 0, checkpoint: note, verifier: verifier, path: [], stampTime: nil,
            isStampAnswered: false)
        for file in place.files(line: line, token: nil) {
            guard case .bytes(let bytes) = file.source else { continue }
            forged.files[file.name] = bytes
        }
        try forged.say(
            "ledger",
            [
                "entry": 0, "size": 1, "origin": .string(origin),
                "key": .string(place.keyFingerprint),
            ])
        let report = try verdict(forged)
        #expect(report.verdict == .untrusted && report.findings.map(\.code).contains(.proofLedger))
        // The script cannot know the key; it shows its fingerprint.
        let run = try proof.runScript(of: "f.zip")
        #expect(run.status == 0 && run.output.contains(place.keyFingerprint), "\(run.output)")
    }
}
