package import Files
package import Network
package import SystemPackage

extension S3Credentials {
    /// Reads the two keys from a file that nobody but its owner can read.
    package static func read(_ path: FilePath, volume: any Volume) throws -> S3Credentials {
        let failure = S3Failure(.keyFile, subject: path.string)
        guard try volume.status(path) != nil else { throw failure }
        let file = try volume.open(path)
        let status = try file.status()
        guard status.kind == .file, status.permissions & 0o077 == 0,
            status.size <= Int64(largestFile),
            let credentials = S3Credentials(
                lines: try file.bytes(at: 0, count: Int(status.size)))
        else { throw failure }
        return credentials
    }
}
