import Bundles
import Cryptography
import Evidence
import Records

extension ProofCheck {
    /// The entry that made the newest version, on its path to a signed root (RFC 9162 §2.1.3.2).
    mutating func judgeLedger(
        _ contents: ProofContents, _ claims: ProofClaims, _ links: inout ProofLinks
    ) throws {
        guard let place = claims.ledger else {
            findings.append(
                Finding(
                    .proofNoLedger, .warning, subject: claims.names.layout.stem,
                    ["version": String(claims.version)]))
            return
        }
        let line = try contents.bytes(ProofNames.entry)
        let token = try token(contents)
        guard let proof = EntryProof(reading: try contents.bytes(ProofNames.path)),
            let text = String(
                validating: try contents.bytes(ProofNames.verifier), as: UTF8.self),
            let verifier = NoteVerifier(String(text.dropLast()))
        else { return report(.proofLedger, ProofNames.path, "form") }
        let read = token.flatMap { try? TimeStampToken(der: $0) }
        let given = ProofOfEntry(
            index: proof.index, checkpoint: proof.checkpoint, verifier: verifier,
            path: proof.path,
            stampTime: read?.generationTime,
            isStampAnswered: read?.hasOtherRevocation ?? false)
        links.ledger = given
        for file in given.files(line: line, token: token) {
            links.files.insert(file.name)
            if contents.digests[file.name]?.sha512 != file.sha512 {
                report(.proofLedger, file.name, "form")
            }
        }
        guard proof.proves(line, signedBy: verifier) else {
            return report(.proofLedger, ProofNames.entry, "path")
        }
        if let known = trust.ledger, !known.contains(verifier) {
            trustFindings.append(
                Finding(
                    .proofLedger, subject: ProofNames.verifier, ["detail": given.keyFingerprint]))
        }
        try judge(line, contents, claims)
        let checkpoint = Checkpoint(proof.checkpoint.text)
        let told = ProofClaims.LedgerPlace(
            entry: proof.index, size: checkpoint?.size ?? 0, origin: checkpoint?.origin ?? "",
            key: given.keyFingerprint, stamp: place.stamp)
        let stamp = stamp(token, over: proof.checkpoint, links.roots)
        let isStampTold = ProofFacts.areTold(
            place.stamp.map { [$0] } ?? [], by: stamp.map { [$0] } ?? [])
        if told != place || verifier.name != place.origin || !isStampTold {
            report(.proofClaims, ProofNames.checkpoint, place.origin)
        }
    }

    /// The entry tells of this version, with the very sums that the proof has.
    private mutating func judge(
        _ line: [UInt8], _ contents: ProofContents, _ claims: ProofClaims
    ) throws {
        let sums = ProofNames.record(claims.names.layout.sums)
        let entry = try? JSONValue(parsing: line)
        let digest = contents.digests[sums].map { "sha512:" + $0.sha512.hex }
        if entry?["object"]?.stringValue != claims.object.text
            || entry?["version"]?.numberValue != Int64(claims.version)
            || entry?["digests"]?["sums"]?.stringValue != digest
        {
            report(.proofLedger, ProofNames.entry, sums)
        }
    }

    private func token(_ contents: ProofContents) throws -> [UInt8]? {
        guard contents.names.contains(ProofNames.checkpointToken) else { return nil }
        return try contents.bytes(ProofNames.checkpointToken, limit: TimeStampToken.largest)
    }

    /// What the checkpoint's token says; what is wrong with it is a finding.
    private mutating func stamp(
        _ der: [UInt8]?, over note: SignedNote, _ roots: [Certificate]
    ) -> ProofClaims.Stamp? {
        guard let der else { return nil }
        do throws(TimeStampProblem) {
            let token = try TimeStampToken(der: der)
            let imprint = token.method?.digest(of: note.bytes)
            if imprint != token.imprint {
                report(.proofLedger, ProofNames.checkpointToken, "imprint")
            }
            let problems = token.check(at: token.generationTime, roots: roots).problems
            trustFindings += problems.map {
                Finding(
                    .proofLedger, subject: ProofNames.checkpointToken,
                    ["detail": $0.fault.rawValue])
            }
            return ProofFacts.stamp(of: token, own: trust.own)
        } catch {
            report(.proofLedger, ProofNames.checkpointToken, error.fault.rawValue)
            return nil
        }
    }
}
