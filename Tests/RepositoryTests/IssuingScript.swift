/// The configuration of `IssuingAuthority` and its server.
enum IssuingScript {
    /// In the order of their serial numbers, from 2.
    static let certificates = [
        "sub", "tsa", "listed", "answered", "both", "ported", "deep", "ocsp",
    ]

    static func configuration(_ url: String, _ port: String) -> String {
        let usual = """
            basicConstraints=critical,CA:FALSE
            keyUsage=critical,digitalSignature
            subjectKeyIdentifier=hash
            authorityKeyIdentifier=keyid
            extendedKeyUsage=critical,timeStamping

            """
        let point = "crlDistributionPoints=URI:\(url)list\n"
        let responder = "authorityInfoAccess=OCSP;URI:\(url)ocsp\n"
        let services = [
            ("tsa", ""), ("listed", point), ("answered", responder), ("both", point + responder),
            ("ported", "authorityInfoAccess=OCSP;URI:http://127.0.0.1:\(port)/\n"),
            ("deep", "crlDistributionPoints=URI:ldap://127.0.0.1/,URI:\(url)sublist\n"),
        ].map { name, sources in
            let certificates = name == "deep" ? "certs=./chain.pem" : "certs=./root.pem"
            return "[\(name)]\n\(usual)\(sources)[service-\(name)]\nsigner_cert=./\(name).pem\n"
                + "\(certificates)\n\(service)"
        }
        return general + "[sub]\n\(authority)\(point)" + services.joined()
    }

    private static let authority = """
        basicConstraints=critical,CA:TRUE
        keyUsage=critical,keyCertSign,cRLSign
        subjectKeyIdentifier=hash

        """

    private static let service = """
        signer_key=./leaf.key
        serial=./tsaserial
        signer_digest=sha256
        default_policy=1.3.6.1.4.1.99999.1.1
        digests=sha512,sha3-512
        ess_cert_id_alg=sha256

        """

    private static let general = """
        [req]
        distinguished_name=dn
        prompt=no
        [dn]
        CN=x
        [root]
        \(authority)
        [ocsp]
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        extendedKeyUsage=OCSPSigning
        [ca-good]
        database=./good
        default_md=sha256
        [ca-big]
        database=./big
        default_md=sha256
        [ca-revoked]
        database=./revoked
        default_md=sha256

        """

    /// `/NAME/SECOND` stamps with a certificate at an hour; `/list`, `/sublist` and `/ocsp` answer as `how.txt` says.
    static let server = #"""
        import http.server, os, socket, subprocess, sys, threading, time
        NOW = 0
        def openssl(words, clock=0):
            date = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(NOW + clock))
            subprocess.run(["faketime", "-f", "@" + date, "openssl"] + words.split(),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        def read(name): return open(name, "rb").read()
        def other(kind, size):
            if kind == "html": return b"<html>Bao tri</html>"
            if kind == "slow": time.sleep(4); return b""
            return b"\x30" + bytes(size)
        clocks = dict(expired=-30 * 86400, future=86400)
        def revocations(kind, issuer):
            if kind in ("html", "slow", "large"): return other(kind, 9 << 20)
            index = kind if kind in ("revoked", "big") else "good"
            if kind == "other": issuer = "other"
            if kind == "big":
                lines = ("R\t301231235959Z\t261120000000Z\t%06X\tunknown\t/CN=%d\n" % (n, n)
                    for n in range(0x100000, 0x100000 + 60000))
                open("big", "w").writelines(lines)
            openssl("ca -config c.cnf -name ca-%s -gencrl -crldays 3 -keyfile %s.key -cert %s.pem"
                " -out list.pem" % (index, issuer, issuer), clocks.get(kind, 0))
            openssl("crl -in list.pem -outform DER -out list.der")
            return read("list.pem" if kind == "pem" else "list.der")
        def answer(kind, question):
            if kind in ("html", "slow", "large"): return other(kind, 2 << 20)
            open("q.ocsp", "wb").write(question)
            index = "revoked" if kind == "revoked" else "good"
            signer, asked = "ocsp", "-reqin q.ocsp"
            if kind == "strange": signer = "tsa"
            if kind == "elsewhere": asked = "-issuer root.pem -serial 3"
            words = "ocsp -index %s -CA root.pem -rsigner %s.pem -rkey leaf.key" % (index, signer)
            if kind == "issuer": words = words.replace("ocsp.pem", "root.pem").replace("leaf", "root")
            if kind == "other":
                words = words.replace("ocsp.pem", "other.pem").replace("leaf", "other")
            days = "" if kind == "unlimited" else " -ndays 1"
            openssl("%s %s%s -respout r.ocsp" % (words, asked, days), clocks.get(kind, 0))
            return read("r.ocsp")
        class Answers(http.server.BaseHTTPRequestHandler):
            def how(self, what):
                open("asked.txt", "a").write(what + "\n")
                kinds = open("how.txt").read().split()
                return kinds[1 if what == "ocsp" else 0]
            def give(self, kind, make):
                body = b"error" if kind == "500" else make()
                self.send_response(500 if kind == "500" else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try: self.wfile.write(body)
                except OSError: pass
            def do_GET(self):
                kind = self.how("list")
                issuer = "sub" if self.path == "/sublist" else "root"
                self.give(kind, lambda: revocations(kind, issuer))
            def do_POST(self):
                global NOW
                query = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/ocsp":
                    kind = self.how("ocsp")
                    if self.headers["Content-Type"] != "application/ocsp-request": kind = "500"
                    return self.give(kind, lambda: answer(kind, query))
                name, NOW = self.path.strip("/").split("/")
                NOW = int(NOW)
                open("q.tsq", "wb").write(query)
                openssl("ts -reply -config c.cnf -section service-%s -queryfile q.tsq -out r.tsr"
                    % name)
                self.give("good", lambda: read("r.tsr"))
            def log_message(self, *words): pass
        if len(sys.argv) == 3:
            NOW = int(sys.argv[2])
            revocations(sys.argv[1], "root")
            sys.exit(0)
        spare = socket.socket()
        spare.bind(("127.0.0.1", 0))
        second = spare.getsockname()[1]
        spare.close()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        open("cong.txt.neu", "w").write("%d\n%d\n" % (server.server_port, second))
        os.rename("cong.txt.neu", "cong.txt")
        server.serve_forever()

        """#
}
