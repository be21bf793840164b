import Cryptography
import Testing

/// Seals that the openssl program makes and the archive must not take for its own kind.
struct ForgeryTests {
    private static let sign = "cms -sign -binary -nosmimecap -outform DER -in sums -inkey key"

    /// A bench with content, key and certificate that the openssl program made.
    private static func bench(
        usage: String = "digitalSignature,nonRepudiation", authority: Bool = false,
        key: String = "rsa:2048"
    ) throws -> Workbench {
        let bench = try Workbench()
        let configuration = """
            [req]
            distinguished_name = name
            x509_extensions = extensions
            [name]
            [extensions]
            basicConstraints = critical,CA:\(authority)
            keyUsage = critical,\(usage)
            """
        try bench.write(Array(configuration.utf8), as: "cnf")
        try bench.write(Sealer.sums, as: "sums")
        let answer = try bench.openssl(
            "req -x509 -config cnf -newkey \(key) -nodes -days 3650 -subj /C=VN/CN=A -keyout key"
                + " -out crt"
        )
        try #require(answer.status == 0, "\(answer.output)")
        return bench
    }

    private static func verdict(of bench: Workbench, _ command: String) throws -> SealVerdict {
        let answer = try bench.openssl(command + " -out seal")
        try #require(answer.status == 0, "\(answer.output)")
        return Seal.verify(
            try bench.read("seal"), content: Sealer.sums,
            trusted: try Certificate.reading(pem: try bench.read("crt")))
    }

    @Test(arguments: [
        "-signer crt -md sha256 -cades", "-signer crt -md sha512 -cades -keyid",
        "-signer crt -md sha384 -cades -keyopt rsa_padding_mode:pss",
    ])
    func `a CAdES signature of another maker is trusted`(_ options: String) throws {
        let verdict = try Self.verdict(of: Self.bench(), "\(Self.sign) \(options)")

        #expect(verdict.isTrusted, "\(verdict)")
    }

    @Test(arguments: [
        ("-signer crt -md sha512", "signing-certificate-v2 missing or of another certificate"),
        (
            "-signer crt -md sha512 -noattr",
            "signing-certificate-v2 missing or of another certificate"
        ),
        ("-signer crt -md sha1 -cades", "signing-certificate-v2 missing or of another certificate"),
        ("-signer crt -md md5 -cades", "weak or mixed algorithms"),
        ("-signer crt -md sha512 -cades -nodetach", "not a detached signature over data"),
        (
            "-signer crt -md sha512 -cades -econtent_type 1.2.840.113549.1.7.2",
            "not a detached signature over data"
        ),
    ])
    func `a signature that is no seal is broken`(_ options: String, _ reason: String) throws {
        #expect(try Self.verdict(of: Self.bench(), "\(Self.sign) \(options)") == .broken(reason))
    }

    @Test func `a signature without its signer's certificate is broken`() throws {
        let verdict = try Self.verdict(
            of: Self.bench(), "\(Self.sign) -signer crt -md sha512 -cades -nocerts")

        #expect(verdict.isBroken)
    }

    @Test func `a signature of two signers is broken`() throws {
        let bench = try Self.bench()
        let second = try bench.openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=B -keyout key2 -out crt2")
        try #require(second.status == 0, "\(second.output)")

        let verdict = try Self.verdict(
            of: bench, "\(Self.sign) -signer crt -signer crt2 -inkey key2 -md sha512 -cades")
        #expect(verdict == .broken("not exactly one signer"))
    }

    @Test func `a content type that differs from the signed one is broken`() throws {
        let bench = try Self.bench()
        let command =
            "\(Self.sign) -signer crt -md sha512 -cades -econtent_type 1.2.840.113549.1.7.2"
        _ = try Self.verdict(of: bench, command)
        var der = try bench.read("seal")
        // The content's own type stands before the signed attribute: only the first is changed.
        let type: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
        let places = der.indices.filter { der[$0...].starts(with: type) }
        try #require(places.count == 3)
        der[places[1] + 10] = 0x01
        // RFC 5652 §5.1: the version is 1 for data and 3 for other content.
        let version = places[0] + 11 + 10
        try #require(Array(der[(version - 2)...version]) == [0x02, 0x01, 0x03])
        der[version] = 0x01

        let trusted = try Certificate.reading(pem: try bench.read("crt"))
        let verdict = Seal.verify(der, content: Sealer.sums, trusted: trusted)
        #expect(verdict == .broken("content type"))
    }

    @Test func `a key too short for today is broken`() throws {
        let bench = try Self.bench(key: "rsa:1024")

        let verdict = try Self.verdict(of: bench, "\(Self.sign) -signer crt -md sha512 -cades")
        #expect(verdict == .broken("weak or mixed algorithms"))
    }

    @Test func `a certificate that may not sign is untrusted`() throws {
        let bench = try Self.bench(usage: "keyEncipherment")

        #expect(
            try Self.verdict(of: bench, "\(Self.sign) -signer crt -md sha512 -cades").isUntrusted)
    }

    @Test(arguments: [("sha256", true), ("sha1", false)])
    func `trust in an authority reaches what it certified with strong digests`(
        _ digest: String, _ isTrusted: Bool
    ) throws {
        let bench = try Self.bench(usage: "keyCertSign", authority: true)
        try bench.openssl(
            "req -new -newkey rsa:2048 -nodes -subj /C=VN/CN=B -keyout leafkey -out csr")
        let answer = try bench.openssl(
            "x509 -req -in csr -CA crt -CAkey key -\(digest) -days 365 -CAcreateserial -out leaf")
        try #require(answer.status == 0, "\(answer.output)")

        let command = Self.sign.replacing("key", with: "leafkey").replacing(
            "-inleafkey", with: "-inkey")
        let verdict = try Self.verdict(of: bench, command + " -signer leaf -md sha512 -cades")
        #expect(verdict.isTrusted == isTrusted, "\(verdict)")
        #expect(!verdict.isBroken)
    }
}
