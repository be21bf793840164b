import Files
import Glibc
import SystemPackage
import Testing

@Suite struct DiskVolumeTests {
    private let volume = DiskVolume()
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `refuses to create what exists and leaves it as it is`() throws {
        try volume.writeSynchronized([1, 2, 3], to: scratch("a"))

        let failure = #expect(throws: FileFailure.self) {
            try volume.create(scratch("a"), permissions: .everybodyReads)
        }

        #expect(failure == FileFailure(.create, scratch("a"), .fileExists))
        #expect(try volume.readAll(scratch("a"), limit: 10) == [1, 2, 3])
    }

    @Test func `refuses to create through a link that leads nowhere`() throws {
        symlink("target", scratch("link").string)

        #expect(throws: FileFailure(.create, scratch("link"), .fileExists)) {
            try volume.create(scratch("link"), permissions: .everybodyReads)
        }
        #expect(try volume.status(scratch("target")) == nil)
    }

    @Test func `refuses to rename over anything`() throws {
        try volume.writeSynchronized([1], to: scratch("a"))
        try volume.writeSynchronized([2], to: scratch("b"))
        try volume.makeFolder(scratch("empty"), permissions: .everybodyEnters)
        symlink("nowhere", scratch("link").string)

        for target in ["b", "empty", "link", "a"] {
            #expect(throws: FileFailure(.rename, scratch(target), .fileExists)) {
                try volume.rename(scratch("a"), to: scratch(target))
            }
        }
        #expect(try volume.readAll(scratch("a"), limit: 10) == [1])
        #expect(try volume.readAll(scratch("b"), limit: 10) == [2])
    }

    @Test func `renames and replaces`() throws {
        try volume.writeSynchronized([1], to: scratch("a"))
        try volume.writeSynchronized([2], to: scratch("b"))

        try volume.rename(scratch("a"), to: scratch("c"))
        try volume.replace(scratch("b"), with: scratch("c"))

        #expect(try volume.list(scratch.path).map(\.name.string) == ["b"])
        #expect(try volume.readAll(scratch("b"), limit: 10) == [1])
    }

    @Test func `lists names in the order of their bytes, with their kinds`() throws {
        for name in ["b", "a.txt", "B", "\u{1EBF}", "e\u{302}\u{301}", ".hidden", "a"] {
            try volume.writeSynchronized([], to: scratch(name))
        }
        try volume.makeFolder(scratch("folder"), permissions: .everybodyEnters)
        symlink("folder", scratch("link").string)
        mkfifo(scratch("pipe").string, 0o644)

        let entries = try volume.list(scratch.path)

        #expect(
            entries.map { Array($0.name.bytes) }
                == entries.map { $0.name.bytes }.sorted {
                    $0.lexicographicallyPrecedes($1)
                })
        #expect(entries.count == 10)
        let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.name.bytes, $0.kind) })
        #expect(kinds[Array("folder".utf8)] == .folder)
        #expect(kinds[Array("link".utf8)] == .link)
        #expect(kinds[Array("pipe".utf8)] == .device)
        #expect(kinds[Array("a.txt".utf8)] == .file)
    }

    @Test(
        arguments: [
            Array("e\u{302}\u{301} hồ sơ".utf8), Array("\u{1EBF}".utf8), [0xFF, 0xFE, 0x41], [0xC3],
            [0x0A],
            [0x20], Array("*".utf8), Array("\\".utf8), [0x1B, 0x5B, 0x31, 0x6D],
            [UInt8](repeating: 0x61, count: 255),
        ] as [[UInt8]])
    func `keeps a name byte for byte`(_ name: [UInt8]) throws {
        let file = scratch.path.appending(bytes: name)

        try volume.writeSynchronized([7], to: file)
        let found = try #require(try volume.list(scratch.path).first)

        #expect(found.name.bytes == name)
        #expect(try volume.readAll(scratch.path.appending(found.name), limit: 1) == [7])
        #expect(try volume.status(file)?.size == 1)
        try volume.remove(file)
        #expect(try volume.list(scratch.path).isEmpty)
    }

    @Test(.timeLimit(.minutes(1)))
    func `opens a pipe without waiting for its other end`() throws {
        mkfifo(scratch("pipe").string, 0o644)

        let pipe = try volume.open(scratch("pipe"))

        #expect(try pipe.status().kind == .device)
        #expect(throws: FileFailure(.open, scratch("pipe"), .invalidArgument)) {
            try volume.readAll(scratch("pipe"), limit: 10)
        }
    }

    @Test func `does not follow a link as the last part`() throws {
        try volume.writeSynchronized([1], to: scratch("a"))
        symlink("a", scratch("link").string)

        #expect(throws: FileFailure(.open, scratch("link"), .tooManySymbolicLinkLevels)) {
            try volume.open(scratch("link"))
        }
        #expect(throws: FileFailure(.open, scratch("link"), .tooManySymbolicLinkLevels)) {
            try volume.openForAppending(scratch("link"), permissions: .everybodyReads)
        }
        #expect(throws: FileFailure(.lock, scratch("link"), .tooManySymbolicLinkLevels)) {
            try volume.lock(scratch("link"))
        }
        #expect(try volume.status(scratch("link"))?.kind == .link)
    }

    @Test func `says nothing stands where nothing stands`() throws {
        try volume.writeSynchronized([1], to: scratch("a"))

        #expect(try volume.status(scratch("none")) == nil)
        #expect(try volume.status(scratch("none/inner")) == nil)
        #expect(try volume.status(scratch("a/inner")) == nil)
    }

    @Test func `says size, times, kind and permissions`() throws {
        try volume.writeSynchronized([1, 2, 3], to: scratch("a"), permissions: .ownerOnly)
        var times = [
            timespec(tv_sec: -1, tv_nsec: 999_999_000), timespec(tv_sec: -1, tv_nsec: 999_999_000),
        ]
        #expect(utimensat(AT_FDCWD, scratch("a").string, &times, 0) == 0)

        let status = try #require(try volume.status(scratch("a")))

        #expect(status.kind == .file && status.size == 3 && status.permissions == 0o600)
        #expect(status.modified == -1)
        #expect(try volume.open(scratch("a")).status() == status)
    }

    @Test func `reads and writes where it is told, and beyond the end`() throws {
        let file = try volume.create(scratch("a"), permissions: .everybodyReads)

        try file.append([1, 2, 3], at: 4)
        try file.append([9], at: 0)
        try file.append([], at: 0)

        #expect(try file.bytes(at: 0, count: 100) == [9, 0, 0, 0, 1, 2, 3])
        #expect(try file.bytes(at: 5, count: 1) == [2])
        #expect(try file.bytes(at: 100, count: 5) == [])
        try file.truncate(to: 1)
        #expect(try file.status().size == 1)
        try file.close()
        try file.close()
        #expect(throws: FileFailure(.write, scratch("a"), .badFileDescriptor)) {
            try file.append([1], at: 0)
        }
    }

    @Test func `adds at the end whatever place is asked`() throws {
        for byte in [UInt8(1), 2, 3] {
            let file = try volume.openForAppending(scratch("log"), permissions: .everybodyReads)
            try file.append([byte], at: 0)
        }

        #expect(try volume.readAll(scratch("log"), limit: 10) == [1, 2, 3])
    }

    @Test func `gives a file in pieces from any place`() throws {
        let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        try volume.writeSynchronized(content, to: scratch("a"))
        var pieces: [[UInt8]] = []
        var places: [Int64] = []

        try volume.open(scratch("a")).forEachPiece(from: 10, in: WorkBuffer(count: 300)) {
            piece, place in
            pieces.append(Array(piece))
            places.append(place)
        }

        #expect(pieces.map(\.count) == [300, 300, 300, 90])
        #expect(places == [10, 310, 610, 910])
        #expect(pieces.flatMap { $0 } == Array(content[10...]))
    }

    @Test func `measures free space`() throws {
        #expect(try volume.freeSpace(scratch.path) >= 0)
        #expect(throws: FileFailure(.freeSpace, scratch("none"), .noSuchFileOrDirectory)) {
            try volume.freeSpace(scratch("none"))
        }
    }
}
