import Foundation

/// Programs of others that judge evidence records, where they are installed.
struct Peers {
    static let shared = EvidenceFixture.folder.deletingLastPathComponent()
    private static let jars = ["bcpkix", "bcprov", "bcutil"].map { "/usr/share/java/\($0).jar" }

    let folder: URL

    /// Compiles the Java peer; false, and a word, where that cannot be.
    func prepareJava() throws -> Bool {
        let source = Self.shared.appending(path: "peers/ErsPeer.java")
        let needed = Self.jars + [source.path]
        guard needed.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) else {
            print("not run: Bouncy Castle or its peer absent")
            return false
        }
        try write(Array(Self.batch.utf8), as: "Batch.java")
        let path = Self.jars.joined(separator: ":")
        let built = try run(["javac", "-cp", path, "-d", ".", source.path, "Batch.java"])
        if built.status != 0 { print("not run: no Java compiler", built.output) }
        return built.status == 0
    }

    /// The Python oracle's path; nil, and a word, where it or its modules are absent.
    func oracle() throws -> String? {
        let script = Self.shared.appending(path: "fixtures/tools/ers_oracle.py").path
        guard FileManager.default.fileExists(atPath: script),
            try run(["/usr/bin/python3", "-c", "import asn1crypto"]).status == 0
        else {
            print("not run: asn1crypto or the oracle absent")
            return nil
        }
        return script
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "luutru-peers-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func write(_ bytes: [UInt8], as name: String) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    /// Runs a class of the Java peer.
    func java(
        _ words: [String], environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let path = (Self.jars + ["."]).joined(separator: ":")
        return try run(["java", "-cp", path] + words, environment: environment)
    }

    func run(
        _ words: [String], environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Judges many records in one run: lines of `record data+data`.
    private static let batch = """
        import java.nio.file.*;
        public class Batch {
          public static void main(String[] a) throws Exception {
            for (String line : Files.readAllLines(Path.of(a[0]))) {
              String[] parts = line.split(" ");
              ErsPeer.verify(parts[0], a[1], parts[1]);
            }
          }
        }

        """
}

/// A time-stamp service of the openssl program behind a shell command.
struct PeerAuthority {
    let command: String
    let root: [UInt8]

    init(in peers: Peers) throws {
        try peers.write(Array(Self.configuration.utf8), as: "c.cnf")
        try peers.write(Array("01\n".utf8), as: "tsaserial")
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        let request = ["openssl", "req", "-config", "c.cnf"] + key
        for words in [
            request + [
                "-x509", "-keyout", "root.key", "-out", "root.pem", "-days", "900", "-extensions",
                "root", "-subj", "/CN=Root",
            ],
            request + ["-new", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=tsa"],
            [
                "openssl", "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey",
                "root.key", "-set_serial", "7", "-days", "300", "-extfile", "c.cnf", "-extensions",
                "tsa", "-out", "tsa.pem",
            ],
        ] {
            _ = try peers.run(words)
        }
        root = try peers.read("root.pem")
        command =
            "cat > q.tsq; openssl ts -reply -config c.cnf -section tsa1 -queryfile q.tsq"
            + " -out r.tsr && cat r.tsr"
    }

    private static let configuration = """
        [req]
        distinguished_name=dn
        prompt=no
        [dn]
        CN=x
        [root]
        basicConstraints=critical,CA:TRUE
        keyUsage=critical,keyCertSign,cRLSign
        subjectKeyIdentifier=hash
        [tsa]
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        extendedKeyUsage=critical,timeStamping
        subjectKeyIdentifier=hash
        authorityKeyIdentifier=keyid
        [tsa1]
        serial=./tsaserial
        signer_cert=./tsa.pem
        certs=./root.pem
        signer_key=./tsa.key
        signer_digest=sha256
        default_policy=1.3.6.1.4.1.99999.1.1
        digests=sha256,sha384,sha512
        ess_cert_id_alg=sha256

        """
}
