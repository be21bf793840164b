import Cryptography
import Foundation
import XML

/// An evidence record in XML (RFC 6283), which is read and judged but never written.
package struct XMLEvidenceRecord: Sendable {
    /// The namespace of the syntax, by which a record is known.
    package static let namespace = "urn:ietf:params:xml:ns:ers"
    /// The largest record read, in bytes, and the most time-stamps and hashes in it.
    private static let largest = 4 << 20
    private static let mostStamps = 200
    private static let mostHashes = 20_000

    let walked: [WalkedStamp]
    /// What each stamp but the first is over besides data, in the same order: the stamp or the chains before.
    private let earlier: [[UInt8]]
    /// Certificates and revocation lists that the record brings along.
    private let certificates: [[UInt8]]
    private let lists: [[UInt8]]

    /// Whether bytes look like a record in XML, sound or not.
    package static func isLikely(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        return head.contains("<") && head.contains(namespace)
    }

    /// Reads a record of any maker; nothing of it is judged yet.
    package init(xml: [UInt8]) throws(EvidenceProblem) {
        guard xml.count <= Self.largest else { throw EvidenceProblem(.malformed, "too large") }
        do {
            var reading = XMLRecordReading(
                stampsLeft: Self.mostStamps, hashesLeft: Self.mostHashes)
            try reading.read(XMLTree(xml).root)
            walked = reading.stamps
            earlier = reading.earlier
            certificates = reading.certificates
            lists = reading.lists
        } catch let problem as EvidenceProblem {
            throw problem
        } catch {
            throw EvidenceProblem(.malformed, (error as? XMLFailure)?.text ?? "")
        }
    }

    /// Walks the record over its data (RFC 6283 §3.2.2, §4.3); fails only when data cannot be read.
    package func verify(
        _ data: [EvidenceData], coverage: EvidenceCoverage, trust: EvidenceTrust, at now: Int64
    ) throws -> EvidenceVerdict {
        let brought = EvidenceTrust(
            roots: trust.roots,
            extra: trust.extra + certificates.compactMap { try? Certificate.reading(der: $0) },
            lists: trust.lists + lists.compactMap { try? RevocationList.reading(der: $0) },
            algorithms: trust.algorithms)
        return try EvidenceWalk.verdict(on: self, data, coverage, brought, now)
    }
}

extension XMLEvidenceRecord: WalkedRecord {
    var listedDigests: [DigestIdentifier]? { nil }

    func hash(before stamp: WalkedStamp, _ method: DigestMethod) -> [UInt8] {
        earlier(stamp.chain, stamp.index)
    }

    /// The data's hashes with the hash of all earlier chains beside them (RFC 6283 §4.2.2).
    func leaves(of digests: [[UInt8]], in chain: Int, _ method: DigestMethod) -> [[UInt8]] {
        chain == 0 ? digests : digests + [earlier(chain, 0)]
    }

    private func earlier(_ chain: Int, _ index: Int) -> [UInt8] {
        guard let place = walked.firstIndex(where: { $0.chain == chain && $0.index == index })
        else { return [] }
        return earlier[place]
    }
}
