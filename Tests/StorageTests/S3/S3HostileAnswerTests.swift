import Foundation
import Records
import Storage
import Synchronization
import Testing

/// An object store is another machine: what it says is judged before it is used.
@Suite struct S3HostileAnswerTests {
    private static let path = RelativePath("a")

    @Test func `a listing that no object store gives is refused`() throws {
        guard let store = try LyingStore() else { return }
        let kinds = [
            "doctype", "laughs", "loop", "no-token", "foreign", "halfway", "negative", "many",
            "deep", "large", "html", "torn", "empty",
        ]

        for kind in kinds {
            let failure = #expect(throws: S3Failure.self, "\(kind)") {
                try store.client(kind).list { _ in }
            }
            #expect(failure?.reason == .answer, "\(kind)")
        }
        // It asks a second time only where a second page was told of.
        for kind in kinds {
            #expect(try store.requests(kind).count == (kind == "loop" ? 2 : 1), "\(kind)")
        }
    }

    @Test func `an answer that is not the range asked for gives no byte`() throws {
        guard let store = try LyingStore() else { return }

        for kind in ["shifted", "whole", "nothing"] {
            let failure = #expect(throws: S3Failure.self, "\(kind)") {
                try store.client(kind).get(Self.path, 0..<10) { _ in
                    Issue.record("took bytes of \(kind)")
                }
            }
            #expect(failure?.reason == .answer, "\(kind)")
        }
    }

    @Test func `an answer that is too long is cut off`() throws {
        guard let store = try LyingStore() else { return }
        var taken = 0

        let ranged = #expect(throws: S3Failure.self) {
            try store.client("longer").get(Self.path, 0..<10) { taken += $0.count }
        }
        let whole = #expect(throws: S3Failure.self) {
            try store.client("whole").bytes(of: Self.path, limit: 19)
        }

        #expect(ranged?.reason == .answer)
        #expect(whole?.reason == .answer)
        #expect(taken <= 10)
    }

    @Test func `an answer that breaks off is gone on with from there`() throws {
        guard let store = try LyingStore() else { return }
        var bytes: [UInt8] = []

        try store.client("cut").get(Self.path, 0..<100) { bytes += $0 }

        #expect(bytes == Array(0..<100))
        #expect(try store.requests("cut").count == 4)
    }

    @Test func `a redirection is not followed`() throws {
        guard let store = try LyingStore() else { return }

        let failure = #expect(throws: S3Failure.self) { try store.client("elsewhere").versioning() }

        #expect(failure?.reason == .refused)
        #expect(failure?.status == 301)
        #expect(try store.requests("caught").isEmpty)
    }

    @Test func `a store out of breath is asked again, as late as it wishes`() throws {
        guard let store = try LyingStore() else { return }
        let slept = Mutex(Duration.zero)
        let client = try store.client(
            "busy-twice", sleep: { time in slept.withLock { $0 += time } })

        try client.list { _ in }

        #expect(try store.requests("busy-twice").count == 3)
        #expect(slept.withLock { $0 } == .seconds(4))
    }

    @Test func `a store that stays out of breath is given up`() throws {
        guard let store = try LyingStore() else { return }

        let failure = #expect(throws: S3Failure.self) { try store.client("busy").list { _ in } }

        #expect(failure?.reason == .busy)
        #expect(failure?.code == "SlowDown")
        #expect(try store.requests("busy").count == 4)
    }

    @Test func `the text of an error is a plain word or none`() throws {
        guard let store = try LyingStore() else { return }

        for kind in ["long-error", "escape", "endless-word"] {
            let failure = #expect(throws: S3Failure.self) { try store.client(kind).list { _ in } }
            #expect(failure?.reason == .refused)
            #expect(failure?.status == 400)
            #expect(failure?.code == "")
        }
    }

    @Test func `the name of a version or an upload is a plain word`() throws {
        guard let store = try LyingStore() else { return }

        let version = #expect(throws: S3Failure.self) {
            try store.client("version").put([1], as: Self.path)
        }
        let upload = #expect(throws: S3Failure.self) {
            try store.client("upload-name").put(
                EndlessPattern(size: 6 << 20), size: 6 << 20, as: Self.path, expecting: nil,
                parts: S3Parts(largestPiece: 5 << 20))
        }

        #expect(version?.reason == .answer)
        #expect(upload?.reason == .answer)
    }

    @Test func `more headers than any store sends are not kept`() throws {
        guard let store = try LyingStore() else { return }

        #expect(try store.client("heads").put([1], as: Self.path).version == nil)
    }

    @Test func `a store that says nothing is away, and an interruption does not wait for it`()
        throws
    {
        guard let store = try LyingStore() else { return }
        let start = ContinuousClock.now

        let failure = #expect(throws: S3Failure.self) {
            try store.client("silent", idleTimeout: 1).list { _ in }
        }
        #expect(failure?.reason == .away)
        #expect(ContinuousClock.now - start < .seconds(5))

        let begin = ContinuousClock.now
        #expect(throws: CancellationError.self) {
            try store.client(
                "silent", idleTimeout: 60,
                check: {
                    if ContinuousClock.now - begin > .milliseconds(300) {
                        throw CancellationError()
                    }
                }
            ).list { _ in }
        }
        #expect(ContinuousClock.now - begin < .seconds(3))
    }

    @Test func `the first answer must come soon, whatever time the others have`() throws {
        guard let store = try LyingStore() else { return }
        let start = ContinuousClock.now

        let failure = #expect(throws: S3Failure.self) {
            try store.client("silent", idleTimeout: 60, firstTimeout: 1).list { _ in }
        }

        #expect(failure?.reason == .away && failure?.isSilence == true)
        #expect(ContinuousClock.now - start < .seconds(15))
        #expect(try store.requests("silent").count == 1)
    }

    @Test func `a store that falls silent is asked once more, and never again over the connection`()
        throws
    {
        guard let store = try LyingStore() else { return }
        let client = try store.client("falls-silent", idleTimeout: 1)
        try client.list { _ in }

        for _ in 1...3 {
            let failure = #expect(throws: S3Failure.self) { try client.list { _ in } }
            #expect(failure?.reason == .away)
        }

        #expect(try store.requests("falls-silent").count == 3)
    }

    @Test func `an error inside a good answer is an error`() throws {
        guard let store = try LyingStore() else { return }

        let failure = #expect(throws: S3Failure.self) { try Self.upload(store, "late-error") }

        #expect(failure?.reason == .busy)
        #expect(try store.requests("late-error").last?.hasPrefix("DELETE") == true)
    }

    @Test func `an upload whose last answer was lost is done when the object is surely its own`()
        throws
    {
        guard let store = try LyingStore() else { return }

        #expect(try Self.upload(store, "lost-answer").version == "v7")

        let failure = #expect(throws: S3Failure.self) {
            try Self.upload(store, "lost-answer-other")
        }
        #expect(failure?.reason == .missing)
    }

    @Test func `a first object whose answer was lost counts only when it is surely its own`() throws
    {
        guard let store = try LyingStore() else { return }
        let terms = S3Terms(isFirst: true)

        #expect(try store.client("lost-put").put([1], as: Self.path, terms).version == "v8")

        let failure = #expect(throws: S3Failure.self) {
            try store.client("lost-put-other").put([1], as: Self.path, terms)
        }
        #expect(failure?.reason == .condition)
    }

    private static func upload(_ store: LyingStore, _ kind: String) throws -> S3Stored {
        try store.client(kind).put(
            EndlessPattern(size: 6 << 20), size: 6 << 20, as: path, expecting: nil,
            parts: S3Parts(largestPiece: 5 << 20))
    }
}
