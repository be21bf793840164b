/// What an object store answered before the body: the status and its headers.
package struct S3Head: Sendable {
    package internal(set) var status = 0
    /// Values by name in small letters.
    private var fields: [String: String] = [:]

    /// The most headers kept, and the most bytes of each; a store that needs more is none.
    private static let mostFields = 100
    private static let longestField = 4096

    /// The value of a header whose name is given in small letters.
    package subscript(_ name: String) -> String? { fields[name] }

    package var isSuccess: Bool { (200..<300).contains(status) }

    /// Takes a line as it came; a status line begins anew, since "100 Continue" has headers of its own.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        if line.starts(with: "HTTP/".utf8) {
            fields = [:]
            return
        }
        guard line.count <= Self.longestField, fields.count < Self.mostFields,
            let colon = line.firstIndex(of: UInt8(ascii: ":"))
        else { return }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        let end = value.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? value.startIndex
        fields[name] = String(decoding: value[..<end], as: UTF8.self)
    }
}

/// A whole answer; the body is empty where it was handed on in pieces.
package struct S3Response: Sendable {
    package let head: S3Head
    package let body: [UInt8]
}

/// What becomes of the body of a good answer.
package enum S3Taking {
    /// Kept, up to so many bytes.
    case whole(limit: Int)
    /// Handed on as it comes, up to so many bytes; the head is judged before the first of them.
    case pieces(
        limit: Int64, judge: (S3Head) throws -> Void, take: (UnsafeRawBufferPointer) throws -> Void)
}
