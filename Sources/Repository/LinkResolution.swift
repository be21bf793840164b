import Cataloging
import Records

/// Finds what links lead to, and whether parts contain themselves.
struct LinkResolution {
    /// A dossier, or a document in it.
    struct Node: Hashable {
        let object: ObjectIdentifier
        let ordinal: Int?

        var target: LinkTarget { .record(object, document: ordinal) }
    }

    enum Answer {
        case here(Node)
        case outside
        case dangling
        case ambiguous([String])
    }

    let catalog: Catalog
    /// Records by the folded codes that they are about to get.
    var coming: [String: Node] = [:]

    /// Most records walked when looking for a cycle; a longer chain of parts is taken for one.
    private static let mostNodes = 10_000

    func answer(_ target: LinkTarget) throws -> Answer {
        switch target {
        case .outside: .outside
        case .record(let object, document: let ordinal):
            try isHere(object, ordinal)
                ? .here(Node(object: object, ordinal: ordinal)) : .dangling
        case .code(let text): try answer(code: text)
        }
    }

    private func isHere(_ object: ObjectIdentifier, _ ordinal: Int?) throws -> Bool {
        guard let version = try catalog.object(object) else { return false }
        guard let ordinal else { return true }
        guard
            case .one = try catalog.document(
                of: object, version: version.version, matching: String(ordinal))
        else { return false }
        return true
    }

    private func answer(code text: String) throws -> Answer {
        switch try catalog.resolve(text) {
        case .dossier(let object, version: _): return .here(Node(object: object, ordinal: nil))
        case .document(let object, version: _, let ordinal):
            return .here(Node(object: object, ordinal: ordinal))
        case .several(let found):
            return .ambiguous(
                found.map { LinkTarget.record($0.object, document: $0.ordinal).text })
        case .none:
            if let node = coming[SearchFolding.code(text)] { return .here(node) }
            guard let hash = text.lastIndex(of: "#"),
                let ordinal = Int(text[text.index(after: hash)...]), ordinal > 0,
                let object = try dossier(code: String(text[..<hash])),
                try isHere(object, ordinal)
            else { return .dangling }
            return .here(Node(object: object, ordinal: ordinal))
        }
    }

    private func dossier(code text: String) throws -> ObjectIdentifier? {
        switch try catalog.resolve(text) {
        case .dossier(let object, version: _): return object
        case .document, .several: return nil
        case .none:
            let node = coming[SearchFolding.code(text)]
            return node?.ordinal == nil ? node?.object : nil
        }
    }

    /// The target as a record here where it is one; else as it was given.
    func settled(_ target: LinkTarget) throws -> LinkTarget {
        guard case .here(let node) = try answer(target) else { return target }
        return node.target
    }

    /// Whether two links say one thing: of one kind, to one record, by whatever name it is given.
    func isSame(_ one: Link, _ other: Link) throws -> Bool {
        try one.kind == other.kind && name(of: one.target) == name(of: other.target)
    }

    /// One text for every way to name a target.
    func name(of target: LinkTarget) throws -> String {
        let settled = try settled(target)
        if case .code(let text) = settled { return SearchFolding.code(text) }
        return settled.text
    }

    /// Whether going up from a record by what it is part of leads to `isGoal`.
    func reaches(
        from start: Node, _ isGoal: (LinkTarget) throws -> Bool
    ) throws -> Bool {
        var seen: Set<Node> = [start]
        var waiting = [start]
        while let node = waiting.popLast() {
            if try isGoal(node.target) { return true }
            for target in try wholes(of: node) {
                if case .here(let next) = try answer(target) {
                    if seen.insert(next).inserted { waiting.append(next) }
                } else if try isGoal(target) {
                    return true
                }
            }
            guard seen.count <= Self.mostNodes else { return true }
        }
        return false
    }

    /// What a record is part of: by links, and a document also of its dossier.
    private func wholes(of node: Node) throws -> [LinkTarget] {
        var targets = try catalog.links(of: node.object).filter {
            $0.holds && $0.ordinal == node.ordinal && $0.link.kind == .partOf
        }.map(\.link.target)
        if node.ordinal != nil { targets.append(.record(node.object, document: nil)) }
        return targets
    }
}
