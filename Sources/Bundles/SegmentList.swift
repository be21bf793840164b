import Cryptography
import Records

/// The `.segments` file: where a tar is damaged, to the MiB (`design.md` §4.3).
package enum SegmentList {
    /// Bytes of the tar that one digest covers.
    package static let segmentSize = 1 << 20

    /// Bytes of the segments that are hashed side by side.
    package static let groupSize = segmentSize * LaneDigests.width

    /// The digests of the segments of a piece that begins with one, in their order.
    static func digests(of piece: UnsafeRawBufferPointer) -> [[UInt8]] {
        LaneDigests.sha512(of: slices(of: piece))
    }

    /// A piece cut into segments; the last may be shorter.
    static func slices(of piece: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
        stride(from: 0, to: piece.count, by: segmentSize).map { start in
            UnsafeRawBufferPointer(
                rebasing: piece[start..<min(piece.count, start + segmentSize)])
        }
    }

    /// The first line for a tar of this length, with its line break.
    package static func heading(tarLength: Int64) -> String {
        "luutru-segments 1 sha512 \(segmentSize) \(tarLength)\n"
    }

    /// The tar length that a first line states; nil when it is another line.
    package static func tarLength(heading: some StringProtocol) -> Int64? {
        let parts = heading.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 5, let length = Int64(parts[4]), length >= 0,
            heading + "\n" == Self.heading(tarLength: length)
        else { return nil }
        return length
    }

    /// How many segments a tar of this length has.
    package static func count(tarLength: Int64) -> Int64 {
        (tarLength + Int64(segmentSize) - 1) / Int64(segmentSize)
    }
}
