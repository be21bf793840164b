import CArchive
import Glibc

/// Why a ZIP could not be written, in libarchive's words.
package struct ZIPFailure: Error, Hashable, Sendable {
    package let detail: String
}

/// Writes a ZIP of stored (uncompressed) files through libarchive, names as bytes with the UTF-8 mark.
package final class ZIPWriter {
    private let archive: OpaquePointer
    private let sink: Sink

    /// Writes to a sink, which gets the bytes in order.
    package init(sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        // libarchive marks names as UTF-8, and leaves their bytes alone, only in a UTF-8 locale.
        setlocale(LC_CTYPE, "C.UTF-8")
        guard let archive = archive_write_new() else { throw ZIPFailure(detail: "out of memory") }
        self.archive = archive
        self.sink = Sink(sink)
        try check(archive_write_set_format_zip(archive))
        try check(archive_write_set_options(archive, "zip:compression=store"))
        try check(archive_write_set_bytes_in_last_block(archive, 1))
        try check(
            archive_write_open(
                archive, Unmanaged.passUnretained(self.sink).toOpaque(), nil,
                { _, context, bytes, count in Sink.write(context, bytes, count) }, nil))
    }

    deinit { archive_write_free(archive) }

    /// Begins a file; exactly `size` bytes must follow.
    package func begin(_ path: [UInt8], size: Int64, modified: Int64) throws {
        guard let entry = archive_entry_new() else { throw ZIPFailure(detail: "out of memory") }
        defer { archive_entry_free(entry) }
        (path + [0]).withUnsafeBytes { name in
            archive_entry_set_pathname(entry, name.bindMemory(to: CChar.self).baseAddress)
        }
        luutru_entry_set_regular(entry)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, size)
        archive_entry_set_mtime(entry, time_t(modified), 0)
        try check(archive_write_header(archive, entry))
    }

    /// Adds content to the file that was begun.
    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        guard archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count else {
            throw failure
        }
    }

    /// Writes the directory; the ZIP is complete.
    package func finish() throws { try check(archive_write_close(archive)) }

    private func check(_ result: Int32) throws {
        guard result == ARCHIVE_OK else { throw failure }
    }

    private var failure: any Error {
        sink.failure
            ?? ZIPFailure(detail: archive_error_string(archive).map { String(cString: $0) } ?? "")
    }
}

/// Takes libarchive's bytes and keeps what went wrong on the way.
private final class Sink {
    private(set) var failure: (any Error)?
    private let body: (UnsafeRawBufferPointer) throws -> Void

    init(_ body: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.body = body }

    /// What libarchive calls with each piece.
    static func write(_ context: UnsafeMutableRawPointer?, _ bytes: UnsafeRawPointer?, _ count: Int)
        -> la_ssize_t
    {
        guard let context, let bytes else { return -1 }
        let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        do {
            try sink.body(UnsafeRawBufferPointer(start: bytes, count: count))
            return count
        } catch {
            sink.failure = error
            return -1
        }
    }
}
