import Records

/// Compares a `.segments` file with the segments of a tar that was read.
enum SegmentComparison {
    enum Result {
        /// Not a `.segments` file of a tar of this length.
        case malformed
        /// Numbers of the segments that differ, counted from 0.
        case damaged([Int])
    }

    static func damaged(_ bytes: [UInt8], _ pass: TarPass) -> Result {
        guard let end = bytes.firstIndex(of: 0x0A),
            let length = SegmentList.tarLength(
                heading: String(decoding: bytes[..<end], as: UTF8.self))
        else { return .malformed }
        let count = Int(clamping: SegmentList.count(tarLength: length))
        let body = bytes[(end + 1)...]
        guard body.count == count * 129 else { return .malformed }
        var numbers: [Int] = []
        let readCount = pass.segmentDigests.count / 64
        for number in 0..<count {
            let line = body[
                (body.startIndex + number * 129)..<(body.startIndex + (number + 1) * 129)]
            guard line.last == 0x0A,
                let stated = Hexadecimal.bytes(of: String(decoding: line.dropLast(), as: UTF8.self))
            else { return .malformed }
            let isSame =
                number < readCount
                && stated.elementsEqual(pass.segmentDigests[(number * 64)..<(number * 64 + 64)])
            if !isSame { numbers.append(number) }
        }
        // What was appended to the tar lies in segments that the list does not have.
        numbers += Array(count..<max(count, readCount))
        if numbers.isEmpty, length != pass.length { return .damaged([max(0, count - 1)]) }
        return .damaged(numbers)
    }
}
