import Foundation
import Network
import Rehearsal
import Storage
import Synchronization

/// A server that answers as an object store should not; the bucket's name says how.
final class LyingStore {
    private let folder: TestFolder
    private let server: Companion
    let port: String

    /// Starts it; nil, and a word on the output, without python3.
    init?() throws {
        folder = try TestFolder()
        try folder.write(Self.script, to: "server.py")
        server = try Companion(["python3", "server.py"], in: folder.url)
        var found: String?
        for _ in 0..<200 where found == nil {
            Thread.sleep(forTimeInterval: 0.05)
            found = try? String(contentsOf: folder.url.appending(path: "port"), encoding: .utf8)
        }
        guard let found else {
            print("not run: python3 absent")
            return nil
        }
        port = found
    }

    func client(
        _ bucket: String, idleTimeout: Int = 5, firstTimeout: Int = 10,
        sleep: @escaping @Sendable (Duration) -> Void = { _ in },
        check: @escaping @Sendable () throws -> Void = {}
    ) throws -> S3Client {
        guard let address = S3Address("s3://\(bucket)/kho"),
            let endpoint = S3Endpoint(
                "http://127.0.0.1:\(port)", idleTimeout: idleTimeout, firstTimeout: firstTimeout),
            let credentials = S3Credentials(lines: Array("A\nB\n".utf8))
        else { throw CocoaError(.formatting) }
        return S3Client(
            address, connection: S3Connection(endpoint, credentials: credentials),
            pace: S3Pace(retries: 3, sleep: sleep), check: check)
    }

    /// The first lines of all requests to a bucket.
    func requests(_ bucket: String) throws -> [String] {
        try String(contentsOf: folder.url.appending(path: "requests"), encoding: .utf8)
            .split(separator: "\n").filter {
                $0.contains("/\(bucket)?") || $0.contains("/\(bucket)/")
            }
            .map { String($0) }
    }

