import ArgumentParser
import Repository

/// `luutru pdf-pages`: the process in which PDFs are opened; only the program itself calls it.
struct PagesCommand: ParsableCommand {
    static let word = "pdf-pages"
    static let configuration = CommandConfiguration(commandName: word, shouldDisplay: false)

    func run() { PageCounting.serve() }
}
