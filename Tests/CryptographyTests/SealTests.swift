import Cryptography
import Testing

struct SealTests {
    @Test(arguments: [SealKey.Kind.p256, .rsa3072])
    func `is trusted over its content by its own certificate`(_ kind: SealKey.Kind) throws {
        let sealer = try Sealer(kind)

        let verdict = Seal.verify(
            try sealer.seal(), content: Sealer.sums, trusted: [sealer.certificate])

        guard case .trusted(let signer) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(signer.subject == sealer.certificate.subject)
        #expect(signer.issuer == sealer.certificate.issuer)
        #expect(signer.fingerprint == sealer.certificate.fingerprint)
        #expect(signer.signingTime == Sealer.time)
        #expect(signer.notBefore == sealer.certificate.notBefore)
        #expect(signer.notAfter == sealer.certificate.notAfter)
    }

    @Test(arguments: [SealKey.Kind.p256, .rsa3072])
    func `is accepted by the openssl program as CAdES`(_ kind: SealKey.Kind) throws {
        let bench = try Workbench()
        let sealer = try Sealer(kind)
        try bench.write(sealer.seal(), as: "X.sums.p7s")
        try bench.write(Sealer.sums, as: "X.sums")
        try bench.write(Sealer.sums + [0x0A], as: "other.sums")
        try bench.write(sealer.certificate.pem, as: "seal.crt")
        let command =
            "cms -verify -binary -cades -inform DER -in X.sums.p7s -CAfile seal.crt"
            + " -purpose any -out verified -attime \(Sealer.time) -content "

        let answer = try bench.openssl(command + "X.sums")
        #expect(answer.status == 0, "\(answer.output)")
        #expect(try bench.openssl(command + "other.sums").status != 0)
    }

    @Test func `says the time it was given, and no more than CAdES asks`() throws {
        let bench = try Workbench()
        try bench.write(Sealer().seal(at: 2_600_000_000), as: "seal")

        let text = try bench.openssl("cms -cmsout -print -noout -inform DER -in seal").output
        #expect(text.contains("May 22 14:13:20 2052 GMT"))
        #expect(text.contains("signingCertificateV2"))
        #expect(text.contains("eContent: <ABSENT>"))
        #expect(!text.contains("SMIME") && text.contains("unsignedAttrs:\n          <ABSENT>"))
        #expect(text.contains("algorithm: sha512") && !text.contains("sha256 "))
    }

    @Test func `is the same bytes when an RSA key seals the same content twice`() throws {
        let sealer = try Sealer(.rsa3072)

        #expect(try sealer.seal() == sealer.seal())
    }

    @Test(arguments: [1, 4096, 65_536, 1_000_000])
    func `covers content of any size, with line ends as they are`(_ count: Int) throws {
        let sealer = try Sealer()
        let content = (0..<count).map { [0x0D, 0x0A, 0x00, 0xC3][$0 % 4] as UInt8 }
        let der = try sealer.seal(content)

        #expect(Seal.verify(der, content: content, trusted: [sealer.certificate]).isTrusted)
        #expect(Seal.verify(der, content: content + [0x0A], trusted: [sealer.certificate]).isBroken)
        let shorter = Array(content.dropLast())
        #expect(Seal.verify(der, content: shorter, trusted: [sealer.certificate]).isBroken)
    }

    @Test func `is broken over any other content`() throws {
        let sealer = try Sealer()
        let der = try sealer.seal()
        for index in Sealer.sums.indices {
            var content = Sealer.sums
            content[index] ^= 1

            #expect(Seal.verify(der, content: content, trusted: [sealer.certificate]).isBroken)
        }
    }

    @Test func `is untrusted when only a namesake's certificate is trusted`() throws {
        let sealer = try Sealer()
        let namesake = try Sealer()
        #expect(sealer.certificate.subject == namesake.certificate.subject)

        let verdict = Seal.verify(
            try sealer.seal(), content: Sealer.sums, trusted: [namesake.certificate])
        #expect(verdict.isUntrusted)
        let both = [namesake.certificate, sealer.certificate]
        #expect(Seal.verify(try sealer.seal(), content: Sealer.sums, trusted: both).isTrusted)
    }

    @Test func `is untrusted when nothing is trusted`() throws {
        #expect(Seal.verify(try Sealer().seal(), content: Sealer.sums, trusted: []).isUntrusted)
    }

    @Test(arguments: [-61, 20 * Sealer.year + 1] as [Int64])
    func `is untrusted when signed outside its certificate's validity`(_ shift: Int64) throws {
        let sealer = try Sealer()
        let der = try sealer.seal(at: Sealer.time + shift)

        #expect(
            Seal.verify(der, content: Sealer.sums, trusted: [sealer.certificate]).isUntrusted)
    }

    @Test func `stays trusted until the last second of its certificate`() throws {
        let sealer = try Sealer()
        let der = try sealer.seal(at: Sealer.time + 20 * Sealer.year - 1)

        #expect(Seal.verify(der, content: Sealer.sums, trusted: [sealer.certificate]).isTrusted)
    }

    @Test func `is not made with a certificate of another key`() throws {
        let sealer = try Sealer()
        let other = try Sealer()

        #expect(throws: CryptographyFailure.self) {
            try Seal.make(
                content: Sealer.sums, key: sealer.key, certificate: other.certificate, chain: [],
                signingTime: Sealer.time)
        }
    }

    @Test func `carries the chain it was given`() throws {
        let sealer = try Sealer()
        let other = try Sealer(serial: 2).certificate
        let der = try sealer.seal(chain: [other])

        #expect(der.count > other.der.count + sealer.certificate.der.count)
        #expect(Seal.verify(der, content: Sealer.sums, trusted: [sealer.certificate]).isTrusted)
    }
}
