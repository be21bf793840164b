import Cryptography
import Foundation

/// A certification authority and a time-stamp service of the openssl program.
final class StampBench {
    let bench: Workbench
    /// Now, for the openssl program reads the machine's clock.
    let now = Int64(Date().timeIntervalSince1970)

    init() throws {
        bench = try Workbench()
        try bench.write(Array(Self.configuration.utf8), as: "c.cnf")
        for (name, text) in [("index", ""), ("tsaserial", "01\n"), ("crlnumber", "01\n")] {
            try bench.write(Array(text.utf8), as: name)
        }
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config c.cnf"
        try bench.openssl(
            "req -x509 \(key) -keyout root.key -out root.pem -days 900 -extensions root -subj /CN=Root"
        )
        for kind in ["tsa", "plain", "soft"] {
            try bench.openssl(
                "req -new \(key) -keyout \(kind).key -out \(kind).csr -subj /CN=\(kind)")
            try bench.openssl(
                "x509 -req -in \(kind).csr -CA root.pem -CAkey root.key -set_serial 7 -days 300"
                    + " -extfile c.cnf -extensions \(kind) -out \(kind).pem")
        }
    }

    var root: Certificate {
        get throws { try Certificate.reading(pem: bench.read("root.pem"))[0] }
    }

    /// The answer of `openssl ts`.
    func answer(_ request: [UInt8]) throws -> [UInt8] {
        try bench.write(request, as: "q.tsq")
        try bench.openssl("ts -reply -config c.cnf -section tsa1 -queryfile q.tsq -out r.tsr")
        return try bench.read("r.tsr")
    }

    /// A token over a digest, made by the service.
    func token(_ digest: [UInt8] = Array(repeating: 1, count: 64)) throws -> TimeStampToken {
        let request = try TimeStampRequest(imprint: digest, nonce: Array(1...16))
        return try TimeStampResponse(der: answer(request.der))
            .token(for: request, now: now, tolerance: 3_600)
    }

    /// The token's statement, signed again with another certificate.
    func forged(_ token: TimeStampToken, with kind: String) throws -> TimeStampToken {
        try bench.write(token.der, as: "t.der")
        try bench.openssl("cms -verify -inform DER -in t.der -noverify -out info.der")
        try bench.openssl(
            "cms -sign -binary -nodetach -cades -md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4"
                + " -in info.der -signer \(kind).pem -inkey \(kind).key -outform DER -nosmimecap"
                + " -out f.der")
        return try TimeStampToken(der: bench.read("f.der"))
    }

    /// The authority's list, after it revoked the service's certificate if a reason is given.
    func list(revokingFor reason: String? = nil) throws -> RevocationList {
        let ca = "ca -config c.cnf -keyfile root.key -cert root.pem -md sha256 -batch"
        if let reason {
            try bench.openssl(
                "\(ca) -revoke tsa.pem\(reason.isEmpty ? "" : " -crl_reason ")\(reason)")
        }
        try bench.openssl("\(ca) -gencrl -crldays 3 -out list.pem")
        try bench.openssl("crl -in list.pem -outform DER -out list.der")
        return try RevocationList.reading(der: bench.read("list.der"))
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
        [soft]
        basicConstraints=critical,CA:FALSE
        extendedKeyUsage=timeStamping
        [plain]
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        [tsa1]
        serial=./tsaserial
        signer_cert=./tsa.pem
        certs=./root.pem
        signer_key=./tsa.key
        signer_digest=sha256
        default_policy=1.3.6.1.4.1.99999.1.1
        digests=sha256,sha384,sha512
        accuracy=secs:1
        ess_cert_id_alg=sha256
        [ca]
        default_ca=ca1
        [ca1]
        database=./index
        crlnumber=./crlnumber
        default_md=sha256
        unique_subject=no

        """
}
