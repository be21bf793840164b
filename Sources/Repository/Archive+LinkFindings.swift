import Cataloging
package import Records

extension Archive {
    /// Every link that holds and leads nowhere or to several records, then those that go round in a circle.
    package func linkFindings() throws -> [Finding] {
        let resolution = LinkResolution(catalog: catalog)
        var findings: [Finding] = []
        var parts = PartTree()
        var last: CatalogedLink?
        while true {
            let page = try catalog.heldLinks(after: last, limit: 500)
            for held in page {
                try world.stopIfInterrupted()
                findings += try self.findings(of: held, resolution, &parts)
            }
            guard let end = page.last else { return findings + circles(in: parts) }
            last = end
        }
    }

    private func findings(
        of held: CatalogedLink, _ resolution: LinkResolution, _ parts: inout PartTree
    ) throws -> [Finding] {
        let source = LinkResolution.Node(object: held.object, ordinal: held.ordinal)
        let facts = Self.facts(of: held.link)
        switch try resolution.answer(held.link.target) {
        case .outside: return []
        case .dangling:
            return [Finding(.linkDangling, .warning, subject: source.target.text, facts)]
        case .ambiguous(let names):
            return [
                Finding(
                    .linkAmbiguous, .warning, subject: source.target.text,
                    facts.merging(["found": names.prefix(5).joined(separator: ", ")]) { $1 })
            ]
        case .here(let node):
            if held.link.kind == .partOf { parts.add(held.link, from: source, to: node) }
            return []
        }
    }

    private func circles(in parts: PartTree) -> [Finding] {
        parts.circular.map { source, link in
            Finding(.linkCycle, subject: source.target.text, Self.facts(of: link))
        }
    }

    private static func facts(of link: Link) -> [String: String] {
        ["kind": link.kind.rawValue, "target": link.target.text]
    }
}
