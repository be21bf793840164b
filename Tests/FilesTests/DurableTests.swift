import Files
import Glibc
import SystemPackage
import Testing

@Suite struct DurableTests {
    private let volume = DiskVolume()
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `leaves the file and nothing aside`() throws {
        try volume.writeDurably([1, 2], to: scratch("a"), permissions: .ownerOnly)

        #expect(try volume.list(scratch.path).map(\.name.string) == ["a"])
        #expect(try volume.readAll(scratch("a"), limit: 10) == [1, 2])
        #expect(try volume.status(scratch("a"))?.permissions == 0o600)
    }

    @Test func `refuses to write over what exists`() throws {
        try volume.writeDurably([1], to: scratch("a"))

        #expect(throws: FileFailure(.rename, scratch("a"), .fileExists)) {
            try volume.writeDurably([2], to: scratch("a"))
        }
        #expect(try volume.readAll(scratch("a"), limit: 10) == [1])
    }

    @Test func `replaces what a crash left aside`() throws {
        try volume.writeSynchronized([9, 9, 9], to: scratch(".a.aside"))

        try volume.writeDurably([1], to: scratch("a"))

        #expect(try volume.list(scratch.path).map(\.name.string) == ["a"])
        #expect(try volume.readAll(scratch("a"), limit: 10) == [1])
    }

    @Test func `does not write through a link left aside`() throws {
        try volume.writeSynchronized([9], to: scratch("victim"))
        symlink("victim", scratch(".a.aside").string)

        try volume.writeDurably([1], to: scratch("a"))

        #expect(try volume.readAll(scratch("victim"), limit: 10) == [9])
        #expect(try volume.status(scratch("a"))?.kind == .file)
    }

    @Test func `makes the folders that are missing and keeps those there`() throws {
        try volume.makeFolders(scratch("a/b/c"))
        try volume.makeFolders(scratch("a/b/c"))
        try volume.makeFolders(scratch("a/b/d"))

        #expect(try volume.list(scratch("a/b")).map(\.name.string) == ["c", "d"])
    }

    @Test func `removes a tree and nothing that its links lead to`() throws {
        try volume.makeFolders(scratch("tree/deep/deeper"))
        try volume.makeFolders(scratch("outside"))
        try volume.writeSynchronized([1], to: scratch("outside/kept"))
        try volume.writeSynchronized([1], to: scratch("tree/deep/file"))
        symlink("../../outside", scratch("tree/deep/link").string)
        symlink("../outside/kept", scratch("tree/file-link").string)
        mkfifo(scratch("tree/pipe").string, 0o644)

        try volume.removeTree(scratch("tree"))

        #expect(try volume.list(scratch.path).map(\.name.string) == ["outside"])
        #expect(try volume.readAll(scratch("outside/kept"), limit: 1) == [1])
    }

    @Test func `removes a link itself when the tree is one`() throws {
        try volume.makeFolders(scratch("outside/inner"))
        symlink("outside", scratch("link").string)

        try volume.removeTree(scratch("link"))
        try volume.removeTree(scratch("never there"))

        #expect(try volume.list(scratch.path).map(\.name.string) == ["outside"])
        #expect(try volume.list(scratch("outside")).count == 1)
    }

    @Test func `reads a small file and gives nothing for a larger one`() throws {
        try volume.writeSynchronized([1, 2, 3], to: scratch("a"))

        #expect(try volume.readIfSmall(scratch("a"), limit: 3) == [1, 2, 3])
        #expect(try volume.readIfSmall(scratch("a"), limit: 2) == nil)
        #expect(throws: FileFailure(.open, scratch("none"), .noSuchFileOrDirectory)) {
            try volume.readIfSmall(scratch("none"), limit: 2)
        }
    }
}
