import Cryptography
import Files
import Records
import SystemPackage

/// A file being written whose SHA-512 is taken on the way.
struct DigestingOutput {
    private let file: any OpenFile
    private let hasher = Hasher(.sha512)
    private(set) var size: Int64 = 0

    init(_ file: any OpenFile) { self.file = file }

    mutating func append(_ bytes: [UInt8]) throws {
        try file.append(bytes, at: size)
        hasher.update(bytes)
        size += Int64(bytes.count)
    }

    mutating func append(_ piece: UnsafeRawBufferPointer) throws {
        try file.write(piece, at: size)
        hasher.update(piece)
        size += Int64(piece.count)
    }

    func finish() -> Digest {
        return Digest(sha512: hasher.finalizeAndReset())
    }
}

extension StagedFile {
    /// Writes a small file into staging and brings its bytes to the disk.
    static func write(
        _ bytes: [UInt8], as name: String, in staging: FilePath, volume: any Volume
    ) throws -> StagedFile {
        let path = staging.appending(name)
        let file = try volume.create(path, permissions: .everybodyReads)
        var output = DigestingOutput(file)
        try output.append(bytes)
        try file.synchronize()
        try file.close()
        return StagedFile(name: name, path: path, size: output.size, sha512: output.finish())
    }
}
