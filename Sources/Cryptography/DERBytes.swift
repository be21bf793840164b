import COpenSSL

/// What libcrypto encodes, as bytes of our own.
enum DERBytes {
    /// Runs an `i2d_…` function that makes its own memory.
    static func of(
        _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
    ) throws(CryptographyFailure) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = encode(&start)
        defer { luutru_free(start) }
        guard count > 0, let start else { throw CryptographyFailure(.failed) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// Runs a `d2i_…` function over bytes that must hold one value and nothing behind it.
    static func read(
        _ bytes: [UInt8],
        _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
        free: (OpaquePointer) -> Void
    ) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            guard let value = decode(&start, buffer.count) else { return nil }
            guard start == buffer.baseAddress.map({ $0 + buffer.count }) else {
                free(value)
                return nil
            }
            return value
        }
    }
}
