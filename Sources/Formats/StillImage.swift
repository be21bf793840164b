import Files

/// Versions and kinds of pictures that their first bytes leave open.
enum StillImage {
    /// PNG 1.1 brought `iCCP`, `sPLT` and `sRGB`, PNG 1.2 `iTXt`: the chunks tell the version.
    static func pngKey(_ peek: FilePeek) throws(FileFailure) -> String {
        var newer = false
        var offset: Int64 = 8
        // A large picture has thousands of data chunks; past this many the version stays open.
        for _ in 0..<512 {
            let chunk = try peek.look(at: offset, count: 8)
            guard let length = chunk.big(0, 4) else { return "png" }
            if chunk.has("iTXt", at: 4) { return "png-1.2" }
            if chunk.has("acTL", at: 4) { return "png" }
            if chunk.has("IEND", at: 4) { return newer ? "png-1.1" : "png-1.0" }
            if chunk.has("iCCP", at: 4) || chunk.has("sPLT", at: 4) || chunk.has("sRGB", at: 4) {
                newer = true
            }
            offset += Int64(length) + 12
        }
        return "png"
    }

    /// The tag ExifVersion (0x9000) with its four characters, in either order of bytes.
    static func exifKey(_ head: Bytes) -> String {
        let versions = [
            "0200": "exif-2.0", "0210": "exif-2.1", "0220": "exif-2.2", "0221": "exif-2.21",
            "0230": "exif-2.3.x", "0231": "exif-2.3.x",
        ]
        let tag: [UInt8] =
            head.has("MM", at: 12) ? [0x90, 0, 0, 7, 0, 0, 0, 4] : [0, 0x90, 7, 0, 4, 0, 0, 0]
        guard let place = head.find(tag, from: 12), let text = head.slice(place + 8, 4) else {
            return "exif"
        }
        return versions[String(decoding: text, as: UTF8.self)] ?? "exif"
    }

    /// Plain TIFF, unless the first directory has a tag of a format that only builds on TIFF.
    static func tiffKey(_ peek: FilePeek) throws(FileFailure) -> String {
        guard ["tif", "tiff"].contains(peek.suffix) else { return "tiff-other" }
        let isBig = peek.head.has("MM", at: 0)
        func number(_ bytes: Bytes, _ start: Int, _ count: Int) -> Int? {
            isBig ? bytes.big(start, count) : bytes.little(start, count)
        }
        guard let offset = number(peek.head, 4, 4) else { return "tiff-other" }
        let directory = try peek.look(at: Int64(offset), count: 2 + 512 * 12)
        guard let count = number(directory, 0, 2), (1...512).contains(count) else {
            return "tiff-other"
        }
        // GeoTIFF, TIFF/EP, Exif, DNG, TIFF-FX and TIFF/IT.
        let foreign: Set<Int> = [
            33550, 33922, 34735, 34736, 37398, 34665, 50706, 400, 401, 402, 34016, 34017,
        ]
        for index in 0..<count {
            guard let tag = number(directory, 2 + index * 12, 2) else { return "tiff-other" }
            if foreign.contains(tag) { return "tiff-other" }
        }
        return "tiff"
    }
}
