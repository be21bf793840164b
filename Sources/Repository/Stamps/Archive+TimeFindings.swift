import Cataloging
import Cryptography
import Evidence
import Records

/// Whether the proof of time of one dossier still holds; bytes and seals are judged elsewhere.
extension Archive {
    /// Where the proof of a dossier's versions has ended by now, or had ended before it was renewed (RFC 4998 §5.3).
    ///
    /// A version that still waits for its first time-stamp has no proof that could have ended.
    func timeFindings(of object: ObjectIdentifier, upTo version: Int) throws -> [Finding] {
        try timeFindings(of: object, versions: 1...max(1, version))
    }

    /// The same of some versions, as a proof may be of one alone.
    func timeFindings(
        of object: ObjectIdentifier, versions: ClosedRange<Int>
    ) throws -> [Finding] {
        var batches = Set<Int64>()
        for number in versions {
            guard let entry = try catalog.stateEntry(of: object, version: number),
                let batch = try catalog.batch(covering: entry)
            else { continue }
            batches.insert(batch.number)
        }
        guard !batches.isEmpty else { return [] }
        do {
            let history = try RenewalHistory(self)
            let roots = try stampRoots()
            return try batches.sorted().flatMap { batch in
                try timeFindings(of: batch, history, roots)
            }
        } catch let failure as ArchiveFailure where failure.reason == .evidenceDamaged {
            return [Finding(.batchDamaged, subject: failure.subject, failure.facts)]
        }
    }

    private func timeFindings(
        of batch: Int64, _ history: RenewalHistory, _ roots: [Certificate]
    ) throws -> [Finding] {
        var findings: [Finding] = []
        let first = try history.token(of: batch)
        let renewals = history.covering(batch)
        let tokens = [first] + renewals.map(\.token)
        if let late = lapse(of: tokens, roots) {
            findings.append(Self.lapse(of: batch, at: late))
        }
        let last = tokens.last ?? first
        if hasEnded(last, by: world.now().seconds, roots) {
            findings.append(
                Finding(
                    .recordExpiredLast, subject: "evidence/" + BatchLayout.name(batch),
                    [
                        "chain": "\(renewals.filter(\.isHashTree).count + 1)",
                        "stamp": "\(try history.lastChain(of: batch).count)",
                        "detail": Instant(seconds: last.generationTime).vietnamText,
                    ]))
        }
        return findings
    }
}
