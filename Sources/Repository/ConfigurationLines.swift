/// The lines of a configuration as people wrote them, for changes that leave every other line as it is.
struct ConfigurationLines {
    var lines: [[UInt8]]

    /// Takes a file apart at its line breaks; a carriage return stays with its line.
    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        while lines.last?.isEmpty == true { lines.removeLast() }
    }

    var bytes: [UInt8] { Array(lines.joined(separator: [0x0A])) + [0x0A] }

    /// Adds lines at the end.
    mutating func add(_ texts: [String]) { lines += texts.map { Array($0.utf8) } }

    /// Takes a key out with all that belongs to it.
    mutating func removeBlock(_ key: String) {
        guard let block = block(key) else { return }
        lines.removeSubrange(block)
    }

    /// Takes one item of a key's list out; the comments above the next one stay.
    mutating func removeItem(_ index: Int, of key: String) {
        let items = items(of: key)
        guard items.indices.contains(index) else { return }
        lines.removeSubrange(items[index])
    }

    /// Puts an item behind the last one of a key's list; `lines` begin with two blanks and a hyphen.
    mutating func addItem(_ texts: [String], to key: String) {
        guard let block = block(key) else { return add([key + ":"] + texts) }
        guard let last = items(of: key).last, let first = lines[last].first else {
            // A key with nothing, or with an empty list on its own line.
            lines.replaceSubrange(block, with: ([key + ":"] + texts).map { Array($0.utf8) })
            return
        }
        let blanks = Array(first.prefix { $0 == 0x20 })
        lines.insert(
            contentsOf: texts.map { blanks + Array($0.dropFirst(2).utf8) }, at: last.upperBound)
    }

    /// Says a key of a block anew, behind the block's own line where it has none.
    mutating func put(_ name: String, _ value: String, in key: String) {
        guard let block = block(key) else { return }
        let nested = (block.lowerBound + 1)..<block.upperBound
        let found = nested.first {
            lines[$0].drop { $0 == 0x20 }.starts(with: Array((name + ":").utf8))
        }
        let model = nested.first { !Self.isBlankOrComment(lines[$0]) }
        let blanks = model.map { Array(lines[$0].prefix { $0 == 0x20 }) } ?? [0x20, 0x20]
        let line = blanks + Array("\(name): \(value)".utf8)
        if let found { lines[found] = line } else { lines.insert(line, at: nested.lowerBound) }
    }

    /// The lines of a key at the left edge, up to the last one that is of it.
    private func block(_ key: String) -> Range<Int>? {
        let head = Array((key + ":").utf8)
        guard let start = lines.firstIndex(where: { $0.starts(with: head) }) else { return nil }
        var end = start + 1
        var next = end
        while next < lines.count {
            let line = lines[next]
            next += 1
            if Self.isBlankOrComment(line) { continue }
            guard let first = line.first, first == 0x20 || first == 0x09 || first == 0x2D else {
                break
            }
            end = next
        }
        return start..<end
    }

    /// The lines of each item of a key's list, from its hyphen to its last line.
    private func items(of key: String) -> [Range<Int>] {
        guard let block = block(key) else { return [] }
        let nested = (block.lowerBound + 1)..<block.upperBound
        let used = nested.filter { !Self.isBlankOrComment(lines[$0]) }
        guard let first = used.first else { return [] }
        let indent = lines[first].prefix { $0 == 0x20 }.count
        let starts = used.filter { index in
            lines[index].dropFirst(indent).first == 0x2D
                && lines[index].prefix { $0 == 0x20 }.count == indent
        }
        return starts.enumerated().map { position, start in
            let next = position + 1 < starts.count ? starts[position + 1] : block.upperBound
            return start..<((used.last { $0 < next } ?? start) + 1)
        }
    }

    private static func isBlankOrComment(_ line: [UInt8]) -> Bool {
        let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        return text.isEmpty || text.first == 0x23
    }
}
