import COpenSSL

/// Bytes in memory as libcrypto reads and writes them.
struct MemoryBIO: ~Copyable {
    let pointer: OpaquePointer

    /// An empty one, to be written to.
    init() throws(CryptographyFailure) {
        guard let pointer = BIO_new(BIO_s_mem()) else { throw CryptographyFailure(.failed) }
        self.pointer = pointer
    }

    /// One that holds these bytes.
    init(_ bytes: [UInt8]) throws(CryptographyFailure) {
        guard bytes.count < Int(Int32.max), let pointer = BIO_new(BIO_s_mem()) else {
            throw CryptographyFailure(.failed)
        }
        guard bytes.isEmpty || BIO_write(pointer, bytes, Int32(bytes.count)) == Int32(bytes.count)
        else {
            BIO_free_all(pointer)
            throw CryptographyFailure(.failed)
        }
        self.pointer = pointer
    }

    deinit { BIO_free_all(pointer) }

    /// What was written.
    var bytes: [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = luutru_bio_data(pointer, &start)
        return Array(UnsafeRawBufferPointer(start: start, count: max(0, count)))
    }
}
