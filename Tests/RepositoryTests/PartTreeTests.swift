import Records
import Rehearsal
import Testing

@testable import Repository

/// Circles among the parts of many records.
@Suite struct PartTreeTests {
    private let nodes: [LinkResolution.Node]

    init() {
        var chance = SeededChance(seed: 7)
        nodes = (0..<20_000).map { _ in
            LinkResolution.Node(object: ObjectIdentifier(using: &chance), ordinal: nil)
        }
    }

    private func add(_ part: LinkResolution.Node, _ whole: LinkResolution.Node, to: inout PartTree)
    {
        to.add(Link(.partOf, to: whole.target), from: part, to: whole)
    }

    @Test func `a long chain has none, and is walked once`() {
        var parts = PartTree()
        for (part, whole) in zip(nodes, nodes.dropFirst()) { add(part, whole, to: &parts) }
        #expect(parts.circular.isEmpty)
        // Its end closes it, and every link of it is told.
        add(nodes[nodes.count - 1], nodes[0], to: &parts)
        #expect(parts.circular.count == nodes.count)
    }

    @Test func `only links within a circle are told, not those that lead to it`() {
        var parts = PartTree()
        for (part, whole) in [(0, 1), (1, 2), (2, 1), (2, 3), (4, 4), (3, 5), (0, 5)] {
            add(nodes[part], nodes[whole], to: &parts)
        }
        #expect(parts.circular.map { nodes.firstIndex(of: $0.0) } == [1, 2, 4])
    }

    @Test func `a document is part of its dossier without a link`() {
        var parts = PartTree()
        let document = LinkResolution.Node(object: nodes[0].object, ordinal: 3)
        add(nodes[1], document, to: &parts)
        #expect(parts.circular.isEmpty)
        add(nodes[0], nodes[1], to: &parts)
        #expect(parts.circular.count == 2)
    }
}
