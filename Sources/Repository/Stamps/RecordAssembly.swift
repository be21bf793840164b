import Cryptography
import Evidence
import Records

/// Puts records together from a batch's stamp and the renewals after it (RFC 4998 §5.2).
struct RecordAssembly {
    /// How the records of a batch go on.
    enum Step {
        /// A time-stamp renewal, the same for every version of the batch.
        case stamp(ArchiveTimeStamp)
        /// A hash-tree renewal, another for each version.
        case rehash(RenewalHistory.Renewal)
    }

    let history: RenewalHistory
    private let archive: Archive
    private var drafts: [Int64: RenewalDraft] = [:]

    /// Takes up the renewals before one of a number.
    init(_ archive: Archive, before number: Int64 = .max) throws {
        self.archive = archive
        history = try RenewalHistory(archive, before: number)
    }

    /// The steps of a batch, each over all tokens of its last chain before it.
    mutating func steps(of batch: Int64) throws -> [Step] {
        var chain = [try history.token(of: batch)]
        var steps: [Step] = []
        for renewal in history.covering(batch) {
            if renewal.isHashTree {
                chain = [renewal.token]
                steps.append(.rehash(renewal))
                continue
            }
            guard let path = try draft(of: renewal).path(of: batch) else {
                throw EvidenceProblem(.previousNotCovered)
            }
            let group = LeafGroup(
                chain.map { renewal.method.digest(of: $0.der) }, renewal.method)
            steps.append(.stamp(try group.stamp(path: path, token: renewal.token)))
            chain.append(renewal.token)
        }
        return steps
    }

    /// A version's record; one that a hash-tree renewal left out keeps what it had until another takes it in.
    func record(
        from first: ArchiveTimeStamp, _ steps: [Step],
        rehash: (RenewalHistory.Renewal, EvidenceRecord) throws -> ArchiveTimeStamp?
    ) throws -> EvidenceRecord {
        var record = EvidenceRecord(chains: [ArchiveTimeStampChain([first])])
        var isRenewed = true
        for step in steps {
            switch step {
            case .stamp(let stamp):
                if isRenewed { record = record.renewed(by: stamp) }
            case .rehash(let renewal):
                let stamp = try rehash(renewal, record)
                if let stamp { record = record.rehashed(by: stamp) }
                isRenewed = stamp != nil
            }
        }
        return record
    }

    private mutating func draft(of renewal: RenewalHistory.Renewal) throws -> RenewalDraft {
        if let known = drafts[renewal.number] { return known }
        let draft = try RenewalDraft(
            renewal.number, upTo: renewal.batches, renewal.method, in: archive)
        drafts[renewal.number] = draft
        return draft
    }
}
