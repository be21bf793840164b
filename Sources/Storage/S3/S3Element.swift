import XML

/// An element of what an object store answers, with its text and the elements in it; the store is not trusted.
struct S3Element {
    /// The name without a prefix.
    let name: String
    private(set) var text = ""
    private(set) var children: [S3Element] = []

    /// More elements than a page of a listing has.
    private static let mostElements = 50_000
    private static let deepest = 12

    private init(name: String) {
        self.name = name.split(separator: ":").last.map { String($0) } ?? name
    }

    /// The text of the first element in this one with a name.
    subscript(_ name: String) -> String? { children.first { $0.name == name }?.text }

    /// Reads a document without a document type.
    static func read(_ bytes: [UInt8]) throws -> S3Element {
        var offset = 0
        let reader = try XMLReader { buffer in
            let count = min(buffer.count, bytes.count - offset)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
        var open: [S3Element] = []
        var root: S3Element?
        var count = 0
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                count += 1
                guard count <= mostElements, open.count < deepest else { throw TooMuch() }
                open.append(S3Element(name: name))
            case .text(let text): open[open.count - 1].text += text
            case .end:
                let closed = open.removeLast()
                if open.isEmpty {
                    root = closed
                } else {
                    open[open.count - 1].children.append(closed)
                }
            }
        }
        guard let root else { throw TooMuch() }
        return root
    }

    /// More than an answer has, or nothing.
    private struct TooMuch: Error {}
}
