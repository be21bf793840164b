package import Files
import Records

/// Lines of a ledger taken out of it in their order; where two stand together the chain between them is proved.
package enum LedgerExcerpt {
    /// Gives every entry, each proved canonical; the failure's number counts the excerpt's lines from 0.
    package static func read(_ file: any OpenFile, _ body: (LedgerEntry) throws -> Void) throws {
        var lines = LedgerLines(file, from: 0)
        var head = LedgerHead.empty
        var number: Int64 = 0
        var size: Int64 = 0
        while let line = try lines.next(sequence: number) {
            guard let value = try? JSONValue(parsing: line), let place = value["n"]?.numberValue,
                place >= head.count, place < 1 << 53,
                let previous = value["prev"]?.stringValue.flatMap({ Digest(.sha256, hex: $0) })
            else { throw LedgerFailure(.entryMismatch, sequence: number) }
            // Where lines were left out, only the line itself can say what stood before it.
            let isNext = place == head.count
            let before = LedgerHead(
                size: size, count: place, last: isNext ? head.last : previous, at: head.at)
            let entry: LedgerEntry
            do {
                entry = try LedgerEntry(reading: line, after: before)
            } catch {
                throw LedgerFailure(error.reason, sequence: number)
            }
            head = entry.head(after: before)
            size = head.size
            number += 1
            try body(entry)
        }
        guard try file.status().size == size else {
            throw LedgerFailure(.entryMismatch, sequence: number)
        }
    }
}
