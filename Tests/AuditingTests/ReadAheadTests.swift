import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import Storage
import Synchronization
import SystemPackage
import Testing

@testable import Auditing

/// Files read side by side, by one reader and by two.
@Suite struct ReadAheadTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// Files of many sizes, with their digests.
    private func files() throws -> [(path: FilePath, size: Int64, digest: ContentDigest)] {
        let sizes = [0, 1, 127, 128, 1 << 20, (1 << 20) + 1, 3_333_333, 2 << 20, 77]
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        return try (0..<30).map { number in
            let size = sizes[number % sizes.count]
            let bytes = [UInt8](repeating: UInt8(number + 1), count: size)
            let path = folder.path("tep-\(number)")
            try DiskVolume().writeSynchronized(bytes, to: path)
            let sha512 = try #require(
                Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes)))
            return (path, Int64(size), ContentDigest(sha512: sha512, size: Int64(size)))
        }
    }

    @Test(arguments: [1, 2])
    func `every file's digest and size are right, whoever reads it`(cores: Int) throws {
        let files = try files()
        var told = 0
        let ahead = ReadAhead(volume: DiskVolume(), cores: cores) { told += $0 }

        let numbers = files.map { ahead.add([($0.path, $0.size)]) }
        let found = try numbers.map { try ahead.outcomes(of: $0)[0].get() }

        #expect(found == files.map(\.digest))
        #expect(told == Int(files.reduce(0) { $0 + $1.size }))
    }

    @Test(arguments: [1, 2])
    func `a size that is not what the file has changes nothing`(cores: Int) throws {
        let files = try files()
        let ahead = ReadAhead(volume: DiskVolume(), cores: cores) { _ in }

        let numbers = ahead.add(files.map { ($0.path, $0.size * 3 % 5_000_000) })
        let found = try ahead.outcomes(of: numbers).map { try $0.get() }

        #expect(found == files.map(\.digest))
    }

    @Test(arguments: [1, 2])
    func `what cannot be read says why, and a file named twice is read twice`(cores: Int) throws {
        let files = try files()
        let link = folder.path("lien-ket")
        try FileManager.default.createSymbolicLink(
            atPath: link.string, withDestinationPath: files[0].path.string)
        let ahead = ReadAhead(volume: DiskVolume(), cores: cores) { _ in }

        let first = ahead.add([
            (files[6].path, files[6].size), (link, 1), (folder.path("không có"), 9 << 30),
        ])
        let second = ahead.add([(files[6].path, files[6].size)])
        let outcomes = try ahead.outcomes(of: first)

        #expect(try ahead.outcomes(of: second) == [.success(files[6].digest)])
        #expect(outcomes[0] == .success(files[6].digest))
        #expect(
            outcomes[1]
                == .failure(FileFailure(.open, link, .tooManySymbolicLinkLevels)))
        #expect(
            outcomes[2]
                == .failure(
                    FileFailure(.open, folder.path("không có"), .noSuchFileOrDirectory)))
    }

    @Test(arguments: [1, 2])
    func `files whose reading was stopped are gone on with where it ended`(cores: Int) throws {
        struct Stopped: Error {}
        let files = try files().filter { $0.size > 1 << 20 }
        let watched = CountedVolume()
        var told = 0
        let first = ReadAhead(volume: watched, cores: cores) { count in
            told += count
            if told > 5 << 20 { throw Stopped() }
        }
        let numbers = first.add(files.map { ($0.path, $0.size) })
        #expect(throws: Stopped.self) { try first.outcomes(of: numbers) }

        let extents = numbers.reduce(into: [Int: FileReading.Extent]()) {
            $0[$1] = first.extentSoFar(of: $1)
        }
        let second = ReadAhead(volume: watched, cores: cores) { _ in }
        let rest = second.add(files.map { ($0.path, $0.size) }, read: extents)
        let found = try second.outcomes(of: rest).map { try $0.get() }

        #expect(found == files.map(\.digest))
        #expect(extents.values.contains { if case .part = $0 { true } else { false } })
        #expect(watched.bytes == files.reduce(0) { $0 + $1.size })
    }

    @Test(arguments: [1, 2])
    func `a throw of the progress stops both readers`(cores: Int) throws {
        struct Stopped: Error {}
        let path = folder.path("rỗng")
        let size: Int64 = 64 << 20
        let file = try DiskVolume().create(path, permissions: .everybodyReads)
        try file.truncate(to: size)
        let watched = CountedVolume()
        do {
            let ahead = ReadAhead(volume: watched, cores: cores) { _ in throw Stopped() }
            let numbers = ahead.add(Array(repeating: (path, size), count: 40))
            #expect(throws: Stopped.self) { try ahead.outcomes(of: numbers) }
        }

        // Each lane was at its first pieces, and nothing is read after the end.
        let read = watched.bytes
        #expect(read > 0 && read < 256 << 20)
        usleep(20_000)
        #expect(watched.bytes == read)
    }
}

/// A disk that counts the bytes read of it.
private final class CountedVolume: Volume {
    private let disk = DiskVolume()
    private let count = Mutex(Int64(0))

    var bytes: Int64 { count.withLock { $0 } }

    func note(_ more: Int) { count.withLock { $0 += Int64(more) } }

    func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        CountedFile(try disk.open(path), self)
    }
    func create(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
        -> any OpenFile
    {
        try disk.create(path, permissions: permissions)
    }
    func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try disk.openForAppending(path, permissions: permissions)
    }
    func status(_ path: FilePath) throws(FileFailure) -> FileStatus? { try disk.status(path) }
    func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] { try disk.list(path) }
    func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        try disk.makeFolder(path, permissions: permissions)
    }
    func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        try disk.link(path, as: name)
    }
    func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        try disk.rename(path, to: target)
    }
    func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        try disk.replace(target, with: path)
    }
    func remove(_ path: FilePath) throws(FileFailure) { try disk.remove(path) }
    func removeFolder(_ path: FilePath) throws(FileFailure) { try disk.removeFolder(path) }
    func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        try disk.synchronizeFolder(path)
    }
    func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? { try disk.lock(path) }
    func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 { try disk.freeSpace(path) }
}

/// An open file of a disk that counts.
private final class CountedFile: OpenFile {
    private let file: any OpenFile
    private let volume: CountedVolume

    init(_ file: any OpenFile, _ volume: CountedVolume) {
        self.file = file
        self.volume = volume
    }

    var path: FilePath { file.path }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    {
        let count = try file.read(into: buffer, at: offset)
        volume.note(count)
        return count
    }
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        try file.write(bytes, at: offset)
    }
    func synchronize() throws(FileFailure) { try file.synchronize() }
    func status() throws(FileFailure) -> FileStatus { try file.status() }
    func truncate(to size: Int64) throws(FileFailure) { try file.truncate(to: size) }
    func close() throws(FileFailure) { try file.close() }
}
