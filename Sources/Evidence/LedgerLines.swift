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

    /// The digest that a line names as that of the line before; nil where it names none.
    ///
    /// Members are sorted, so the last `"prev"` is the entry's own; quotes within texts are escaped.
    static func previous(in line: [UInt8]) -> ArraySlice<UInt8>? {
        let name = mark
        guard line.count >= name.count + 65 else { return nil }
        var start = line.count - name.count - 65
        while true {
            if line[start] == name[0], line[start..<(start + name.count)].elementsEqual(name),
                line[start + name.count + 64] == UInt8(ascii: "\"")
            {
                return line[(start + name.count)..<(start + name.count + 64)]
            }
            guard start > 0 else { return nil }
            start -= 1
        }
    }

    private static let mark = Array("\"prev\":\"".utf8)

    /// Whether a line has a word somewhere.
    static func holds(_ word: [UInt8], _ line: [UInt8]) -> Bool {
        line.withUnsafeBufferPointer { line in
            word.withUnsafeBufferPointer { word in
                var start = 0
                while start <= line.count - word.count {
                    var length = 0
                    while length < word.count, line[start &+ length] == word[length] {
                        length &+= 1
                    }
                    if length == word.count { return true }
                    start &+= 1
                }
                return false
            }
        }
    }

    static func digest(of line: some Collection<UInt8>) -> Digest? {
        Digest(.sha256, bytes: Hasher.digest(.sha256, of: Array(line)))
    }
}
