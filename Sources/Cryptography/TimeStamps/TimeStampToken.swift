import COpenSSL

/// A time-stamp token (RFC 3161 §2.4.2): an authority's word that a digest was there at a time.
package final class TimeStampToken {
    /// The largest token read; revocation lists put into it count.
    package static let largest = 8 << 20

    /// The most certificates, and the most revocation lists, that a token may carry.
    private static let mostCompanions = 100

    /// The ContentInfo byte for byte: renewals are over these very bytes.
    package let der: [UInt8]
    /// Seconds since 1970-01-01T00:00:00Z.
    package let generationTime: Int64
    /// The dotted identifier of the imprint's method.
    package let imprintIdentifier: String
    /// The AlgorithmIdentifier of the imprint, as it stands there.
    package let imprintAlgorithm: [UInt8]
    package let imprint: [UInt8]
    /// The authority's policy, dotted.
    package let policy: String
    /// The token's number in small hexadecimal letters.
    package let serial: String
    /// The request's nonce without leading zeros; nil when the token has none.
    package let nonce: [UInt8]?
    /// How far the time may be off, in microseconds; nil when the authority does not say.
    package let accuracy: Int64?
    let message: OpaquePointer

    /// The method of the imprint; nil for one that is not known here.
    package var method: DigestMethod? { DigestMethod(objectIdentifier: imprintIdentifier) }

    /// Reads a token; nothing of it is judged yet.
    package init(der: [UInt8]) throws(TimeStampProblem) {
        defer { ERR_clear_error() }
        guard der.count <= Self.largest, !der.isEmpty, let message = Self.parse(der) else {
            throw TimeStampProblem(.malformed, "not one CMS value")
        }
        guard let facts = TokenFacts(message), Self.hasFewCompanions(message),
            Self.revocationCount(der) <= Self.mostCompanions
        else {
            CMS_ContentInfo_free(message)
            throw TimeStampProblem(.malformed, "no time-stamp information")
        }
        self.der = der
        self.message = message
        generationTime = facts.time
        imprintIdentifier = facts.imprintIdentifier
        imprintAlgorithm = facts.imprintAlgorithm
        imprint = facts.imprint
        policy = facts.policy
        serial = facts.serial
        nonce = facts.nonce
        accuracy = facts.accuracy
    }

    deinit { CMS_ContentInfo_free(message) }

    /// Each one costs signatures to check, so their number is bounded before any is looked at.
    private static func hasFewCompanions(_ message: OpaquePointer) -> Bool {
        let certificates = CMS_get1_certs(message)
        defer { luutru_certificates_free_all(certificates) }
        let lists = CMS_get1_crls(message)
        defer { luutru_lists_free_all(lists) }
        return luutru_certificates_count(certificates) <= mostCompanions
            && luutru_lists_count(lists) <= mostCompanions
    }

    static func parse(_ der: [UInt8]) -> OpaquePointer? {
        DERBytes.read(der, { d2i_CMS_ContentInfo(nil, $0, $1) }, free: { CMS_ContentInfo_free($0) })
    }

    /// The certificates that stand in the token.
    package var certificates: [Certificate] {
        guard let stack = CMS_get1_certs(message) else { return [] }
        defer { luutru_certificates_free_all(stack) }
        return (0..<luutru_certificates_count(stack)).compactMap { index in
            guard let pointer = luutru_certificate(stack, index), X509_up_ref(pointer) == 1 else {
                return nil
            }
            return Certificate(adopting: pointer)
        }
    }

    /// The revocation lists that stand in the token.
    package var revocationLists: [RevocationList] {
        guard let stack = CMS_get1_crls(message) else { return [] }
        defer { luutru_lists_free_all(stack) }
        return (0..<luutru_lists_count(stack)).compactMap { index in
            guard let pointer = luutru_list(stack, index), X509_CRL_up_ref(pointer) == 1 else {
                return nil
            }
            return RevocationList(adopting: pointer)
        }
    }
}
