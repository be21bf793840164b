import Files
import SystemPackage
import Testing

@Suite struct FileFailureTests {
    private let volume = DiskVolume()
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try volume.writeSynchronized([1], to: scratch("file"))
        try volume.makeFolder(scratch("folder"), permissions: .everybodyEnters)
        try volume.writeSynchronized([1], to: scratch("folder/inner"))
    }

    /// A call that must fail, with what it must say.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let call: FileFailure.Call
        let subject: String
        let errno: Errno
        let code: String
        let body: @Sendable (DiskVolume, FilePath) throws -> Void

        init(
            _ call: FileFailure.Call, _ subject: String, _ errno: Errno, _ code: String,
            _ body: @escaping @Sendable (DiskVolume, FilePath) throws -> Void
        ) {
            self.call = call
            self.subject = subject
            self.errno = errno
            self.code = code
            self.body = body
        }

        var testDescription: String { "\(call.rawValue) \(subject.prefix(20))" }
    }

    private static let wrongs: [Wrong] = [
        Wrong(.open, "none", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") { _ = try $0.open($1) },
        Wrong(.open, "file/x", .notDirectory, "LT-DISK-NOT-FOUND") { _ = try $0.open($1) },
        Wrong(.create, "none/x", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") {
            _ = try $0.create($1, permissions: .everybodyReads)
        },
        Wrong(
            .create, String(repeating: "a", count: 256), .fileNameTooLong, "LT-DISK-NAME-TOO-LONG"
        ) {
            _ = try $0.create($1, permissions: .everybodyReads)
        },
        Wrong(.open, "folder", .isDirectory, "LT-DISK-FAILED") {
            _ = try $0.openForAppending($1, permissions: .everybodyReads)
        },
        Wrong(
            .status, String(repeating: "a", count: 256), .fileNameTooLong, "LT-DISK-NAME-TOO-LONG"
        ) {
            _ = try $0.status($1)
        },
        Wrong(.list, "none", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") { _ = try $0.list($1) },
        Wrong(.list, "file", .notDirectory, "LT-DISK-NOT-FOUND") { _ = try $0.list($1) },
        Wrong(.makeFolder, "file", .fileExists, "LT-DISK-EXISTS") {
            try $0.makeFolder($1, permissions: .everybodyEnters)
        },
        Wrong(.makeFolder, "file", .notDirectory, "LT-DISK-NOT-FOUND") { try $0.makeFolders($1) },
        Wrong(.rename, "none", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") {
            try $0.rename($1, to: $1.removingLastComponent().appending("new"))
        },
        Wrong(.remove, "none", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") { try $0.remove($1) },
        Wrong(.remove, "folder", .isDirectory, "LT-DISK-FAILED") { try $0.remove($1) },
        Wrong(.remove, "folder", .directoryNotEmpty, "LT-DISK-EXISTS") { try $0.removeFolder($1) },
        Wrong(.remove, "file", .notDirectory, "LT-DISK-NOT-FOUND") { try $0.removeFolder($1) },
        Wrong(.synchronize, "none", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") {
            try $0.synchronizeFolder($1)
        },
        Wrong(.synchronize, "file", .notDirectory, "LT-DISK-NOT-FOUND") {
            try $0.synchronizeFolder($1)
        },
        Wrong(.lock, "none/lock", .noSuchFileOrDirectory, "LT-DISK-NOT-FOUND") {
            _ = try $0.lock($1)
        },
        Wrong(.lock, "folder", .isDirectory, "LT-DISK-FAILED") { _ = try $0.lock($1) },
        Wrong(.read, "folder", .isDirectory, "LT-DISK-FAILED") {
            _ = try $0.open($1).bytes(at: 0, count: 1)
        },
        Wrong(.open, "folder", .invalidArgument, "LT-DISK-FAILED") {
            _ = try $0.readAll($1, limit: 9)
        },
        Wrong(.read, "file", .fileTooLarge, "LT-DISK-FAILED") { _ = try $0.readAll($1, limit: 0) },
        Wrong(.write, "file", .badFileDescriptor, "LT-DISK-FAILED") {
            try $0.open($1).append([1], at: 0)
        },
        Wrong(.truncate, "file", .invalidArgument, "LT-DISK-FAILED") {
            try $0.open($1).truncate(to: 0)
        },
    ]

    @Test(arguments: wrongs)
    func `says which call failed on which path and why`(_ wrong: Wrong) {
        let path = scratch(wrong.subject)

        let failure = #expect(throws: FileFailure.self) { try wrong.body(volume, path) }

        #expect(failure == FileFailure(wrong.call, path, wrong.errno))
        #expect(failure?.code == wrong.code)
    }

    @Test func `tells a full device from other failures`() throws {
        let full = FilePath("/dev/full")
        guard try volume.status(full) != nil else { return print("not run: /dev/full absent") }
        let file = try volume.openForAppending(full, permissions: .everybodyReads)

        let failure = #expect(throws: FileFailure.self) { try file.append([1], at: 0) }

        #expect(failure == FileFailure(.write, full, .noSpace))
        #expect(failure?.code == "LT-DISK-FULL")
    }

    @Test(arguments: [
        (Errno.diskQuotaExceeded, "LT-DISK-QUOTA"), (.readOnlyFileSystem, "LT-DISK-READ-ONLY"),
        (.permissionDenied, "LT-DISK-PERMISSION"), (.notPermitted, "LT-DISK-PERMISSION"),
        (.ioError, "LT-DISK-INPUT-OUTPUT"),
    ])
    func `has a stable code for each reason`(_ errno: Errno, _ code: String) {
        #expect(FileFailure(.read, scratch.path, errno).code == code)
    }
}
