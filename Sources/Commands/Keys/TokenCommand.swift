import ArgumentParser
import Repository

/// `luutru token-module`: the process in which a token's module runs; only the program itself calls it.
struct TokenCommand: ParsableCommand {
    static let word = "token-module"
    static let configuration = CommandConfiguration(commandName: word, shouldDisplay: false)

    func run() { TokenAccess.serve() }
}
