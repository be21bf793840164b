/// How patiently requests that failed for a passing reason are sent again.
package struct S3Pace: Sendable {
    /// How often a request is sent again.
    package let retries: Int
    private let sleep: @Sendable (Duration) throws -> Void

    package init(retries: Int = 5, sleep: @escaping @Sendable (Duration) throws -> Void) {
        self.retries = retries
        self.sleep = sleep
    }

    /// Waits before a further try, 0.2 s and then twice as long each time, or as long as the store asks.
    func wait(beforeRetry number: Int, asked: Int?, _ check: () throws -> Void) throws {
        let doubled = Duration.milliseconds(200) * (1 << min(number - 1, 5))
        var rest = max(min(doubled, .seconds(5)), .seconds(asked ?? 0))
        while rest > .zero {
            // In short pieces, so that an interruption is not slept over.
            let piece = min(rest, .milliseconds(500))
            try sleep(piece)
            try check()
            rest -= piece
        }
    }
}
