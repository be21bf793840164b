import Files
package import SystemPackage

/// What `--ids` takes: identifiers or codes, comma-separated, or a file with one a line.
package enum IdentifierList {
    private static let limit = 64 * 1024 * 1024

    /// The names in a text such as `A,B`.
    package static func reading(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// The names in a file, one a line; empty lines say nothing.
    package static func reading(file path: FilePath, in world: World) throws -> [String] {
        guard try world.volume.status(path) != nil else {
            throw ArchiveFailure(.noPath, subject: path.string)
        }
        guard let bytes = try world.volume.readIfSmall(path, limit: limit) else {
            throw ArchiveFailure(
                .usage, subject: path.string, ["detail": "--ids: > \(limit) byte"])
        }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}
