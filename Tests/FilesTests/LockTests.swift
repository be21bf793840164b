import Files
import Foundation
import SystemPackage
import Testing

@Suite struct LockTests {
    private let volume = DiskVolume()
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `is held by one taker until its last reference goes`() throws {
        do {
            let first = try #require(try volume.lock(scratch("lock")))

            // `flock` locks belong to what `open` made, so a second one meets the first even here.
            #expect(try volume.lock(scratch("lock")) == nil)
            #expect(try volume.lock(scratch("other")) != nil)
            withExtendedLifetime(first) {}
        }

        #expect(try volume.lock(scratch("lock")) != nil)
    }

    @Test func `keeps another process out`() throws {
        guard try Self.tryLocking(scratch("free")) else { return print("not run: flock absent") }
        let held = try #require(try volume.lock(scratch("lock")))

        let isTaken = try Self.tryLocking(scratch("lock"))
        withExtendedLifetime(held) {}

        #expect(!isTaken)
    }

    @Test func `leaves a note for those who find it taken`() throws {
        let lock = try #require(try volume.lock(scratch("lock")))

        try lock.note("a long first note: package, os:lan, 2026-11-22\n")
        try lock.note("audit\n")

        #expect(try volume.readAll(scratch("lock"), limit: 1000) == Array("audit\n".utf8))
    }

    @Test func `keeps the note of the last holder until the next writes one`() throws {
        try volume.lock(scratch("lock"))?.note("package")

        let next = try #require(try volume.lock(scratch("lock")))

        #expect(try volume.readAll(scratch("lock"), limit: 1000) == Array("package".utf8))
        withExtendedLifetime(next) {}
    }

    /// Whether the `flock` program of the system gets the lock.
    private static func tryLocking(_ path: FilePath) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["flock", "-n", path.string, "true"]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
