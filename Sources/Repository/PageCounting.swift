package import Formats
package import SystemPackage

/// Counting the pages of PDFs apart from the archive's own process, for the faces to set up.
package enum PageCounting {
    /// Asks a process of this program, called with a word on which it runs `serve`.
    package static func apart(program: String, _ word: String) -> @Sendable (FilePath) -> PDFPages {
        let process = PageProcess(program: program, arguments: [word])
        return { process.count(at: $0) }
    }

    /// Answers such a process' questions until there are no more.
    package static func serve() { PageWorker.serve() }
}
