import Cryptography
import Files
import Records

/// The complete lines of a ledger from an offset on, read piece by piece.
struct LedgerLines {
    private let log: any OpenFile
    private var offset: Int64
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ log: any OpenFile, from offset: Int64) {
        self.log = log
        self.offset = offset
    }

    /// The next line without its break; nil at the end or where the last line is not complete.
    mutating func next(sequence: Int64) throws -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            guard buffer.count - start <= LedgerEntry.largestLine else {
                throw LedgerFailure(.entryTooLong, sequence: sequence)
            }
            buffer.removeSubrange(..<start)
            start = 0
            searched = buffer.count
            let piece = try log.bytes(at: offset, count: 256 * 1024)
            if piece.isEmpty { return nil }
            offset += Int64(piece.count)
            buffer += piece
        }
    }

    static func digest(of line: some Collection<UInt8>) -> Digest? {
        Digest(.sha256, bytes: Hasher.digest(.sha256, of: Array(line)))
    }
}
