import Files

/// Sound without a container: MP3 and AAC, told by three frames that follow each other exactly.
enum AudioFrames {
    /// The row's key; nil when the frames do not follow each other.
    static func key(_ peek: FilePeek) throws(FileFailure) -> String? {
        var start: Int64 = 0
        if peek.head.has("ID3", at: 0) {
            guard let sizes = peek.head.slice(6, 4), sizes.allSatisfy({ $0 < 0x80 }) else {
                return nil
            }
            let footer = (peek.head[5] ?? 0) & 0x10 == 0 ? 0 : 10
            start = Int64(10 + footer + sizes.reduce(0) { $0 << 7 | Int($1) })
        }
        if try framesFollow(peek, from: start, length: layerThreeLength) { return "mp3" }
        return try framesFollow(peek, from: start, length: transportLength) ? "aac" : nil
    }

    private static func framesFollow(
        _ peek: FilePeek, from start: Int64, length: (Bytes) -> Int?
    ) throws(FileFailure) -> Bool {
        var place = start
        for _ in 0..<3 {
            guard let frame = length(try peek.look(at: place, count: 8)) else { return false }
            place += Int64(frame)
        }
        return true
    }

    /// Length of an MPEG audio layer III frame from its header (ISO/IEC 11172-3 §2.4.2.3).
    private static func layerThreeLength(_ header: Bytes) -> Int? {
        guard let word = header.big(0, 4), word >> 21 == 0x7FF, word >> 17 & 3 == 1 else {
            return nil
        }
        let version = word >> 19 & 3
        let rateIndex = word >> 10 & 3
        let bitIndex = word >> 12 & 15
        guard version != 1, rateIndex != 3, (1...14).contains(bitIndex) else { return nil }
        let kilobits =
            version == 3
            ? [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320][bitIndex]
            : [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160][bitIndex]
        let rate = [44_100, 48_000, 32_000][rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
        return (version == 3 ? 144_000 : 72_000) * kilobits / rate + (word >> 9 & 1)
    }

    /// Length of an ADTS frame of AAC (ISO/IEC 13818-7 §6.2).
    private static func transportLength(_ header: Bytes) -> Int? {
        guard let sync = header.big(0, 2), sync & 0xFFF6 == 0xFFF0,
            let rest = header.big(2, 4), rest >> 26 & 15 < 13
        else { return nil }
        let length = rest >> 5 & 0x1FFF
        return length >= 7 ? length : nil
    }
}
