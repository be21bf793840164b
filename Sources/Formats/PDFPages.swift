import Glibc
package import SystemPackage

/// How many pages a PDF has; a file that would need repair first is unreadable, not guessed at.
package enum PDFPages: Hashable, Sendable {
    case pages(Int)
    /// It opens only with a password or a certificate.
    case encrypted
    /// Why its pages cannot be counted, in libqpdf's words.
    case unreadable(String)

    /// Counts the pages of the PDF at a path; a large file is not read as a whole.
    package static func count(at path: FilePath) -> PDFPages {
        var facts = stat()
        let status = path.withPlatformString { lstat($0, &facts) }
        guard status == 0, facts.st_mode & S_IFMT == S_IFREG else {
            return .unreadable("not a file that can be opened")
        }
        let size = Int(clamping: facts.st_size)
        // libqpdf recurses once for every stream whose length is written in another stream; a
        // hostile file is nothing but such streams, so the stack is measured by the file's size.
        return DeepStack.run(bytes: size) { read(path, size: size) }
    }

    /// Up to this size a file is read at once: libqpdf seeks a hundred times in the smallest one.
    private static let smallSize = 1 << 20

    private static func read(_ path: FilePath, size: Int) -> PDFPages {
        guard size <= smallSize else {
            let document = PDFDocument()
            return document.open(path) ?? document.pageCount()
        }
        do {
            return try wholeFile(path, size: size).withUnsafeBytes { bytes in
                let document = PDFDocument()
                return document.open(bytes) ?? document.pageCount()
            }
        } catch {
            return .unreadable("the disk does not give the file: \(error)")
        }
    }

    private static func wholeFile(_ path: FilePath, size: Int) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
        return try file.closeAfter {
            var bytes = [UInt8](repeating: 0, count: size)
            var filled = 0
            while filled < size {
                let count = try bytes.withUnsafeMutableBytes {
                    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
                }
                guard count > 0 else { break }
                filled += count
            }
            return Array(bytes[..<filled])
        }
    }
}
