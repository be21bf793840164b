import COpenSSL

/// Object identifiers between libcrypto and their dotted text.
enum ObjectText {
    /// The dotted text; empty when there is none.
    static func dotted(_ object: OpaquePointer?) -> String {
        guard let object else { return "" }
        var text = [CChar](repeating: 0, count: 256)
        guard OBJ_obj2txt(&text, Int32(text.count), object, 1) > 0 else { return "" }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Gives the identifier of a dotted text, for as long as the body runs.
    static func with<Result>(
        _ dotted: String, _ body: (OpaquePointer) -> Result
    ) throws(CryptographyFailure) -> Result {
        guard let object = OBJ_txt2obj(dotted, 1) else { throw CryptographyFailure(.failed) }
        defer { ASN1_OBJECT_free(object) }
        return body(object)
    }
}
