package import Records
import Yams

/// A flat YAML mapping as people write it: each key with its text exactly as it stands, and where.
package struct YAMLMapping: Sendable {
    /// A key with its value.
    package struct Pair: Sendable {
        package let key: String
        /// The scalar's text; a list's texts joined by `;`.
        package let value: String
        package let keyPlace: Place
        package let valuePlace: Place
    }

    package let pairs: [Pair]
    /// The largest file read.
    package static let limit = 1 << 20

    /// Reads a mapping; anchors, aliases, tags and nesting are refused.
    package init(_ bytes: [UInt8]) throws(TextFault) {
        let start = Place(line: 1, column: 1)
        guard bytes.count <= Self.limit else { throw TextFault(.tooLarge, at: start) }
        guard let text = String(validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes, as: UTF8.self)
        else { throw TextFault(.notUTF8, at: Self.firstInvalid(bytes)) }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .default, .default)
        } catch {
            throw Self.fault(error, in: text)
        }
        guard let node else {
            pairs = []
            return
        }
        guard case .mapping(let mapping) = node else { throw TextFault(.notFlat, at: Self.place(node.mark)) }
        var pairs: [Pair] = []
        for (key, value) in mapping { pairs.append(try Self.pair(key, value)) }
        self.pairs = pairs
    }

    private static func pair(_ key: Node, _ value: Node) throws(TextFault) -> Pair {
        guard case .scalar(let name) = key else { throw TextFault(.notFlat, at: place(key.mark)) }
        let text: String
        switch value {
        case .scalar(let scalar): text = scalar.string
        case .sequence(let sequence):
            var parts: [String] = []
            for element in sequence {
                guard case .scalar(let scalar) = element else { throw TextFault(.notFlat, at: place(element.mark)) }
                parts.append(scalar.string)
            }
            text = parts.joined(separator: "; ")
        default: throw TextFault(.notFlat, at: place(value.mark ?? key.mark), name.string)
        }
        return Pair(
            key: name.string, value: text, keyPlace: place(key.mark), valuePlace: place(value.mark))
    }

    private static func place(_ mark: Mark?) -> Place {
        Place(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    private static func fault(_ error: any Error, in text: String) -> TextFault {
        guard let error = error as? YamlError else { return TextFault(.syntax, at: place(nil)) }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return TextFault(.syntax, at: place(mark), problem)
        case .duplicatedKeysInMapping(let keys, _):
            let key = keys.sorted().first ?? ""
            return TextFault(.syntax, at: secondPlace(of: key, in: text), "twice: " + key)
        default: return TextFault(.syntax, at: place(nil))
        }
    }

    /// Where a key stands for the second time at the beginning of a line.
    private static func secondPlace(of key: String, in text: String) -> Place {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.indices.filter { lines[$0].hasPrefix(key) }
        return Place(line: (found.dropFirst().first ?? 0) + 1, column: 1)
    }

    private static func firstInvalid(_ bytes: [UInt8]) -> Place {
        var line = 1
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            if String(validating: bytes[start..<index], as: UTF8.self) == nil { break }
            line += 1
            start = index + 1
        }
        return Place(line: line, column: 1)
    }
}
