import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The renewals made so far with their tokens, and which of them carry a batch's proof on.
struct RenewalHistory {
    /// A renewal's token with the batches it may cover.
    struct Renewal {
        let row: CatalogedRenewal
        let method: DigestMethod
        let place: BatchLayout
        let token: TimeStampToken

        var number: Int64 { row.number }
        var batches: Int64 { row.batches }
        var isHashTree: Bool { row.rehash != nil }
    }

    let renewals: [Renewal]
    private let evidence: FilePath
    private let volume: any Volume
    /// What the ledger says of each batch's token.
    private let digests: [Int64: Digest]

    /// Reads the tokens of all renewals before one of a number.
    init(_ archive: Archive, before number: Int64 = .max) throws {
        let evidence = archive.objects.layout.evidence
        let volume = archive.world.volume
        self.evidence = evidence
        self.volume = volume
        digests = Dictionary(
            try archive.catalog.batches().map { ($0.number, $0.stamp) }, uniquingKeysWith: { $1 })
        renewals = try archive.catalog.renewals().filter { $0.number < number }.map { row in
            guard let method = DigestMethod(rawValue: row.digest) else {
                throw EvidenceProblem(.algorithmUnknown, row.digest)
            }
            let place = RenewalDraft.place(row.number, in: evidence)
            return Renewal(
                row: row, method: method, place: place,
                token: try Self.token(place, row.stamp, volume))
        }
    }

    /// The renewals that cover a batch.
    func covering(_ batch: Int64) -> [Renewal] {
        let numbers = Set(renewals.map(\.row).covering(batch).map(\.number))
        return renewals.filter { numbers.contains($0.number) }
    }

    /// The digest of a batch's last chain.
    func method(of batch: Int64) -> DigestMethod { covering(batch).last?.method ?? .sha512 }

    /// The batch's own token.
    func token(of batch: Int64) throws -> TimeStampToken {
        try Self.token(BatchLayout(batch, in: evidence), digests[batch], volume)
    }

    /// The tokens of the batch's last chain in the order of their making.
    func lastChain(of batch: Int64) throws -> [TimeStampToken] {
        let covering = covering(batch)
        guard let tree = covering.lastIndex(where: \.isHashTree) else {
            return [try token(of: batch)] + covering.map(\.token)
        }
        return covering[tree...].map(\.token)
    }

    /// A token that is byte for byte what the ledger says: a renewal over any other would end the proof for ever.
    private static func token(
        _ place: BatchLayout, _ digest: Digest?, _ volume: any Volume
    ) throws -> TimeStampToken {
        do {
            let bytes = try volume.readAll(place.stamp, limit: TimeStampToken.largest)
            guard Archive.sha512(of: bytes) == digest else { throw damaged(place) }
            return try TimeStampToken(der: bytes)
        } catch let failure as FileFailure where FileUnreadable.isAbsence(failure) {
            throw damaged(place)
        }
    }

    private static func damaged(_ place: BatchLayout) -> ArchiveFailure {
        ArchiveFailure(
            .evidenceDamaged,
            subject: "evidence/" + (place.folder.lastComponent?.string ?? ""),
            ["detail": "stamps/0001.tst"])
    }
}

extension [CatalogedRenewal] {
    /// Those that cover a batch: of time-stamps in its last chain's digest, of hash trees in another.
    func covering(_ batch: Int64) -> [CatalogedRenewal] {
        var digest = DigestMethod.sha512.rawValue
        return filter { renewal in
            let isOther = renewal.digest != digest
            guard renewal.batches >= batch, (renewal.rehash != nil) == isOther else {
                return false
            }
            digest = renewal.digest
            return true
        }
    }
}
