import Foundation
import Records

/// Some files of a tar in one row: of each name only what differs from the one before, as a row each costs far more.
struct EntryPage {
    /// A page is full with so many bytes or entries, so that reading one takes little memory.
    private static let mostBytes = 32 << 10
    private static let mostEntries = 512

    private(set) var bytes: [UInt8] = []
    private var name: [UInt8] = []
    private var end: Int64 = 0
    private(set) var count = 0

    var isFull: Bool { count >= Self.mostEntries || bytes.count >= Self.mostBytes }

    /// Takes the next file of the tar; files of one tar lie one after another.
    mutating func add(_ entry: CatalogedEntry) throws(CatalogFailure) {
        guard entry.offset >= end, entry.size >= 0,
            !entry.offset.addingReportingOverflow(entry.size).overflow
        else { throw CatalogFailure(.value) }
        let path = entry.path.bytes
        let shared = Self.sharedCount(name, path)
        put(shared)
        put(path.count - shared)
        bytes += path[shared...]
        put(Int(entry.offset - end))
        put(Int(entry.size))
        name = path
        end = entry.offset + entry.size
        count += 1
    }

    /// Gives the files of a page in order until told false; a damaged page is a failure.
    static func forEach(in page: Data, _ body: (CatalogedEntry) throws -> Bool) throws {
        var reader = Reader(bytes: [UInt8](page))
        var name: [UInt8] = []
        var end: Int64 = 0
        while !reader.isAtEnd {
            let shared = try reader.number()
            guard shared <= name.count else { throw CatalogFailure(.damaged) }
            name.removeSubrange(shared...)
            name += try reader.bytes(try reader.number())
            let (offset, isBeyond) = end.addingReportingOverflow(Int64(try reader.number()))
            let size = Int64(try reader.number())
            let (next, isTooLong) = offset.addingReportingOverflow(size)
            guard !isBeyond, !isTooLong else { throw CatalogFailure(.damaged) }
            end = next
            let entry = CatalogedEntry(path: RelativePath(bytes: name), offset: offset, size: size)
            guard try body(entry) else { return }
        }
    }

    /// How many bytes two names begin with alike; compared eight at a time.
    private static func sharedCount(_ one: [UInt8], _ other: [UInt8]) -> Int {
        one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                let most = min(one.count, other.count)
                var place = 0
                while most - place >= 8 {
                    let differing =
                        one.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                        ^ other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    guard differing == 0 else {
                        return place + differing.littleEndian.trailingZeroBitCount / 8
                    }
                    place += 8
                }
                while place < most, one[place] == other[place] { place += 1 }
                return place
            }
        }
    }

    /// Seven bits to a byte, the lowest first, the eighth saying that more follow.
    private mutating func put(_ number: Int) {
        var rest = UInt64(number)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Reads what `put` wrote.
    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        var isAtEnd: Bool { index == bytes.count }

        mutating func number() throws(CatalogFailure) -> Int {
            var value: UInt64 = 0
            for shift in stride(from: 0, to: 63, by: 7) {
                guard index < bytes.count else { break }
                let byte = bytes[index]
                index += 1
                value |= UInt64(byte & 0x7F) << UInt64(shift)
                if byte < 0x80 { return Int(value) }
            }
            throw CatalogFailure(.damaged)
        }

        mutating func bytes(_ count: Int) throws(CatalogFailure) -> ArraySlice<UInt8> {
            guard count <= bytes.count - index else { throw CatalogFailure(.damaged) }
            index += count
            return bytes[(index - count)..<index]
        }
    }
}
