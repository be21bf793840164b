import Foundation
import Rehearsal
import SystemPackage

/// A time-stamp authority of the openssl program behind a small HTTP server, which can be told to lie.
final class Authority {
    private static let port = "cong.txt"
    private let folder: URL
    private var server: Companion?
    private(set) var url = ""
    /// The root that its tokens lead to.
    var roots: String { folder.appending(path: "root.pem").path }

    init?(in test: TestFolder) throws {
        folder = URL(filePath: test.path("tsa").string)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(Self.configuration, "c.cnf")
        try write("01\n", "tsaserial")
        try write(Self.script, "server.py")
        for words in Self.preparation {
            guard try run(words) == 0 else {
                print("not run: openssl absent")
                return nil
            }
        }
        server = try Companion(["python3", "server.py"], in: folder)
        for _ in 0..<200 where url.isEmpty {
            Thread.sleep(forTimeInterval: 0.05)
            let port = try? String(
                contentsOf: folder.appending(path: Self.port), encoding: .utf8)
            if let port, port.hasSuffix("\n") { url = "http://127.0.0.1:\(port.dropLast())/" }
        }
        guard !url.isEmpty else {
            print("not run: python3 absent")
            return nil
        }
    }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private func run(_ words: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", words]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static let request =
        "openssl req -config c.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"

    /// A root, a good certificate, one that is for mail, and one that ended; by the clock of test worlds.
    private static let preparation = [
        "which faketime python3",
        "faketime -f '@2026-01-01 00:00:00' " + request
            + " -x509 -keyout root.key -out root.pem -days 3000 -extensions root -subj /CN=Root",
        "faketime -f '@2026-01-01 00:00:00' " + certificate("tsa", "tsa", "-days 2000"),
        "faketime -f '@2026-01-01 00:00:00' " + certificate("mail", "mail", "-days 2000"),
        "faketime -f '@2026-01-01 00:00:00' " + certificate("old", "tsa", "-days 10"),
    ]

    private static func certificate(_ name: String, _ kind: String, _ days: String) -> String {
        "sh -c \"" + request + " -new -keyout \(name).key -out \(name).csr -subj /CN=\(name)"
            + " && openssl x509 -req -in \(name).csr -CA root.pem -CAkey root.key -set_serial 7"
            + " \(days) -extfile c.cnf -extensions \(kind) -out \(name).pem\""
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
        [mail]
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        extendedKeyUsage=critical,emailProtection
        [good]
        signer_cert=./tsa.pem
        signer_key=./tsa.key
        certs=./root.pem
        serial=./tsaserial
        signer_digest=sha256
        default_policy=1.3.6.1.4.1.99999.1.1
        other_policies=1.3.6.1.4.1.99999.1.2
        digests=sha512
        ess_cert_id_alg=sha256
        [small]
        signer_cert=./tsa.pem
        signer_key=./tsa.key
        certs=./root.pem
        serial=./tsaserial
        signer_digest=sha256
        default_policy=1.3.6.1.4.1.99999.1.1
        digests=sha256
        ess_cert_id_alg=sha256

        """

    /// The path of the request says how it answers; the clock is the one of the archive's world.
    private static let script = #"""
        import http.server, os, subprocess, threading, time, hashlib
        def openssl(query, section="good", clock=0):
            open("q.tsq", "wb").write(query)
            date = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(NOW + clock))
            subprocess.run(["faketime", "-f", "@" + date, "openssl", "ts", "-reply", "-config",
                "c.cnf", "-section", section, "-queryfile", "q.tsq", "-out", "r.tsr"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, TZ="UTC"))
            return open("r.tsr", "rb").read()
        def other(digest=None, policy=None):
            words = ["openssl", "ts", "-query", "-sha512", "-cert", "-out", "o.tsq",
                "-digest", digest or "00" * 64]
            if policy: words += ["-tspolicy", policy]
            subprocess.run(words)
            return open("o.tsq", "rb").read()
        def signed(query, name):
            # openssl ts refuses to sign so; the statement is signed again with another certificate.
            openssl(query)
            subprocess.run("openssl ts -reply -in r.tsr -token_out -out t.der; openssl cms -verify"
                " -inform DER -in t.der -noverify -no_attr_verify -binary -out info.der;"
                " openssl cms -sign -binary -nodetach -cades -econtent_type 1.2.840.113549.1.9.16.1.4"
                " -outform DER -md sha256 -nosmimecap -in info.der -signer %s.pem -inkey %s.key"
                " -out s.der" % (name, name), shell=True)
            token = open("s.der", "rb").read()
            inner = bytes.fromhex("3003020100") + token
            return b"\x30\x82" + len(inner).to_bytes(2, "big") + inner
        class Answers(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                global NOW
                kind, NOW = self.path.strip("/").split("/")
                NOW = int(NOW)
                status, head = 200, "application/timestamp-reply"
                if kind == "html": body, head = b"<html>Bao tri</html>", "text/html"
                elif kind == "500": status, body = 500, b"error"
                elif kind == "slow": time.sleep(5); body = b""
                elif kind == "nonce":
                    digest = query[query.index(b"\x04\x40") + 2:][:64].hex()
                    body = openssl(other(digest))
                elif kind == "imprint": body = openssl(other())
                elif kind == "clock": body = openssl(query, clock=86400)
                elif kind == "sha256": body = openssl(query, "small")
                elif kind in ("mail", "old"): body = signed(query, kind)
                elif kind == "broken":
                    body = openssl(query); body = body[:-4] + bytes([body[-4] ^ 1]) + body[-3:]
                else: body = openssl(query)
                self.send_response(status)
                self.send_header("Content-Type", head)
                self.send_header("Content-Length", str(len(body) + (100 if kind == "cut" else 0)))
                self.end_headers()
                self.wfile.write(body[:-20] if kind == "cut" else body)
            def log_message(self, *words): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        open("cong.txt.neu", "w").write(str(server.server_port) + "\n")
        os.rename("cong.txt.neu", "cong.txt")
        server.serve_forever()

        """#
}
