import Bundles
import Cryptography
import Evidence
import Records
import XML

extension ProofCheck {
    private static let largestMETS = 512 << 20

    /// The sums name tar and segments of their version and the tars of all before it.
    mutating func judgeSums(_ contents: ProofContents, _ claims: ProofClaims) throws {
        guard claims.document == nil else { return }
        var tars: [Digest] = []
        for version in claims.versions {
            let layout = claims.names.layout.at(version.number)
            let tar = contents.digests[ProofNames.record(layout.tar)]?.sha512
            let segments = contents.digests[ProofNames.record(layout.segments)]?.sha512
            let sums = Sums(
                try contents.bytes(ProofNames.record(layout.sums), limit: Sums.limit), for: layout)
            if sums == nil || sums?.tar != tar || sums?.segments != segments
                || sums?.earlier != tars
            {
                report(.sumsMismatch, layout.sums, layout.sums)
            }
            if contents.size(of: ProofNames.record(layout.tar)) != version.tarBytes {
                report(.proofClaims, layout.tar, "bytes")
            }
            if let tar { tars.append(tar) }
        }
    }

    /// Each seal over its sums, by the certificates given or else by the proof's own.
    mutating func judgeSeals(_ contents: ProofContents, _ claims: ProofClaims) throws {
        var seals: [RevokedKeys.Seal] = []
        for version in claims.versions {
            let layout = claims.names.layout.at(version.number)
            let sums = try contents.bytes(ProofNames.record(layout.sums), limit: Sums.limit)
            let der = try contents.bytes(ProofNames.record(layout.seal), limit: 1 << 20)
            let given = try contents.bytes(ProofNames.seal(version.number))
            let own = (try? Certificate.reading(pem: given)) ?? []
            let inner = SealJudgement.judge(der, over: sums, name: layout.seal, trusting: own)
            if let finding = inner.finding { findings.append(finding) }
            let judged = SealJudgement.judge(
                der, over: sums, name: layout.seal, trusting: trust.seals)
            if inner.finding == nil, let finding = judged.finding { trustFindings.append(finding) }
            signer = judged.signer ?? inner.signer
            seals.append(
                RevokedKeys.Seal(
                    version: version.number, signer: judged.signer,
                    isTrusted: judged.finding == nil, name: layout.seal))
            if judged.signer?.subject != version.signer
                || judged.signer?.fingerprint != version.fingerprint
                || judged.signer.map({ Instant(seconds: $0.signingTime) }) != version.sealed
            {
                report(.proofClaims, layout.seal, version.signer)
            }
        }
        trustFindings += try trust.revoked.findings(seals, of: claims.object)
    }

    /// Each evidence record over the files that the proof has of its version (RFC 4998 §5.3).
    mutating func judgeEvidence(
        _ contents: ProofContents, _ claims: ProofClaims, _ links: inout ProofLinks
    ) throws {
        let roots = try roots(contents, claims)
        links.roots = roots
        for version in claims.versions {
            let name = claims.names.evidence(version.number)
            guard contents.names.contains(name) else {
                if !version.stamps.isEmpty { report(.proofClaims, name, "stamps") }
                findings.append(
                    Finding(
                        .proofNoStamp, .warning,
                        subject: claims.names.layout.at(version.number).stem,
                        ["version": String(version.number)]))
                continue
            }
            do throws(EvidenceProblem) {
                let record = try EvidenceRecord(der: try bytes(contents, name))
                links.records[version.number] = record
            } catch {
                findings.append(error.finding(subject: name))
                continue
            }
            guard let record = links.records[version.number] else { continue }
            try judge(record, version, contents, claims, roots)
            for file in ProofFacts.files(of: record, version: version.number, claims.names) {
                links.files.insert(file.name)
                if contents.digests[file.name]?.sha512 != file.sha512 {
                    report(.proofClaims, file.name, name)
                }
            }
        }
    }

    private func bytes(
        _ contents: ProofContents, _ name: String
    ) throws(EvidenceProblem) -> [UInt8] {
        do {
            return try contents.bytes(name, limit: EvidenceRecord.largest)
        } catch {
            throw EvidenceProblem(.malformed, "too large")
        }
    }

    private mutating func judge(
        _ record: EvidenceRecord, _ version: ProofClaims.Version, _ contents: ProofContents,
        _ claims: ProofClaims, _ roots: [Certificate]
    ) throws {
        let layout = claims.names.layout.at(version.number)
        let isWhole = claims.document == nil
        let names =
            (isWhole ? [layout.tar, layout.segments] : []) + [layout.sums, layout.seal]
        let verdict = try record.verify(
            names.map { name in
                EvidenceData { try contents.digests(ProofNames.record(name), $0) }
            }, coverage: isWhole ? .wholeGroup : .members, trust: EvidenceTrust(roots: roots),
            at: now)
        let problems = verdict.problems.map {
            $0.finding(subject: claims.names.evidence(version.number))
        }
        if verdict.indication == .failed { findings += problems } else { trustFindings += problems }
        let told = try? ProofFacts.stamps(of: record, own: trust.own)
        let isTold = told.map { ProofFacts.areTold(version.stamps, by: $0) } ?? false
        if !isTold { report(.proofClaims, claims.names.evidence(version.number), "stamps") }
        if !version.stamps.contains(where: \.isIndependent) {
            findings.append(
                Finding(.stampNotIndependent, .information, subject: layout.stem))
        }
    }

    /// The roots given; where they are not those of the proof, the proof's own, which is said.
    private mutating func roots(
        _ contents: ProofContents, _ claims: ProofClaims
    ) throws -> [Certificate] {
        var own: [Certificate] = []
        for (number, fingerprint) in claims.roots.enumerated() {
            let name = ProofNames.root(number + 1)
            let found = (try? Certificate.reading(pem: try contents.bytes(name))) ?? []
            if found.map(\.fingerprint) != [fingerprint] { report(.proofClaims, name, fingerprint) }
            own += found
        }
        let given = Set(trust.roots.map(\.fingerprint))
        let unknown = own.filter { !given.contains($0.fingerprint) }
        guard !unknown.isEmpty else { return trust.roots }
        findings.append(
            Finding(
                .proofOwnRoots, .information, subject: claims.names.layout.stem,
                ["detail": unknown.map(\.fingerprint).joined(separator: ", ")]))
        return own + trust.roots
    }

    /// Document → METS of its representation → METS of the package → sums.
    mutating func judgeDocument(_ contents: ProofContents, _ claims: ProofClaims) throws {
        guard let document = claims.document else { return }
        let layout = claims.names.layout
        let outer = ProofNames.record(BundleLayout.mets)
        let inner = ProofNames.record(document.mets)
        let file = ProofNames.document(named: document.name)
        let sums = Sums(
            try contents.bytes(ProofNames.record(layout.sums), limit: Sums.limit), for: layout)
        if sums == nil || sums?.mets != contents.digests[outer]?.sha512 {
            report(.proofDocument, outer, layout.sums)
        }
        for (mets, path, named, digest) in [
            (outer, document.mets, inner, document.metsSHA256),
            (inner, document.href, file, document.sha256),
        ] {
            let said = try checksum(of: path, in: try contents.bytes(mets, limit: Self.largestMETS))
            if contents.digests[named]?.sha256 != digest || said != digest.hex.uppercased() {
                report(.proofDocument, named, mets)
            }
        }
    }

    private func checksum(of path: String, in mets: [UInt8]) throws -> String? {
        do {
            return try METSReference.checksum(of: path, in: mets)
        } catch is XMLFailure {
            return nil
        }
    }
}
