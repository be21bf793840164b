import Cataloging
import Policies
import Records

/// What a store holds in the order in which audits read it, as portions that were read at one time.
struct ReadingOrder {
    /// Dossiers that were last read at one time, and must be read again by the same night.
    struct Part {
        var portion: AuditPolicy.Portion
        var dossiers: Int
        /// When they were last read; nil when they never were.
        let lastRead: Instant?
    }

    private(set) var parts: [Part] = []
    private(set) var bytes: Int64 = 0
    /// The dossier that was read longest ago.
    private(set) var stalest: ReadableCopy?
    /// Since when that one waits to be read.
    private(set) var waitsSince: Instant?

    /// Takes the next one, which was last read, or came, at a moment.
    mutating func add(_ copy: ReadableCopy, since: Instant, nightsLeft: Int) {
        if stalest == nil { (stalest, waitsSince) = (copy, since) }
        bytes = bytes.addingReportingOverflow(copy.bytes).partialValue
        if let last = parts.indices.last, parts[last].lastRead == copy.lastRead,
            parts[last].portion.nightsLeft == nightsLeft
        {
            let sum = parts[last].portion.bytes.addingReportingOverflow(copy.bytes)
            parts[last].portion.bytes = sum.overflow ? .max : sum.partialValue
            parts[last].dossiers += 1
            return
        }
        parts.append(
            Part(
                portion: AuditPolicy.Portion(
                    bytes: copy.bytes, nightsLeft: nightsLeft, isUnread: copy.lastRead == nil),
                dossiers: 1, lastRead: copy.lastRead))
    }
}
