/// One request to an object store, before it is signed.
package struct S3Request {
    /// The methods of HTTP that S3 uses.
    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    /// What is sent with the request.
    package enum Body {
        case none
        case bytes([UInt8])
        /// So many bytes, each asked for by its place; they may be asked for twice.
        case pieces(Int64, (UnsafeMutableRawBufferPointer, Int64) throws -> Int)

        var count: Int64 {
            switch self {
            case .none: 0
            case .bytes(let bytes): Int64(bytes.count)
            case .pieces(let count, _): count
            }
        }
    }

    package let method: Method
    package let bucket: String
    /// The key's bytes; empty when the bucket itself is asked.
    package let key: [UInt8]
    /// Parameters of the query, in any order.
    package let parameters: [(name: String, value: String)]
    /// Headers beyond those that every request has; they are signed.
    package let headers: [(name: String, value: String)]
    package let body: Body
    /// SHA-256 of the body in hexadecimal letters.
    package let payload: String

    /// SHA-256 of no bytes.
    package static let emptyPayload =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    package init(
        _ method: Method, bucket: String, key: [UInt8] = [],
        parameters: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: Body = .none,
        payload: String = emptyPayload
    ) {
        self.method = method
        self.bucket = bucket
        self.key = key
        self.parameters = parameters
        self.headers = headers
        self.body = body
        self.payload = payload
    }

    /// Path-style address: the bucket is the first part of the path, so no name needs DNS.
    func url(at endpoint: S3Endpoint) -> String {
        var url = endpoint.url + "/" + PercentEncoding.encoded(bucket.utf8, keepsSlash: false)
        if !key.isEmpty { url += "/" + PercentEncoding.encoded(key, keepsSlash: true) }
        return parameters.isEmpty ? url : url + "?" + query
    }

    /// The query as it is signed: sorted, and a parameter without a value has its `=` all the same.
    var query: String {
        let encoded = parameters.map {
            (
                PercentEncoding.encoded($0.name.utf8, keepsSlash: false),
                PercentEncoding.encoded($0.value.utf8, keepsSlash: false)
            )
        }
        return encoded.sorted { $0 < $1 }.map { $0 + "=" + $1 }.joined(separator: "&")
    }

    var headerLines: [String] {
        ["x-amz-content-sha256: " + payload] + headers.map { $0.name + ": " + $0.value }
    }
}
