import Cataloging
import Foundation
import Records

/// Times questions to a catalog inside one process: `SearchClock CATALOG QUESTIONS`; `SearchClock CATALOG fill` makes one.
///
/// A line of QUESTIONS is sort, words, agency, first and last day, with tabs between; for each the
/// same number of lines leaves: microseconds, hits.
@main
struct SearchClock {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: SearchClock CATALOG QUESTIONS\n".utf8))
            exit(64)
        }
        guard arguments[2] != "fill" else { return try Filling.fill(arguments[1]) }
        let catalog = try Catalog.open(at: arguments[1], readOnly: true)
        let questions = try String(contentsOfFile: arguments[2], encoding: .utf8)
        let clock = ContinuousClock()
        for line in questions.split(separator: "\n") {
            let query = try question(line)
            let begun = clock.now
            let hits = try catalog.search(query)
            let (seconds, attoseconds) = (clock.now - begun).components
            print("\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)\t\(hits.count)")
        }
    }

    private static func question(_ line: Substring) throws -> SearchQuery {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5 else { throw CatalogFailure(.value) }
        return SearchQuery(
            words: parts[1], from: CivilDate(parts[3]), to: CivilDate(parts[4]),
            organ: parts[2].isEmpty ? nil : parts[2], limit: 20,
            sort: parts[0] == "relevance" ? .relevance : .newest)
    }
}
