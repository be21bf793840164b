import Cryptography
import Evidence
import Files
import Records
import Storage

/// What the entries of a ledger up to a place name: policy, details, and the dossiers with their inventories.
struct LedgerSurvey {
    /// Adopted policy files by name without `policy/`, each with the digest it was last adopted with.
    private(set) var policy: [String: Digest] = [:]
    private(set) var details: Set<Digest> = []
    /// The files of every batch of evidence.
    private(set) var batches: Set<BatchDigests> = []
    /// The last inventory that an entry names, by object.
    private(set) var inventories: [ObjectIdentifier: Digest] = [:]
    /// SHA-512 of the sums of each version, the first first, by object.
    private(set) var sums: [ObjectIdentifier: [Digest]] = [:]
    /// Number of the first entry whose version does not follow the one before of its dossier.
    private(set) var firstWrong: Int64?
    /// The highest epoch that an entry tells of.
    private(set) var epoch: Int64 = 0
    private(set) var acts: Set<String> = []
    private(set) var archives: Set<ObjectIdentifier> = []

    /// Takes an entry in.
    mutating func take(_ entry: LedgerEntry) {
        let draft = entry.draft
        acts.insert(draft.act)
        archives.insert(entry.archive)
        if draft.act == LedgerAct.policy {
            for (name, digest) in draft.digests where name.hasPrefix("policy/") {
                policy[String(name.dropFirst(7))] = digest
            }
        }
        if let batch = BatchDigests(draft) { batches.insert(batch) }
        if let detail = draft.details { details.insert(detail) }
        if let object = draft.object, let inventory = draft.digests["inventory"] {
            inventories[object] = inventory
        }
        if [LedgerAct.package, LedgerAct.amend].contains(draft.act) { takeVersion(entry) }
        if let said = draft.facts["epoch"]?.numberValue, said < StoreCard.mostEpoch {
            epoch = max(epoch, said)
        }
    }

    /// A dossier's versions are 1, 2, 3 and so on, each with its digests.
    private mutating func takeVersion(_ entry: LedgerEntry) {
        let draft = entry.draft
        let isRight =
            draft.object.map { object in
                draft.version == sums[object, default: []].count + 1
                    && (draft.act == LedgerAct.package) == (draft.version == 1)
            } ?? false
        guard isRight, let object = draft.object, let digest = draft.digests["sums"],
            draft.digests["inventory"] != nil, draft.digests["tar"] != nil
        else {
            firstWrong = firstWrong ?? entry.sequence
            return
        }
        sums[object, default: []].append(digest)
    }

    /// Whether no register or configuration was touched since `init`; certificates of imports may have come.
    var isAsFounded: Bool {
        policy.keys.allSatisfy { name in
            name.hasPrefix("seal-") || name.hasPrefix("ledger-")
                || name.contains("-0001.") && !name.hasPrefix("inventory-")
                    && !name.hasPrefix("accession-")
        }
    }

    /// Whether a text is one plain name of a file, as `policy/` holds them.
    static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".")
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
            }
    }
}
