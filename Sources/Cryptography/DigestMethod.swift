import COpenSSL

/// A digest that evidence is made or judged with (FIPS 180-4, FIPS 202).
package enum DigestMethod: String, Hashable, Sendable, CaseIterable {
    /// Only judged, never made: it ended before the archive began.
    case sha1
    case sha224
    case sha256
    case sha384
    case sha512
    case sha3x256 = "sha3-256"
    case sha3x384 = "sha3-384"
    case sha3x512 = "sha3-512"

    /// The method with this dotted object identifier; nil for one that is not known here.
    package init?(objectIdentifier: String) {
        let found = Self.allCases.first { $0.objectIdentifier == objectIdentifier }
        guard let found else { return nil }
        self = found
    }

    init?(number: Int32) {
        guard let found = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = found
    }

    /// The dotted object identifier (RFC 5754, NIST's register).
    package var objectIdentifier: String {
        switch self {
        case .sha1: "1.3.14.3.2.26"
        case .sha224: "2.16.840.1.101.3.4.2.4"
        case .sha256: "2.16.840.1.101.3.4.2.1"
        case .sha384: "2.16.840.1.101.3.4.2.2"
        case .sha512: "2.16.840.1.101.3.4.2.3"
        case .sha3x256: "2.16.840.1.101.3.4.2.8"
        case .sha3x384: "2.16.840.1.101.3.4.2.9"
        case .sha3x512: "2.16.840.1.101.3.4.2.10"
        }
    }

    /// How many bytes a digest has.
    package var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha224: 28
        case .sha256, .sha3x256: 32
        case .sha384, .sha3x384: 48
        case .sha512, .sha3x512: 64
        }
    }

    /// The digest of bytes at hand.
    package func digest(of bytes: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            precondition(
                EVP_Digest(bytes, bytes.count, buffer.baseAddress, nil, method, nil) == 1)
            count = byteCount
        }
    }

    var number: Int32 { EVP_MD_get_type(method) }

    var method: OpaquePointer? {
        switch self {
        case .sha1: EVP_sha1()
        case .sha224: EVP_sha224()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        case .sha3x256: EVP_sha3_256()
        case .sha3x384: EVP_sha3_384()
        case .sha3x512: EVP_sha3_512()
        }
    }
}
