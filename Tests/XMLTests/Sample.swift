import Foundation

/// What the tests of this target share.
enum Sample {
    /// A source that gives text in pieces of at most some bytes.
    static func source(
        _ text: String, piece: Int = .max
    ) -> (UnsafeMutableRawBufferPointer) throws -> Int {
        let bytes = Array(text.utf8)
        var offset = 0
        return { buffer in
            let count = min(buffer.count, bytes.count - offset, piece)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
    }

    /// The fixtures that lie beside the package; nil, said aloud, when they do not.
    static func fixtures(_ folder: String) -> URL? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let place = root.appending(path: "../shared/fixtures/" + folder)
        guard FileManager.default.fileExists(atPath: place.path) else {
            print("not run: fixtures absent")
            return nil
        }
        return place
    }
}

/// What a source throws when its disk fails.
struct SourceFailure: Error, Equatable {
    let number: Int
}
