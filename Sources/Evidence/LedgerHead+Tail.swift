import Records

extension LedgerHead {
    /// The longest piece of a ledger's end by which its head is known.
    package static let tailLength = LedgerEntry.largestLine + 2

    /// The head of a ledger that ends with these bytes; a line that a crash cut short at the end does not count.
    ///
    /// Nil when the bytes do not end a ledger. Nothing before the last line is looked at.
    package init?(endingWith tail: [UInt8], size: Int64) {
        guard let end = tail.lastIndex(of: 0x0A) else {
            guard Int64(tail.count) == size else { return nil }
            self = .empty
            return
        }
        let start = tail[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = tail[start..<end]
        guard start > 0 || Int64(tail.count) == size, let last = LedgerLines.digest(of: line),
            let value = try? JSONValue(parsing: line),
            let sequence = value["n"]?.numberValue, sequence >= 0, sequence < 1 << 53,
            let at = value["at"]?.stringValue.flatMap({ Instant($0) })
        else { return nil }
        self.init(
            size: size - Int64(tail.count - end - 1), count: sequence + 1, last: last, at: at)
    }
}
