import Cryptography
import Testing

struct SealKeyTests {
    private static let passphrase = Array("Mật khẩu của con dấu".utf8)

    @Test(arguments: [SealKey.Kind.p256, .rsa3072])
    func `comes back from its file`(_ kind: SealKey.Kind) throws {
        let sealer = try Sealer(kind)
        let open = try SealKey.reading(pem: sealer.key.pem(passphrase: nil), passphrase: nil)
        let closed = try SealKey.reading(
            pem: sealer.key.pem(passphrase: Self.passphrase), passphrase: Self.passphrase)

        #expect(sealer.certificate.matches(open))
        #expect(sealer.certificate.matches(closed))
        #expect(try !sealer.certificate.matches(SealKey.generate(kind)))
    }

    @Test func `is readable by the openssl program with the same passphrase`() throws {
        let bench = try Workbench()
        try bench.write(SealKey.generate(.p256).pem(passphrase: Array("mot hai".utf8)), as: "key")
        try bench.write(Array("mot hai\n".utf8), as: "right")
        try bench.write(Array("mot ba\n".utf8), as: "wrong")

        #expect(try bench.openssl("pkey -in key -noout -passin file:right").status == 0)
        #expect(try bench.openssl("pkey -in key -noout -passin file:wrong").status != 0)
        let structure = try bench.openssl("asn1parse -in key").output
        #expect(structure.contains("aes-256-cbc") && structure.contains("hmacWithSHA256"))
        #expect(structure.contains("INTEGER           :0927C0"))
    }

    @Test func `tells a missing passphrase from a wrong one`() throws {
        let pem = try SealKey.generate(.p256).pem(passphrase: Self.passphrase)

        #expect(Self.reason(pem, nil) == .passphraseMissing)
        #expect(Self.reason(pem, []) == .passphraseMissing)
        #expect(Self.reason(pem, Array("khác".utf8)) == .passphraseWrong)
        #expect(Self.reason(pem, Self.passphrase + [0x20]) == .passphraseWrong)
    }

    @Test(arguments: [1, 75, 1023, 1024, 1025, 4096])
    func `opens with a passphrase of any length that it was closed with`(_ count: Int) throws {
        let passphrase = [UInt8](repeating: 0x61, count: count)
        let pem = try SealKey.generate(.p256).pem(passphrase: passphrase)

        #expect(Self.reason(pem, passphrase) == nil)
        #expect(Self.reason(pem, passphrase.dropLast() + [0x62]) == .passphraseWrong)
    }

    @Test func `is not closed with an empty passphrase`() throws {
        let key = try SealKey.generate(.p256)

        #expect { try key.pem(passphrase: []) } throws: {
            ($0 as? CryptographyFailure)?.reason == .passphraseMissing
        }
    }

    @Test func `refuses what is not a key, whatever the passphrase`() throws {
        let sealer = try Sealer()
        let certificate = try sealer.certificate.pem
        let closed = try sealer.key.pem(passphrase: Self.passphrase)
        let cut = Array(closed.prefix(200))
        let hollow = Array(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
                .utf8)

        for bytes in [[], [0], Array("không phải khóa".utf8), certificate, cut, hollow] {
            #expect(Self.reason(bytes, nil) == .notAKey)
            #expect(Self.reason(bytes, Self.passphrase) == .notAKey)
        }
    }

    @Test(arguments: [
        "genpkey -algorithm ed25519", "genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:1024",
        "genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-192",
    ])
    func `refuses a key too weak to seal or of a kind that does not`(_ command: String) throws {
        let bench = try Workbench()
        #expect(try bench.openssl(command + " -out key").status == 0)

        #expect(Self.reason(try bench.read("key"), nil) == .notAKey)
    }

    @Test func `opens a key closed by the openssl program`() throws {
        let bench = try Workbench()
        for options in ["-aes256", "-aes256 -traditional"] {
            try bench.openssl("ecparam -name prime256v1 -genkey -noout -out plain")
            #expect(
                try bench.openssl("pkey -in plain \(options) -passout pass:dau -out key").status
                    == 0)
            let pem = try bench.read("key")

            #expect(Self.reason(pem, Array("dau".utf8)) == nil)
            #expect(Self.reason(pem, Array("sai".utf8)) == .passphraseWrong)
            #expect(Self.reason(pem, nil) == .passphraseMissing)
        }
    }

    @Test func `never crashes on a damaged file`() throws {
        var generator = SeededGenerator(11)
        let good = try SealKey.generate(.p256).pem(passphrase: nil)
        for _ in 0..<2_000 {
            var bytes = Array(good.prefix(Int.random(in: 0...good.count, using: &generator)))
            if let index = bytes.indices.randomElement(using: &generator) {
                bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            }
            _ = Self.reason(bytes, nil)
        }
    }

    @Test func `has a stable code for each reason`() {
        let codes = CryptographyFailure.Reason.allCases.map(\.rawValue)

        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.hasPrefix("LT-KEY-") })
    }

    /// Why a key cannot be read; nil when it can.
    private static func reason(
        _ pem: [UInt8], _ passphrase: [UInt8]?
    ) -> CryptographyFailure.Reason? {
        do {
            _ = try SealKey.reading(pem: pem, passphrase: passphrase)
            return nil
        } catch { return error.reason }
    }
}
