import Records

/// Reads a list of documents row by row in constant memory: RFC 4180 with comma, semicolon or tab, with or without BOM.
package final class CSVReader {
    /// The longest row, in bytes.
    package static let largestRow = 64 * 1024
    /// The most columns.
    package static let largestColumns = 64

    private let read: (Int64, Int) throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var start = 0
    private var fileOffset: Int64 = 0
    private var rowOffset: Int64 = 0
    private var line = 1
    /// The byte between fields, as the header shows it.
    package private(set) var separator = UInt8(ascii: ",")
    private var isFirst = true

    /// Reads by a function that gives at most so many bytes from an offset, none at the end.
    package init(read: @escaping (_ offset: Int64, _ count: Int) throws -> [UInt8]) {
        self.read = read
    }

    /// The next row that is not blank; nil at the end. A `TextFault` ends the reading.
    package func next() throws -> CSVRow? {
        while let (bytes, offset, line) = try record() {
            if bytes.isEmpty { continue }
            if isFirst {
                isFirst = false
                separator = Self.separator(of: bytes)
            }
            let row = try CSVRow(parsing: bytes, offset: offset, line: line, separator: separator)
            guard row.fields.count <= Self.largestColumns else {
                throw TextFault(.tooManyColumns, at: Place(line: line, column: 1))
            }
            return row
        }
        return nil
    }

    /// The bytes of the next record: up to a line break that no quotes enclose.
    private func record() throws -> (ArraySlice<UInt8>, Int64, Int)? {
        var index = start
        var isQuoted = false
        var breaks = 0
        while true {
            if index == buffer.count {
                let kept = index - start
                guard kept <= Self.largestRow else {
                    throw TextFault(
                        isQuoted ? .unclosedQuote : .rowTooLong, at: Place(line: line, column: 1))
                }
                guard try refill() else {
                    guard kept > 0 else { return nil }
                    if isQuoted {
                        throw TextFault(.unclosedQuote, at: Place(line: line, column: 1))
                    }
                    return try take(upTo: start + kept, breakLength: 0, breaks)
                }
                index = start + kept
                continue
            }
            switch buffer[index] {
            case 0x22: isQuoted.toggle()
            case 0x0A where isQuoted: breaks += 1
            case 0x0A: return try take(upTo: index, breakLength: 1, breaks)
            case 0x0D where !isQuoted:
                if index + 1 == buffer.count {
                    let kept = index - start
                    _ = try refill()
                    index = start + kept
                }
                let isPair = index + 1 < buffer.count && buffer[index + 1] == 0x0A
                return try take(upTo: index, breakLength: isPair ? 2 : 1, breaks)
            default: break
            }
            index += 1
        }
    }

    private func take(
        upTo end: Int, breakLength: Int, _ breaks: Int
    ) throws(TextFault) -> (ArraySlice<UInt8>, Int64, Int) {
        guard end - start <= Self.largestRow else {
            throw TextFault(.rowTooLong, at: Place(line: line, column: 1))
        }
        let result = (buffer[start..<end], rowOffset, line)
        rowOffset += Int64(end - start + breakLength)
        start = end + breakLength
        line += breaks + 1
        return result
    }

    /// Drops what was taken and reads more; false at the end of the file.
    private func refill() throws -> Bool {
        buffer.removeSubrange(..<start)
        start = 0
        let isStart = fileOffset == 0
        repeat {
            let piece = try read(fileOffset, 64 * 1024)
            buffer += piece
            fileOffset += Int64(piece.count)
            if piece.isEmpty { return isStart && !buffer.isEmpty }
        } while isStart && buffer.count < Self.mark.count
        if isStart, buffer.starts(with: Self.mark) {
            buffer.removeFirst(Self.mark.count)
            rowOffset = Int64(Self.mark.count)
        }
        return true
    }

    /// The byte order mark that spreadsheets put before UTF-8.
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The separator that stands most often outside quotes in the header.
    private static func separator(of header: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in header {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
        return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
    }
}
