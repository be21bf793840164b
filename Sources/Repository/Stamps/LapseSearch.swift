import Cryptography
import Evidence
import Records

/// Finds where the tokens of a batch left a gap; each step from one renewal to the next is judged once for all batches.
struct LapseSearch {
    private struct Step: Hashable {
        let from: Int64
        let to: Int64
    }

    private let archive: Archive
    private let history: RenewalHistory
    private let roots: [Certificate]
    private var judged: [Step: Bool] = [:]

    /// Reads the tokens of all renewals.
    init(_ archive: Archive) throws {
        self.archive = archive
        history = try RenewalHistory(archive)
        roots = try archive.stampRoots()
    }

    /// When a batch was renewed whose proof had ended by then; nil where that never was (RFC 4998 §5.3).
    mutating func lapse(of batch: Int64) throws -> Instant? {
        let renewals = history.covering(batch)
        guard let first = renewals.first else { return nil }
        let own = try history.token(of: batch)
        if archive.hasEnded(own, by: first.token.generationTime, roots) {
            return Instant(seconds: first.token.generationTime)
        }
        for (one, next) in zip(renewals, renewals.dropFirst()) where hasEnded(one, by: next) {
            return Instant(seconds: next.token.generationTime)
        }
        return nil
    }

    private mutating func hasEnded(
        _ one: RenewalHistory.Renewal, by next: RenewalHistory.Renewal
    ) -> Bool {
        let step = Step(from: one.number, to: next.number)
        if let known = judged[step] { return known }
        let ended = archive.hasEnded(one.token, by: next.token.generationTime, roots)
        judged[step] = ended
        return ended
    }
}
