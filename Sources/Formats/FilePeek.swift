import Files

/// A file to be identified: its first bytes, and further ones only by bounded looks.
struct FilePeek {
    /// No single look is longer.
    static let longestLook = 256 * 1024
    static let headLength = 4096

    let size: Int64
    /// The extension of its name in small letters, empty when there is none.
    let suffix: String
    let head: Bytes
    private let file: any OpenFile

    init(_ file: any OpenFile, name: String, size: Int64) throws(FileFailure) {
        self.file = file
        self.size = max(0, size)
        suffix = Self.suffix(of: name)
        head = try Self.read(file, at: 0, count: Self.headLength)
    }

    /// The bytes at a place: fewer at the file's end, none outside it.
    func look(at offset: Int64, count: Int) throws(FileFailure) -> Bytes {
        guard offset >= 0, offset < size, count > 0 else { return Bytes([]) }
        let wanted = Int(min(Int64(min(count, Self.longestLook)), size - offset))
        return try Self.read(file, at: offset, count: wanted)
    }

    private static func read(
        _ file: any OpenFile, at offset: Int64, count: Int
    ) throws(FileFailure) -> Bytes {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let start = filled
            // The closure of an array's buffer cannot throw a typed error, hence the result.
            let result: Result<Int, FileFailure> = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
                do throws(FileFailure) {
                    return .success(try file.read(into: rest, at: offset + Int64(start)))
                } catch {
                    return .failure(error)
                }
            }
            let got = try result.get()
            guard got > 0 else { break }
            filled += min(got, count - filled)
        }
        return Bytes(Array(bytes[..<filled]))
    }

    private static func suffix(of name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: 0x2E), dot != name.utf8.startIndex else {
            return ""
        }
        let rest = name.utf8[name.utf8.index(after: dot)...]
        guard rest.count <= 16, rest.allSatisfy({ $0 < 0x80 }) else { return "" }
        return String(Substring(rest)).lowercased()
    }
}
