import Console
import Glibc

/// A secret typed at the terminal, which does not show it.
enum HiddenInput {
    /// Asks; nil when standard input is no terminal or nothing was typed.
    static func ask(_ question: String) -> [UInt8]? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        Stream.notes.write(question)
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
            Stream.notes.write("\n")
        }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else { return nil }
        return Array(line.utf8)
    }
}
