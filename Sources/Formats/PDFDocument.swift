import CQPDF
import SystemPackage

/// A PDF that libqpdf has open; closed with the value.
struct PDFDocument: ~Copyable {
    private let handle: qpdf_data

    init() {
        handle = qpdf_init()
        qpdf_silence_errors(handle)
        qpdf_set_suppress_warnings(handle, QPDF_BOOL(1))
        qpdf_set_attempt_recovery(handle, QPDF_BOOL(0))
    }

    deinit {
        var closing: qpdf_data? = handle
        qpdf_cleanup(&closing)
    }

    /// Opens the file; what stands in the way, or nil.
    borrowing func open(_ path: FilePath) -> PDFPages? {
        accepted(path.withPlatformString { qpdf_read(handle, $0, nil) })
    }

    /// Opens a file that stands in memory, which must stay there as long as the document.
    borrowing func open(_ bytes: UnsafeRawBufferPointer) -> PDFPages? {
        let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress
        return accepted(qpdf_read_memory(handle, "", start, UInt64(bytes.count), nil))
    }

    /// Counts the leaves of the page tree (ISO 32000-1 §7.7.3) level by level, without recursion.
    borrowing func pageCount() -> PDFPages {
        let root = qpdf_get_root(handle)
        defer { qpdf_oh_release_all(handle) }
        guard qpdf_has_error(handle) == 0 else { return failure() }
        var waiting = [(node: qpdf_oh_get_key(handle, root, "/Pages"), depth: 0)]
        var seen: Set<Int32> = []
        var pages = 0
        while let (node, depth) = waiting.popLast() {
            guard qpdf_oh_is_dictionary(handle, node) != 0 else {
                return .unreadable("the page tree names something that is not a page")
            }
            guard qpdf_oh_has_key(handle, node, "/Kids") != 0 else {
                pages += 1
                qpdf_oh_release(handle, node)
                continue
            }
            let number = qpdf_oh_get_object_id(handle, node)
            guard number == 0 || seen.insert(number).inserted, depth < Self.deepest else {
                return .unreadable("the page tree runs in a circle or is too deep")
            }
            let kids = qpdf_oh_get_key(handle, node, "/Kids")
            for index in 0..<max(0, qpdf_oh_get_array_n_items(handle, kids)) {
                waiting.append((qpdf_oh_get_array_item(handle, kids, index), depth + 1))
            }
            qpdf_oh_release(handle, kids)
            qpdf_oh_release(handle, node)
        }
        return qpdf_has_error(handle) == 0 ? .pages(pages) : failure()
    }

    /// Real page trees are balanced and a few levels deep.
    private static let deepest = 256

    private borrowing func accepted(_ result: QPDF_ERROR_CODE) -> PDFPages? {
        result & QPDF_ERROR_CODE(QPDF_ERRORS) == 0 ? nil : failure()
    }

    private borrowing func failure() -> PDFPages {
        guard qpdf_has_error(handle) != 0 else { return .unreadable("cannot be read") }
        let error = qpdf_get_error(handle)
        if qpdf_get_error_code(handle, error) == qpdf_e_password { return .encrypted }
        let detail = qpdf_get_error_message_detail(handle, error).map { String(cString: $0) } ?? ""
        if detail.contains("ncrypt") { return .encrypted }
        return .unreadable(String(detail.prefix(200)))
    }
}
