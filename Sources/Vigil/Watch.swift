import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the watch until the system asks it to stop.
package enum Watch {
    /// Runs the service; SIGTERM and SIGINT end it gracefully, with the work of the round saved.
    package static func run(
        _ service: WatchService, log: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        let logger = Logger(label: "luutru.watch", factory: { _ in LineLog(write: log) })
        logger.notice("watch begins")
        let configured = ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [configured], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger))
        try await group.run()
        logger.notice("watch ends")
    }
}
