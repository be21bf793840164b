import ArgumentParser
import Repository
import SystemPackage

/// Records named one by one or in a list, as several commands take them.
struct IdentifierOptions: ParsableArguments {
    @Argument(help: "Mã gói hoặc mã hồ sơ · Identifiers or codes.") var records: [String] = []

    @Option(
        name: .long,
        help: "Danh sách mã: A,B hoặc @TỆP, mỗi dòng một mã · A,B or @FILE with one a line.")
    var ids: String?

    /// Every name that was given; empty when none was.
    func names() throws -> [String] {
        guard let ids else { return records }
        guard ids.hasPrefix("@") else {
            let given = IdentifierList.reading(ids)
            guard !given.isEmpty else {
                // As with an empty file: no name must not come to mean everything.
                throw ArchiveFailure(
                    .usage, subject: "--ids", ["detail": "--ids: không có mã nào · no name in it"])
            }
            return records + given
        }
        let path = FilePath(String(ids.dropFirst())).absolute
        let listed = try IdentifierList.reading(file: path, in: .machine())
        guard !listed.isEmpty else {
            // An empty list must not come to mean everything.
            throw ArchiveFailure(
                .usage, subject: "--ids", ["detail": "--ids: tệp rỗng · empty file"])
        }
        return records + listed
    }
}