    private static let script = #"""
        import base64, collections, hashlib, os, socketserver, threading, time
        counts = collections.Counter()
        parts = []
        log = open("requests", "w", buffering=1)
        def page(inside, name="ListBucketResult", head=""):
            return head + "<%s><EncodingType>url</EncodingType>%s</%s>" % (name, inside, name)
        def entry(key): return "<Contents><Key>%s</Key><Size>1</Size></Contents>" % key
        more = "<IsTruncated>true</IsTruncated><NextContinuationToken>%s</NextContinuationToken>"
        listings = {
            "doctype": page(entry("kho/a"), head="<!DOCTYPE ListBucketResult>"),
            "laughs": page(entry("&b;"), head='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
            "loop": page(entry("kho/a") + more % "x"),
            "no-token": page(entry("kho/a") + "<IsTruncated>true</IsTruncated>"),
            "foreign": page(entry("khac/a")),
            "halfway": page(entry("kho/%4")),
            "negative": page("<Contents><Key>kho/a</Key><Size>-1</Size></Contents>"),
            "many": page(entry("kho/a") * 20000),
            "deep": page("<a>" * 40 + "</a>" * 40),
            "large": page("<!--" + "x" * (9 << 20) + "-->"),
            "html": "<html><body>Bao tri</body></html>",
            "torn": "<ListBucketResult><Contents>",
            "empty": "",
        }
        def error(code): return "<Error><Code>%s</Code><Message>m</Message></Error>" % code
        class Answers(socketserver.StreamRequestHandler):
            def answer(self, status, body="", *headers, length=None):
                if isinstance(body, str): body = body.encode()
                lines = ["HTTP/1.1 %d X" % status, "Connection: close"] + list(headers)
                if length != -1:
                    lines.append("Content-Length: %d" % (len(body) if length is None else length))
                self.wfile.write("\r\n".join(lines + ["", ""]).encode())
                if self.method != "HEAD": self.wfile.write(body)
            def handle(self):
                line = self.rfile.readline().decode().strip()
                if not line: return
                headers = {}
                while True:
                    field = self.rfile.readline().decode().strip()
                    if not field: break
                    headers[field.split(":")[0].lower()] = field.split(":", 1)[1].strip()
                if "expect" in headers: self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                body = self.rfile.read(int(headers.get("content-length", 0)))
                log.write(line + "\n")
                self.method, target = line.split(" ")[:2]
                kind = target.split("?")[0].split("/")[1]
                counts[kind] += 1
                try: self.lie(kind, counts[kind], target, headers)
                except BrokenPipeError: pass
            def lie(self, kind, count, target, headers):
                if kind in listings: return self.answer(200, listings[kind])
                if kind == "longer":
                    return self.answer(206, "x" * 100000, "Content-Range: bytes 0-9/10", length=-1)
                if kind == "shifted": return self.answer(206, "x" * 10, "Content-Range: bytes 5-14/20")
                if kind == "whole": return self.answer(200, "x" * 20)
                if kind == "nothing": return self.answer(206, "", "Content-Range: bytes 0-9/10")
                if kind == "elsewhere":
                    return self.answer(301, "", "Location: http://127.0.0.1:%d/caught/" % PORT)
                if kind == "cut":
                    first, last = [int(x) for x in headers["range"][6:].split("-")]
                    piece = bytes(range(first, last + 1))
                    return self.answer(206, piece[:30], "Content-Range: bytes %d-%d/100" % (first, last),
                        length=len(piece))
                if kind == "busy-twice" and count > 2: return self.answer(200, page(""))
                if kind.startswith("busy"): return self.answer(503, error("SlowDown"), "Retry-After: 2")
                if kind == "long-error": return self.answer(400, "x" * (1 << 20))
                if kind == "escape": return self.answer(400, error("&#x9b;31mHong"))
                if kind == "endless-word": return self.answer(400, error("x" * 5000))
                if kind == "version": return self.answer(200, "", "x-amz-version-id: a <b")
                if kind == "heads":
                    return self.answer(200, "", *["x-%d: %s" % (n, "y" * 900) for n in range(200)])
                if kind == "falls-silent" and count == 1: return self.answer(200, page(""))
                if kind in ("silent", "falls-silent"): return time.sleep(60)
                if kind == "upload-name":
                    return self.answer(200, "<InitiateMultipartUploadResult><UploadId>a&lt;b</UploadId>"
                        "</InitiateMultipartUploadResult>")
                if "uploads=" in target:
                    return self.answer(200, "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                        "</InitiateMultipartUploadResult>")
                if "partNumber=" in target:
                    parts.append(base64.b64decode(headers["x-amz-checksum-sha256"]))
                    return self.answer(200, "", 'ETag: "e"')
                if self.method == "POST" and kind == "late-error":
                    return self.answer(200, error("InternalError"))
                if self.method == "POST" and kind.startswith("lost-answer"):
                    counts[kind + "!"] += 1
                    if counts[kind + "!"] == 1: return
                    return self.answer(404, error("NoSuchUpload"))
                if self.method == "PUT":
                    parts.append(base64.b64decode(headers["x-amz-checksum-sha256"]))
                    return self.answer(412, error("PreconditionFailed")) if count > 1 else None
                if self.method == "HEAD":
                    if kind.startswith("lost-put"):
                        last = base64.b64encode(parts[-1]).decode()
                        return self.answer(200, "x", "x-amz-version-id: v8", "x-amz-checksum-sha256: "
                            + (last if kind == "lost-put" else "AAAA"))
                    whole = hashlib.sha256(b"".join(parts[-2:])).digest()
                    if kind.endswith("-other"): whole = bytes(32)
                    return self.answer(200, "x" * (6 << 20), "x-amz-version-id: v7",
                        "x-amz-checksum-sha256: " + base64.b64encode(whole).decode() + "-2")
                self.answer(204)
        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
        server = Server(("127.0.0.1", 0), Answers)
        PORT = server.server_address[1]
        open("port.new", "w").write(str(PORT))
        os.rename("port.new", "port")
        server.serve_forever()

        """#
}
