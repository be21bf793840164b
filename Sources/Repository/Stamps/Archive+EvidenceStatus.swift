import Cataloging
import Cryptography
import Evidence
import Files
package import Records
import Storage
import SystemPackage

/// One batch and when its proof ends.
package struct BatchStanding: Sendable {
    package let batch: Int64
    package let versions: Int64
    package let at: Instant
    package let authority: String
    package let isIndependent: Bool
    /// When it must be renewed at the latest, and how; nil where its token cannot be read.
    package let renewBefore: Instant?
    package let renewal: String?
    /// Why it ends: `certificate`, `algorithm`, `age`.
    package let reason: String
    /// Whether that day is over.
    package let isOverdue: Bool
    /// Whether the proof itself has ended: a renewal from now on leaves a gap.
    let hasEnded: Bool
}

extension Archive {
    /// Tokens are renewed after so many years at the latest, and half a year before their end.
    private static let largestAge: Int64 = 10 * 365 * 86_400
    private static let lead: Int64 = 180 * 86_400

    /// How long the proof of each batch holds, the oldest first.
    package func batchStandings() throws -> [BatchStanding] {
        let roots = try stampRoots()
        let now = world.now()
        let renewals = try catalog.renewals()
        var known: [FilePath: TokenEnd?] = [:]
        return try catalog.batches().map { batch in
            // The last token over a batch is the one that must hold.
            let last = renewals.covering(batch.number).last
            let place =
                last.map { RenewalDraft.place($0.number, in: objects.layout.evidence) }
                ?? BatchLayout(batch.number, in: objects.layout.evidence)
            // A renewal's token stands for all the batches that it covers.
            let end = try known[place.folder] ?? end(of: place, roots, at: now.seconds)
            known[place.folder] = .some(end)
            return BatchStanding(
                batch: batch.number, versions: batch.count, at: last?.at ?? batch.at,
                authority: last?.authority ?? batch.authority,
                isIndependent: last?.isIndependent ?? batch.isIndependent,
                renewBefore: end.map { Instant(seconds: $0.before) },
                renewal: end?.renewal.rawValue,
                reason: end?.reason ?? "unreadable",
                isOverdue: end.map { $0.before <= now.seconds } ?? true,
                hasEnded: end.map { $0.before + Self.lead <= now.seconds } ?? false)
        }
    }

    /// Batches that were renewed only after their proof had ended, with the day of that renewal (RFC 4998 §5.3).
    private func evidenceLapses() throws -> [Int64: Instant] {
        guard try !catalog.renewals().isEmpty else { return [:] }
        var search = try LapseSearch(self)
        var found: [Int64: Instant] = [:]
        for batch in try catalog.batches() {
            try world.stopIfInterrupted()
            found[batch.number] = try search.lapse(of: batch.number)
        }
        return found
    }

    /// When a token was renewed that had ended by then; nil where each was still good.
    func lapse(of tokens: [TimeStampToken], _ roots: [Certificate]) -> Instant? {
        zip(tokens, tokens.dropFirst()).first { token, next in
            hasEnded(token, by: next.generationTime, roots)
        }.map { Instant(seconds: $0.1.generationTime) }
    }

    /// Whether a token proves nothing any more: its certificate's time or one of its algorithms is over.
    func hasEnded(_ token: TimeStampToken, by time: Int64, _ roots: [Certificate]) -> Bool {
        let check = token.check(at: time, roots: roots)
        return check.problems.contains { $0.fault == .expired }
            || check.algorithms.contains { !world.algorithms.end(of: $0).covers(time) }
    }

    /// The same as findings: what they tell of cannot be mended, but must be known.
    package func lapseFindings() throws -> [Finding] {
        do {
            return try evidenceLapses().sorted { $0.key < $1.key }.map {
                Self.lapse(of: $0.key, at: $0.value)
            }
        } catch let failure as ArchiveFailure where failure.reason == .evidenceDamaged {
            // What is damaged is told by name already.
            return []
        }
    }

    static func lapse(of batch: Int64, at instant: Instant) -> Finding {
        Finding(
            .evidenceLapsed, .warning, subject: "evidence/" + BatchLayout.name(batch),
            ["at": instant.vietnamText])
    }

    private func end(
        of place: BatchLayout, _ roots: [Certificate], at now: Int64
    ) throws -> TokenEnd? {
        guard try world.volume.status(place.stamp)?.kind == .file,
            let bytes = try world.volume.readIfSmall(place.stamp, limit: TimeStampToken.largest),
            let token = try? TimeStampToken(der: bytes)
        else { return nil }
        let verdict = EvidenceVerdict(of: token, roots: roots, at: now)
        let due = verdict.renewal(
            by: world.algorithms, largestAge: Self.largestAge, lead: Self.lead)
        guard let due else { return nil }
        let end = due.before + Self.lead
        let reason =
            end == verdict.stamps.first?.pathEnds
            ? "certificate" : end == token.generationTime + Self.largestAge ? "age" : "algorithm"
        return TokenEnd(before: due.before, renewal: due.renewal, reason: reason)
    }
}

/// Until when a token's batches must be renewed.
private struct TokenEnd {
    let before: Int64
    let renewal: EvidenceRenewal
    let reason: String
}
