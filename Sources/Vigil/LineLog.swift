import Logging

/// A line of the service's log: its level, its message, and what goes with it in the order of names.
package struct LogLine: Sendable {
    package let level: String
    package let message: String
    package let facts: [(name: String, value: String)]
}

/// A log whose lines go to the face that writes them, as text or as JSON Lines.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .notice
    private let write: @Sendable (LogLine) -> Void

    init(write: @escaping @Sendable (LogLine) -> Void) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        write(
            LogLine(
                level: event.level.rawValue, message: "\(event.message)",
                facts: all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }))
    }
}
