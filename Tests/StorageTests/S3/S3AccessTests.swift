import Files
import Foundation
import Network
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@Suite struct S3AccessTests {
    private static let path = RelativePath("a")

    @Test func `a wrong secret key is named, and is in no text`() throws {
        guard let bucket = try SampleBucket() else { return }
        let secret = "sai-khoa-bi-mat"
        let client = try bucket.client(keys: "WRITERKEY\n\(secret)\n")

        let failure = #expect(throws: S3Failure.self) { try client.put([1], as: Self.path) }

        #expect(failure?.reason == .keyWrong)
        #expect(failure?.code == "SignatureDoesNotMatch")
        #expect(failure?.mayRetry == false)
        #expect(!String(reflecting: failure).contains(secret))
        let unknown = #expect(throws: S3Failure.self) {
            try bucket.client(keys: "NOBODY\n\(secret)\n").versioning()
        }
        #expect(unknown?.reason == .keyWrong)
    }

    @Test func `a store's keys are shown nowhere`() throws {
        let credentials = try #require(S3Credentials(lines: Array(SeaweedServer.writer.utf8)))
        var dumped = ""

        dump(credentials, to: &dumped)

        for text in [dumped, "\(credentials)", String(reflecting: credentials)] {
            #expect(!text.contains("bi-mat"))
        }
    }

    @Test func `an account that may only read reads and is refused to write`() throws {
        guard let bucket = try SampleBucket() else { return }
        _ = try bucket.client().put([1], as: Self.path)
        let client = try bucket.client(keys: SeaweedServer.reader)

        #expect(try client.bytes(of: Self.path, limit: 9) == [1])
        #expect(try client.everything().count == 1)
        for act in [
            { _ = try client.put([2], as: Self.path) }, { try client.delete(Self.path) },
            {
                _ = try client.put(
                    EndlessPattern(size: 6 << 20), size: 6 << 20, as: Self.path, expecting: nil,
                    parts: S3Parts(largestPiece: 5 << 20))
            },
        ] {
            #expect(#expect(throws: S3Failure.self) { try act() }?.reason == .denied)
        }
    }

    @Test func `a bucket that is not there is named`() throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let client = try SampleBucket.client(
            "s3://khong-co/kho", server.connection(SeaweedServer.writer))

        #expect(#expect(throws: S3Failure.self) { try client.everything() }?.reason == .noBucket)
    }

    @Test func `a store that does not answer is away at once`() throws {
        let credentials = try #require(S3Credentials(lines: Array(SeaweedServer.writer.utf8)))
        // Nothing listens on the first; the second is an address for documentation that no one routes.
        for url in ["http://127.0.0.1:1", "http://192.0.2.1:9"] {
            let endpoint = try #require(S3Endpoint(url, connectTimeout: 1))
            let client = try SampleBucket.client(
                "s3://kho/a", S3Connection(endpoint, credentials: credentials))
            let start = ContinuousClock.now

            let failure = #expect(throws: S3Failure.self) { try client.versioning() }

            #expect(failure?.reason == .away)
            #expect(ContinuousClock.now - start < .seconds(3))
        }
    }

    @Test(arguments: [
        ("A\nB\n", 0o600, true), ("A\nB", 0o400, true), ("A\r\nB\r\n", 0o600, true),
        ("A\nB\n", 0o640, false), ("A\nB\n", 0o604, false), ("A\n", 0o600, false),
        ("A\n\n", 0o600, false), ("A\nB\nC\n", 0o600, false), ("A b\nC\n", 0o600, false),
        ("Â\nB\n", 0o600, false), ("A:x\nB\n", 0o600, false), ("", 0o600, false),
    ])
    func `keys come from a file of two lines that others cannot read`(
        text: String, mode: Int, isGood: Bool
    ) throws {
        let folder = try TestFolder()
        try folder.write(text, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: folder.path("khoa").string)

        let read = Result { try S3Credentials.read(folder.path("khoa"), volume: DiskVolume()) }

        switch read {
        case .success(let credentials): #expect(isGood && credentials.accessKey == "A")
        case .failure(let error):
            #expect(!isGood)
            #expect((error as? S3Failure)?.reason == .keyFile)
        }
    }

    @Test func `a file of keys that is not there is named`() throws {
        let failure = #expect(throws: S3Failure.self) {
            try S3Credentials.read("/khong/co", volume: DiskVolume())
        }
        #expect(failure?.reason == .keyFile)
    }

    @Test(arguments: [
        ("s3://kho-luu", "kho-luu", ""), ("s3://kho-luu/", "kho-luu", ""),
        ("s3://kho.luu/Tết/a b/", "kho.luu", "Tết/a b"),
    ])
    func `an address is a bucket and a prefix`(text: String, bucket: String, prefix: String) {
        let address = S3Address(text)

        #expect(address?.bucket == bucket)
        #expect(address?.prefix == prefix)
        #expect(address.map { S3Address($0.text) } == address)
    }

    @Test(arguments: [
        "kho", "s3:/kho", "s3://", "s3://Kho", "s3://ab", "s3://kho//a", "s3://kho/../a",
        "s3://kho/a\nb", "s3://kho?x/a", "s3://.kho/a",
    ])
    func `what is no address is refused`(text: String) {
        #expect(S3Address(text) == nil)
    }

    @Test(arguments: [
        "ftp://a", "http://", "http://a/b", "http://u:p@a", "http://a?b", "a:80", "https://a b",
    ])
    func `what is no endpoint is refused`(url: String) {
        #expect(S3Endpoint(url) == nil)
        #expect(S3Endpoint("https://s3.example:443/")?.url == "https://s3.example:443")
        #expect(S3Endpoint("http://[::1]:8333", region: "a:b") == nil)
    }
}
