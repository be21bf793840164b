import Files
import Records

/// Reads `manifest-sha512.txt` line by line; memory stays small however long it is.
struct ManifestReader {
    private let file: any OpenFile
    private var offset: Int64 = 0
    private var buffer: [UInt8] = []
    private var start = 0
    /// Number of the line read last, counted from 1.
    private(set) var number = 0
    /// Two digits and names for each of the 4,096 bytes that a path may have.
    private static let longestLine = 16 * 1024

    /// What a reading gives.
    enum Reading: Hashable {
        case line(ManifestLine)
        case malformed
        case end
    }

    init(_ file: any OpenFile) { self.file = file }

    /// The next line; a line that is malformed or not ended ends the reading.
    mutating func next() throws(FileFailure) -> Reading {
        while true {
            if let end = buffer[start...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                number += 1
                return ManifestLine(buffer[start..<end]).map { .line($0) } ?? .malformed
            }
            guard buffer.count - start <= Self.longestLine else {
                number += 1
                return .malformed
            }
            buffer.removeSubrange(..<start)
            start = 0
            let piece = try file.bytes(at: offset, count: 64 * 1024)
            if piece.isEmpty {
                guard buffer.isEmpty else {
                    number += 1
                    return .malformed
                }
                return .end
            }
            offset += Int64(piece.count)
            buffer += piece
        }
    }
}
