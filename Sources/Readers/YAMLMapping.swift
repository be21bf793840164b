package import Records
import Yams

/// A flat YAML mapping as people write it: each key with its text exactly as it stands, and where.
package struct YAMLMapping: Sendable {
    /// A key with its value.
    package struct Pair: Sendable {
        package let key: String
        /// The scalar's text; a list's texts joined by `; `.
        package let value: String
        /// The list's texts one by one, or the scalar's alone.
        package let parts: [Part]
        /// The mappings of a list of them, or of one; empty for a key that may not hold any.
        package let groups: [[Pair]]
        package let keyPlace: Place
        package let valuePlace: Place
    }

    /// A text with where it stands.
    package struct Part: Sendable {
        package let text: String
        package let place: Place
    }

    package let pairs: [Pair]
    /// The largest file read.
    package static let limit = 1 << 20
    /// Aliases nested in keys cost time that doubles with each; so many stay cheap.
    private static let mostAliases = 32

    /// Reads a mapping; anchors, aliases, tags and nesting are refused.
    ///
    /// Lists of the keys named may hold pairs, `- word: text`, which become the text `word text`;
    /// other keys named may hold a flat mapping, or a list of them.
    package init(
        _ bytes: [UInt8], pairsIn lists: Set<String> = [], groupsIn groups: Set<String> = []
    ) throws(TextFault) {
        guard bytes.count <= Self.limit else { throw TextFault(.tooLarge, at: TextPlace.start) }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw TextFault(.notUTF8, at: TextPlace.ofInvalidUTF8(content))
        }
        try Self.checkCharacters(text)
        // The parser owns the anchors that the nodes only point to weakly, so it must outlive the look.
        let parser: Parser
        let root: Node?
        do {
            // The encoding is named because Yams would ask an environment variable for it, and no
            // resolver reads the texts: what stands there is what is kept.
            parser = try Parser(
                yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
            root = try parser.singleRoot()
        } catch {
            throw Self.fault(error, in: text)
        }
        pairs = try withExtendedLifetime(parser) { () throws(TextFault) in
            try root.map { node throws(TextFault) in try Self.pairs(of: node, lists, groups) } ?? []
        }
    }

    /// Refuses what no text may hold, and more aliases than can be composed in bounded time.
    private static func checkCharacters(_ text: String) throws(TextFault) {
        if let place = TextPlace.ofFirst(in: text, where: { isControl($1) }) {
            throw TextFault(.control, at: place)
        }
        var aliases = 0
        let place = TextPlace.ofFirst(in: text) { before, scalar in
            if before == "*", isOfAnchor(scalar) { aliases += 1 }
            return aliases > mostAliases
        }
        if let place { throw TextFault(.notFlat, at: place) }
        var marks = 0
        let pile = TextPlace.ofFirst(in: text) { _, scalar in
            marks = CombiningMarks.isMark(scalar) ? marks + 1 : 0
            return marks > CombiningMarks.most
        }
        if let pile { throw TextFault(.syntax, at: pile, CombiningMarks.detail) }
    }

    /// Whether an anchor's name may hold it; a row of asterisks in a note is no alias.
    private static func isOfAnchor(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", "-", "_": true
        default: false
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0..<0x20, 0x7F..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private static func pairs(
        of node: Node, _ lists: Set<String>, _ groups: Set<String>
    ) throws(TextFault) -> [Pair] {
        guard case .mapping(let mapping) = node, mapping.anchor == nil, isPlain(mapping.tag) else {
            throw TextFault(.notFlat, at: place(node.mark))
        }
        var pairs: [Pair] = []
        for (key, value) in mapping { pairs.append(try pair(key, value, lists, groups)) }
        return pairs
    }

    private static func pair(
        _ key: Node, _ value: Node, _ lists: Set<String>, _ groups: Set<String>
    ) throws(TextFault) -> Pair {
        guard case .scalar(let name) = key, name.anchor == nil else {
            throw TextFault(.notFlat, at: place(key.mark))
        }
        if groups.contains(name.string) {
            return Pair(
                key: name.string, value: "", parts: [], groups: try mappings(value),
                keyPlace: place(key.mark), valuePlace: place(value.mark))
        }
        var parts: [Part] = []
        if case .sequence(let sequence) = value, sequence.anchor == nil, isPlain(sequence.tag) {
            for element in sequence {
                let text =
                    lists.contains(name.string) ? try paired(element) : try text(of: element)
                parts.append(Part(text: text, place: place(element.mark)))
            }
        } else {
            parts = [Part(text: try text(of: value), place: place(value.mark))]
        }
        return Pair(
            key: name.string, value: parts.map(\.text).joined(separator: "; "), parts: parts,
            groups: [], keyPlace: place(key.mark), valuePlace: place(value.mark))
    }

    /// One flat mapping, or a list of them.
    private static func mappings(_ node: Node) throws(TextFault) -> [[Pair]] {
        guard case .sequence(let sequence) = node else { return [try pairs(of: node, [], [])] }
        guard sequence.anchor == nil, isPlain(sequence.tag) else {
            throw TextFault(.notFlat, at: place(node.mark))
        }
        var groups: [[Pair]] = []
        for element in sequence { groups.append(try pairs(of: element, [], [])) }
        return groups
    }

    /// `word: text` as `word text`, or a text alone.
    private static func paired(_ node: Node) throws(TextFault) -> String {
        guard case .mapping(let mapping) = node else { return try text(of: node) }
        guard mapping.count == 1, mapping.anchor == nil, isPlain(mapping.tag),
            let pair = mapping.first, case .scalar(let word) = pair.key, word.anchor == nil,
            !CombiningMarks.areTooMany(in: word.string)
        else { throw TextFault(.notFlat, at: place(node.mark)) }
        return try word.string + " " + text(of: pair.value)
    }

    private static func text(of node: Node) throws(TextFault) -> String {
        guard case .scalar(let scalar) = node, scalar.anchor == nil, isPlain(scalar) else {
            throw TextFault(.notFlat, at: place(node.mark))
        }
        // Marks may have been written as escapes, which the look at the file does not see.
        guard !CombiningMarks.areTooMany(in: scalar.string) else {
            throw TextFault(.syntax, at: place(node.mark), CombiningMarks.detail)
        }
        return scalar.string
    }

    private static func isPlain(_ tag: Tag) -> Bool { tag.description.isEmpty }

    /// Yams gives a quoted text the tag of texts, as if it were written.
    private static func isPlain(_ scalar: Node.Scalar) -> Bool {
        isPlain(scalar.tag)
            || scalar.style != .plain && scalar.tag.description == Tag.Name.str.rawValue
    }

    private static func place(_ mark: Mark?) -> Place {
        mark.map { Place(line: $0.line, column: $0.column) } ?? TextPlace.start
    }

    private static func fault(_ error: any Error, in text: String) -> TextFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return TextFault(.syntax, at: place(mark), problem)
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            return TextFault(
                .keyTwice, at: TextPlace.ofKey(key, in: text, below: context.mark.line), key)
        default: return TextFault(.syntax, at: TextPlace.start)
        }
    }
}
