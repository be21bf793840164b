import Foundation
import Glibc
package import Network
import Synchronization

/// A real object store (SeaweedFS) on free ports of this machine, with a folder of its own; it ends with the tests.
package final class SeaweedServer: Sendable {
    /// One store for all tests that only need a bucket of their own; nil when `weed` is not installed.
    package static let shared = Result { try SeaweedServer.start() }

    private let folder: URL
    private let program: String
    private let ports: [Int]
    private let running = Mutex<Running?>(nil)

    private struct Running {
        let shell: Process
        /// Closed by the system when the tests end, however they end: then the shell ends the store.
        let input: Pipe
    }

    package var url: String { "http://127.0.0.1:\(ports[0])" }
    package var endpoint: S3Endpoint {
        guard let endpoint = S3Endpoint(url) else { preconditionFailure(url) }
        return endpoint
    }

    /// Keys of an account that may do everything, and of one that may only read.
    package static let writer = "WRITERKEY\nbi-mat-cua-nguoi-ghi\n"
    package static let reader = "READERKEY\nbi-mat-cua-nguoi-doc\n"

    /// Starts a store; nil, and a word on the output, when `weed` is not installed.
    package static func start() throws -> SeaweedServer? {
        guard let program else {
            print("not run: weed is not installed")
            return nil
        }
        let server = try SeaweedServer(program)
        try server.restart()
        return server
    }

    private static var program: String? {
        let environment = ProcessInfo.processInfo.environment
        var folders = (environment["PATH"] ?? "").split(separator: ":").map { String($0) }
        if let python = environment["PEERS_PYTHON"] {
            folders.insert(URL(filePath: python).deletingLastPathComponent().path, at: 0)
        }
        return folders.map { $0 + "/weed" }.first { access($0, X_OK) == 0 }
    }

    private init(_ program: String) throws {
        self.program = program
        folder = FileManager.default.temporaryDirectory.appending(
            path: "luutru-weed-" + UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"), withIntermediateDirectories: true)
        ports = Self.freePorts(8)
        try Data(Self.identities.utf8).write(to: folder.appending(path: "s3.json"))
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts the store again over what it had, and waits until it takes an object.
    package func restart() throws {
        let shell = Process()
        let input = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "sh", program] + arguments
        shell.currentDirectoryURL = folder
        shell.standardInput = input
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        running.withLock { $0 = Running(shell: shell, input: input) }
        let client = try connection(Self.writer)
        for _ in 0..<300 {
            if (try? put("thu", on: client)) == 200 { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw CocoaError(.executableLoad)
    }

    /// Ends the store at once, as a power cut does.
    package func kill() {
        guard let running = running.withLock({ $0.take() }) else { return }
        try? running.input.fileHandleForWriting.write(contentsOf: Data("keep\n".utf8))
        try? running.input.fileHandleForWriting.close()
        running.shell.waitUntilExit()
    }

    /// Stops the store without ending it: it takes connections and answers nothing.
    package func freeze() throws { try send(SIGSTOP) }

    /// Lets a store that was stopped go on.
    package func thaw() throws { try send(SIGCONT) }

    private func send(_ signal: Int32) throws {
        let text = try String(contentsOf: folder.appending(path: "pid"), encoding: .utf8)
        guard let pid = pid_t(text.filter { $0.isNumber }), Glibc.kill(pid, signal) == 0 else {
            throw CocoaError(.executableLoad)
        }
    }

    /// A connection with the keys of a file's text.
    package func connection(_ keys: String) throws -> S3Connection {
        guard let credentials = S3Credentials(lines: Array(keys.utf8)) else {
            throw CocoaError(.formatting)
        }
        return S3Connection(endpoint, credentials: credentials)
    }

    /// Makes a bucket of a test's own; gives its name.
    package func makeBucket(withLocks: Bool = false) throws -> String {
        let name = "thu-" + UUID().uuidString.lowercased()
        let headers = withLocks ? [(name: "x-amz-bucket-object-lock-enabled", value: "true")] : []
        let answer = try connection(Self.writer).send(
            S3Request(.put, bucket: name, headers: headers), taking: .whole(limit: 1 << 20),
            check: {})
        guard answer.head.status == 200 else { throw CocoaError(.fileWriteUnknown) }
        return name
    }

    /// Puts three bytes in the place of an object.
    package func overwrite(_ key: String, in bucket: String) throws {
        guard try put(key, bucket, on: connection(Self.writer)) == 200 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    private func put(_ bucket: String, on client: S3Connection) throws -> Int {
        _ = try client.send(
            S3Request(.put, bucket: bucket), taking: .whole(limit: 1 << 20), check: {})
        return try put("san-sang", bucket, on: client)
    }

    private func put(_ key: String, _ bucket: String, on client: S3Connection) throws -> Int {
        let payload = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        return try client.send(
            S3Request(
                .put, bucket: bucket, key: Array(key.utf8), body: .bytes(Array("abc".utf8)),
                payload: payload), taking: .whole(limit: 1 << 20), check: {}
        ).head.status
    }

    /// The store ends when the shell's input does; its folder goes too, unless it is to start again.
    ///
    /// The shell's own `wait` is of no use: it may have been started with the signal blocked that it waits for.
    private static let script = """
        "$@" > log 2>&1 & weed=$!
        echo $weed > pid
        read word
        kill -9 $weed
        while [ -e /proc/$weed ] && ! grep -q 'State:.Z' /proc/$weed/status; do sleep 0.02; done
        [ "$word" = keep ] || rm -rf "$PWD"
        """

    private var arguments: [String] {
        let sockets = folder.path
        return [
            "-logtostderr=true", "server", "-dir=data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            "-s3=true", "-s3.port=\(ports[0])", "-s3.port.grpc=\(ports[1])",
            "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.config=s3.json", "-s3.iam=false",
            "-s3.autoCreateBucket=false", "-s3.localSocket=\(sockets)/s3.sock",
            "-filer=true", "-filer.port=\(ports[2])", "-filer.port.grpc=\(ports[3])",
            "-filer.localSocket=\(sockets)/filer.sock",
            "-master.port=\(ports[4])", "-master.port.grpc=\(ports[5])",
            "-master.telemetry=false", "-master.volumeSizeLimitMB=64",
            "-volume.port=\(ports[6])", "-volume.port.grpc=\(ports[7])", "-volume.max=5000",
        ]
    }

    private static var identities: String {
        func identity(_ name: String, _ keys: String, _ actions: String) -> String {
            let lines = keys.split(separator: "\n")
            return #"{"name":"\#(name)","credentials":[{"accessKey":"\#(lines[0])","#
                + #""secretKey":"\#(lines[1])"}],"actions":[\#(actions)]}"#
        }
        return #"{"identities":["#
            + identity("writer", writer, #""Admin","Read","Write","List","Tagging""#) + ","
            + identity("reader", reader, #""Read","List""#) + "]}"
    }

    /// Ports that are free now, held together until all are known.
    private static func freePorts(_ count: Int) -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            sockets.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = bind(descriptor, $0, length)
                    _ = getsockname(descriptor, $0, &length)
                }
            }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
}
