import COpenSSL

/// What a token's TSTInfo states (RFC 3161 §2.4.2).
struct TokenFacts {
    let time: Int64
    let imprintIdentifier: String
    let imprintAlgorithm: [UInt8]
    let imprint: [UInt8]
    let policy: String
    let serial: String
    let nonce: [UInt8]?
    let accuracy: Int64?

    /// Reads the content of a SignedData; nil when it is not a TSTInfo of version 1.
    init?(_ message: OpaquePointer) {
        guard OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed,
            OBJ_obj2nid(CMS_get0_eContentType(message)) == NID_id_smime_ct_TSTInfo,
            let content = CMS_get0_content(message), let octets = content.pointee
        else { return nil }
        let bytes = Array(
            UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(octets), count: Int(ASN1_STRING_length(octets))))
        let info = DERBytes.read(
            bytes, { d2i_TS_TST_INFO(nil, $0, $1) }, free: { TS_TST_INFO_free($0) })
        guard let info else { return nil }
        defer { TS_TST_INFO_free(info) }
        // A second encoding of the same statement is not let in: DER has one.
        guard TS_TST_INFO_get_version(info) == 1,
            let again = try? DERBytes.of({ i2d_TS_TST_INFO(info, $0) }), again == bytes
        else { return nil }
        self.init(reading: info)
    }

    private init?(reading info: OpaquePointer) {
        guard let time = Certificate.seconds(TS_TST_INFO_get_time(info)),
            let stated = TS_TST_INFO_get_msg_imprint(info),
            let algorithm = TS_MSG_IMPRINT_get_algo(stated),
            let message = TS_MSG_IMPRINT_get_msg(stated),
            let encoded = try? DERBytes.of({ i2d_X509_ALGOR(algorithm, $0) }),
            let serial = TS_TST_INFO_get_serial(info)
        else { return nil }
        self.time = time
        imprintIdentifier = ObjectText.dotted(algorithm.pointee.algorithm)
        imprintAlgorithm = encoded
        imprint = Self.bytes(message)
        policy = ObjectText.dotted(TS_TST_INFO_get_policy_id(info))
        self.serial = Self.bytes(serial).map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }.joined()
        nonce = TS_TST_INFO_get_nonce(info).map { Self.bytes($0) }
        accuracy = TS_TST_INFO_get_accuracy(info).flatMap { Self.microseconds($0) }
        guard imprint.count <= 64, self.serial.utf8.count <= 128, nonce?.count ?? 0 <= 64 else {
            return nil
        }
    }

    static func bytes(_ string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        Array(
            UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(string),
                count: max(0, Int(ASN1_STRING_length(string)))))
    }

    private static func microseconds(_ accuracy: OpaquePointer) -> Int64? {
        var sum: Int64 = 0
        for (part, unit) in [
            (TS_ACCURACY_get_seconds(accuracy), Int64(1_000_000)),
            (TS_ACCURACY_get_millis(accuracy), 1_000), (TS_ACCURACY_get_micros(accuracy), 1),
        ] {
            guard let part else { continue }
            let number = ASN1_INTEGER_get(part)
            guard (0...100_000_000).contains(number) else { return nil }
            sum += Int64(number) * unit
        }
        return sum
    }
}
