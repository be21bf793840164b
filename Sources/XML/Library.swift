import CXML

/// libxml2 as every reader here uses it.
enum Library {
    /// Prepares libxml2 once, before threads can meet in it.
    static let prepare: Void = xmlInitParser()

    /// No network, no entity substitution, no DTD; nothing is ever printed.
    static let options = Int32(
        XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NOCDATA.rawValue)

    static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
        guard let pointer else { return "" }
        return String(decodingCString: pointer, as: UTF8.self)
    }
}

/// The first error libxml2 told of, kept instead of printed.
final class ErrorNote {
    private(set) var first: XMLFailure?

    func keep(_ error: xmlError) {
        guard first == nil else { return }
        let message = error.message.map { String(cString: $0) } ?? ""
        let isLimit = error.code == Int32(XML_ERR_NAME_TOO_LONG.rawValue) || message.contains("xmlSAX2")
            || message.contains("Excessive depth") || message.contains("huge")
        first = XMLFailure(
            isLimit ? .limit : .malformed, line: Int(error.line), column: Int(error.int2),
            message: message.split(separator: "\n").first.map { String($0) } ?? "")
    }

    /// What to throw when a call failed.
    var failure: XMLFailure { first ?? XMLFailure(.malformed) }

    /// What libxml2 calls with each error.
    static func take(_ context: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
        guard let context, let error else { return }
        Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().note.keep(error.pointee)
    }
}

/// Brings bytes from a source to libxml2 and errors of the source back.
final class Feed {
    let note = ErrorNote()
    private let source: (UnsafeMutableRawBufferPointer) throws -> Int
    private var failure: (any Error)?

    init(_ source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.source = source }

    /// Throws what the source threw, once.
    func rethrow() throws {
        guard let failure else { return }
        self.failure = nil
        throw failure
    }

    /// What libxml2 calls for more bytes.
    static func read(
        _ context: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ length: Int32
    ) -> Int32 {
        guard let context, let buffer, length > 0 else { return 0 }
        let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
        do {
            return Int32(
                try feed.source(UnsafeMutableRawBufferPointer(start: buffer, count: Int(length))))
        } catch {
            feed.failure = error
            return -1
        }
    }
}
