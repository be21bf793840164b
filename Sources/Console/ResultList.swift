package import Records

/// Results of which there may be tens of thousands, written many at a time.
package struct ResultList {
    private let face: Face
    private var waiting = ""
    /// Bytes that are written together.
    private static let most = 64 * 1024

    package init(_ face: Face) { self.face = face }

    /// Takes the next result, which is written at the latest by `finish`.
    package mutating func give(
        _ kind: String, _ payload: @autoclosure () -> JSONValue, text: @autoclosure () -> String
    ) {
        waiting += face.line(kind, payload(), text: text())
        if waiting.utf8.count >= Self.most { finish() }
    }

    /// Writes what is left.
    package mutating func finish() {
        if !waiting.isEmpty { Stream.results.write(waiting) }
        waiting = ""
    }
}
