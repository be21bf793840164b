import Cryptography
import Testing

struct CertificateTests {
    @Test func `says who seals and from when to when`() throws {
        let sealer = try Sealer()
        let certificate = sealer.certificate

        for part in [
            "CN=Con dấu lưu trữ", "organizationIdentifier=H61.12", "O=" + Sealer.agency, "C=VN",
        ] {
            #expect(certificate.subject.contains(part))
        }
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.notBefore == Sealer.time - 60)
        #expect(certificate.notAfter == Sealer.time + 20 * Sealer.year)
        #expect(certificate.fingerprint.utf8.count == 64)
    }

    @Test func `is the certificate that the openssl program reads`() throws {
        let bench = try Workbench()
        let certificate = try Sealer(notAfter: 4_102_444_800).certificate
        try bench.write(certificate.pem, as: "seal.crt")

        let text = try bench.openssl("x509 -in seal.crt -noout -text -nameopt utf8,sep_comma_plus")
            .output
        #expect(text.contains("O=" + Sealer.agency))
        #expect(text.contains("Basic Constraints: critical\n                CA:FALSE"))
        #expect(
            text.contains("Key Usage: critical\n                Digital Signature, Non Repudiation")
        )
        #expect(
            text.contains("Subject Key Identifier") && text.contains("Authority Key Identifier"))
        #expect(
            text.contains(
                "Serial Number:\n            41:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10"))
        #expect(text.contains("Not After : Jan  1 00:00:00 2100 GMT"))
        #expect(
            try bench.openssl("x509 -in seal.crt -noout -fingerprint -sha256").output
                .replacing(":", with: "").lowercased().contains(certificate.fingerprint))
        #expect(try bench.openssl("asn1parse -in seal.crt").output.contains("UTF8STRING"))
        #expect(try bench.openssl("asn1parse -in seal.crt").output.contains("GENERALIZEDTIME"))
    }

    @Test(arguments: [64, 65, 300])
    func `holds an agency's name however long and however composed`(_ count: Int) throws {
        let key = try SealKey.generate(.p256)
        for letter in ["Ủ", "U\u{309}", "a"] {
            let certificate = try Certificate.selfSigned(
                key: key, agencyName: String(repeating: letter, count: count), agencyCode: "H61.12",
                commonName: "Con dấu", serial: [1], notBefore: 0, notAfter: 4_000_000_000)

            #expect(certificate.subject.contains("O=" + letter + letter))
        }
    }

    @Test func `reads every certificate of a file`() throws {
        let certificates = [try Sealer().certificate, try Sealer(.rsa3072).certificate]
        let text = try Array("Chứng thư của cơ quan\n".utf8) + certificates.flatMap { try $0.pem }

        let found = try Certificate.reading(pem: text)
        #expect(found.map(\.der) == certificates.map(\.der))
    }

    @Test func `refuses a file in which any certificate is damaged`() throws {
        let good = try Sealer().certificate.pem
        var damaged = good
        damaged[good.count / 2] = 0x21
        let key = try SealKey.generate(.p256).pem(passphrase: nil)

        for bytes in [[], key, damaged, damaged + good, good + damaged, good + good.prefix(200)] {
            #expect { try Certificate.reading(pem: bytes) } throws: {
                ($0 as? CryptographyFailure)?.reason == .notACertificate
            }
        }
        #expect(try Certificate.reading(pem: good + key).count == 1)
    }

    @Test func `refuses a certificate that asks for a passphrase`() throws {
        let header = "-----BEGIN CERTIFICATE-----\n"
        let question =
            "Proc-Type: 4,ENCRYPTED\n"
            + "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n"
        let pem = String(decoding: try Sealer().certificate.pem, as: UTF8.self)
            .replacing(header, with: header + question)

        #expect {
            try Certificate.reading(pem: Array(pem.utf8))
        } throws: {
            ($0 as? CryptographyFailure)?.reason == .notACertificate
        }
    }

    @Test func `never crashes on a damaged certificate`() throws {
        var generator = SeededGenerator(13)
        let bench = try Workbench()
        try bench.write(Sealer().certificate.pem, as: "seal.crt")
        try bench.openssl("x509 -in seal.crt -outform DER -out seal.der")
        let good = try bench.read("seal.der")
        for _ in 0..<3_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                    1 << UInt8.random(in: 0...7)
            }
            let pem =
                "-----BEGIN CERTIFICATE-----\n" + Self.base64(bytes)
                + "\n-----END CERTIFICATE-----\n"
            guard let found = try? Certificate.reading(pem: Array(pem.utf8)).first else { continue }
            #expect(found.subject.count <= 500 && found.issuer.count <= 500)
            _ = (found.notBefore, found.notAfter, found.fingerprint)
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var lines: [String] = []
        var line = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let triple = bytes[start..<min(start + 3, bytes.count)]
            let word = triple.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - triple.count))
            for place in 0..<4 {
                line.append(place > triple.count ? "=" : letters[word >> (18 - 6 * place) & 63])
            }
            if line.count == 64 { lines.append(line); line = "" }
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
