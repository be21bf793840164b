/// The answer to libcrypto's question for a passphrase, which it would else ask at the terminal.
final class Passphrase {
    private let bytes: [UInt8]
    /// Whether libcrypto asked.
    private(set) var isAsked = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Gives the passphrase that the context holds; without a context, or if empty, there is none.
    static func answer(
        _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32,
        _ context: UnsafeMutableRawPointer?
    ) -> Int32 {
        guard let buffer, let context, size > 0 else { return -1 }
        let passphrase = Unmanaged<Passphrase>.fromOpaque(context).takeUnretainedValue()
        passphrase.isAsked = true
        let bytes = passphrase.bytes
        guard !bytes.isEmpty, bytes.count <= Int(size) else { return -1 }
        UnsafeMutableRawPointer(buffer).copyMemory(from: bytes, byteCount: bytes.count)
        return Int32(bytes.count)
    }
}
