package import Foundation

/// A real program beside a test: it ends with its last reference, or with the tests, however they end.
package final class Companion: Sendable {
    private let shell: Process
    /// Closed by the system when the tests end: then the shell ends the program.
    private let input: Pipe

    /// Starts a program and what it starts itself as a group of processes; nothing of it outlives the tests.
    ///
    /// - Parameters:
    ///   - words: the program, to be found in the path, and what it is told.
    ///   - output: where its standard output goes; it never has the one of the tests, whose reader would wait for it.
    package init(
        _ words: [String], in folder: URL, environment: [String: String] = [:],
        output: Pipe? = nil
    ) throws {
        shell = Process()
        input = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "sh"] + words
        shell.currentDirectoryURL = folder
        shell.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        shell.standardInput = input
        if let output {
            shell.standardOutput = output
        } else {
            shell.standardOutput = FileHandle.nullDevice
        }
        shell.standardError = FileHandle.nullDevice
        try shell.run()
    }

    deinit { end() }

    /// Ends the program at once, as a power cut does, and waits for it.
    package func end() {
        guard shell.isRunning else { return }
        try? input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        try? input.fileHandleForWriting.close()
        shell.waitUntilExit()
    }

    /// Nothing but the hard signal is of use: a program may be started with the soft ones blocked.
    private static let script = """
        setsid "$@" </dev/null & program=$!
        read word
        kill -s KILL -- -$program
        while [ -e /proc/$program ] && ! grep -q 'State:.Z' /proc/$program/status; do sleep 0.02; done
        """
}
