import GRDB

/// The full-text index's reading of Vietnamese: words without case, dấu and đ, straight from UTF-8.
final class SearchTokenizer: FTS5CustomTokenizer {
    static let name = "luutru"

    private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(
        capacity: SearchTokens.bufferSize)

    init(db: Database, arguments: [String]) {}

    deinit { buffer.deallocate() }

    func tokenize(
        context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization,
        pText: UnsafePointer<CChar>?,
        nText: CInt, tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        let succeeded = ResultCode.SQLITE_OK.rawValue
        guard let pText, nText > 0, let word = UnsafeRawPointer(buffer.baseAddress) else {
            return succeeded
        }
        let text = UnsafeBufferPointer(
            start: UnsafeRawPointer(pText).assumingMemoryBound(to: UInt8.self), count: Int(nText))
        var code = succeeded
        SearchTokens.scan(text, into: buffer) { length, range in
            code = tokenCallback(
                context, 0, word.assumingMemoryBound(to: CChar.self), CInt(length),
                CInt(range.lowerBound),
                CInt(range.upperBound))
            return code == succeeded
        }
        return code
    }
}
