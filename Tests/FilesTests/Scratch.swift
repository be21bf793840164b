import Foundation
import SystemPackage

/// A folder of a test's own, removed with its last reference.
final class Scratch {
    let path: FilePath

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "luutru-files-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = FilePath(url.path(percentEncoded: false))
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// Something in the folder.
    func callAsFunction(_ name: String) -> FilePath { path.appending(name) }
}
