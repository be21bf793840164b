import COpenSSL

/// Takes the digest of bytes as they come; used again and again without new memory.
package final class Hasher {
    /// The digests the archive takes (FIPS 180-4).
    package enum Algorithm: Sendable {
        case sha256
        case sha512

        fileprivate var method: OpaquePointer? { self == .sha256 ? EVP_sha256() : EVP_sha512() }
        fileprivate var byteCount: Int { self == .sha256 ? 32 : 64 }
    }

    private let context: OpaquePointer
    private let byteCount: Int

    package convenience init(_ algorithm: Algorithm) {
        self.init(method: algorithm == .sha256 ? .sha256 : .sha512)
    }

    /// One of the methods that evidence knows.
    package init(method: DigestMethod) {
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex2(context, method.method, nil) == 1
        else {
            preconditionFailure("libcrypto has SHA-2 and SHA-3")
        }
        self.context = context
        byteCount = method.byteCount
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes in.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1)
    }

    /// Takes the next bytes in.
    package func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of all bytes since the last one; more may follow.
    package func digestSoFar() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let copy = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(copy) }
            precondition(
                EVP_MD_CTX_copy_ex(copy, context) == 1
                    && EVP_DigestFinal_ex(copy, buffer.baseAddress, nil) == 1)
            count = byteCount
        }
    }

    /// The digest of all bytes since the last one, and a new beginning.
    package func finalizeAndReset() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            precondition(EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1)
            count = byteCount
        }
        // Without a method the context begins again with its own, and nothing is looked up.
        precondition(EVP_DigestInit_ex2(context, nil, nil) == 1)
        return digest
    }

    /// The digest of bytes at hand.
    package static func digest(_ algorithm: Algorithm, of bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { buffer, count in
            precondition(
                EVP_Digest(bytes, bytes.count, buffer.baseAddress, nil, algorithm.method, nil) == 1)
            count = algorithm.byteCount
        }
    }
}
