import Files

/// Films and sound in containers that hold several formats.
enum MovingImage {
    /// The brand in `ftyp` (ISO/IEC 14496-12 §4.3); nil when it is a still picture or unknown.
    static func baseMediaKey(_ head: Bytes) -> String? {
        guard let length = head.big(0, 4), length >= 16,
            let brand = head.slice(8, 4).map({ String(decoding: $0, as: UTF8.self) })
        else { return nil }
        if brand == "qt  " { return "mov" }
        let known: Set<String> = ["isom", "iso2", "mp41", "mp42"]
        if known.contains(brand) { return "mp4" }
        guard brand.hasPrefix("M4") || brand == "avc1" || brand.hasPrefix("iso") else { return nil }
        let compatible = stride(from: 16, to: min(length, 80), by: 4).contains { place in
            head.slice(place, 4).map { known.contains(String(decoding: $0, as: UTF8.self)) }
                ?? false
        }
        guard compatible else { return "isom" }
        return brand == "M4A " || brand == "M4B " ? "mp4-audio" : "mp4"
    }

    /// MPEG-1 and MPEG-2 program streams: the bits after the pack start code, then a system header.
    static func programStreamKey(_ peek: FilePeek) -> String {
        let head = peek.head
        guard let mark = head[4], peek.suffix != "vob" else { return "mpeg" }
        if mark >> 4 == 0b0010, head.big(12, 4) == 0x0000_01BB { return "mpeg-1" }
        guard mark >> 6 == 0b01, let stuffing = head[13],
            head.big(14 + Int(stuffing & 7), 4) == 0x0000_01BB
        else { return "mpeg" }
        return "mpeg-2"
    }

    /// Windows Media by the codec of the streams in the header of an ASF file (ASF 3.3).
    static func asfKey(_ peek: FilePeek) throws(FileFailure) -> String {
        guard let length = peek.head.little(16, 4), peek.head.little(20, 4) == 0 else {
            return "asf"
        }
        let header = try peek.look(at: 0, count: length)
        var place = 30
        var sound: String?
        while let size = header.little(place + 16, 4), header.little(place + 20, 4) == 0, size >= 24
        {
            if header.slice(place, 16).map({ Array($0) == streamProperties }) ?? false {
                let type = header.slice(place + 24, 16).map { Array($0) }
                if type == video { return videoKey(header, place) }
                if type == audio {
                    let codec = header.little(place + 78, 2) ?? 0
                    sound = (0x0160...0x0163).contains(codec) ? "wma" : "asf"
                }
            }
            place += size
        }
        return sound ?? "asf"
    }

    private static func videoKey(_ header: Bytes, _ place: Int) -> String {
        switch header.slice(place + 105, 4).map({ String(decoding: $0, as: UTF8.self) }) {
        case "WMV1", "WMV2", "WMV3": "wmv"
        case "WVC1", "WMVA": "wmv-vc1"
        default: "asf"
        }
    }

    private static let streamProperties: [UInt8] = [
        0x91, 0x07, 0xDC, 0xB7, 0xB7, 0xA9, 0xCF, 0x11, 0x8E, 0xE6, 0x00, 0xC0, 0x0C, 0x20, 0x53,
        0x65,
    ]
    private static let audio: [UInt8] = [
        0x40, 0x9E, 0x69, 0xF8, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44,
        0x2B,
    ]
    private static let video: [UInt8] = [
        0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44,
        0x2B,
    ]
}
