import Cataloging
package import Records

/// Links of a dossier that is being packaged.
struct Linking {
    /// With the identifiers of what is here in place of codes.
    let links: [Link]
    let findings: [Finding]
}

extension Archive {
    private static let subject = "dossier.yaml"

    /// Settles a new dossier's links; `expected` are codes of dossiers that come with it.
    func linking(_ dossier: Dossier, expecting expected: Set<String>) throws -> Linking {
        let resolution = LinkResolution(catalog: catalog)
        let own = Set(Self.codes(of: dossier).map { SearchFolding.code($0) })
        var links: [Link] = []
        var findings: [Finding] = []
        for link in dossier.links {
            let facts = ["kind": link.kind.rawValue, "target": link.target.text]
            if case .code(let code) = link.target, own.contains(SearchFolding.code(code)) {
                findings.append(Finding(.linkSelf, subject: Self.subject, facts))
                continue
            }
            let answer = try resolution.answer(link.target)
            if let finding = finding(answer, link, facts, isExpected: expected) {
                findings.append(finding)
            }
            links.append(Link(link.kind, to: try resolution.settled(link.target)))
            guard link.kind == .partOf, case .here(let node) = answer else { continue }
            let isCycle = try resolution.reaches(from: node) { target in
                guard case .code(let code) = target else { return false }
                return own.contains(SearchFolding.code(code))
            }
            if isCycle { findings.append(Finding(.linkCycle, subject: Self.subject, facts)) }
        }
        return Linking(links: links, findings: findings)
    }

    private func finding(
        _ answer: LinkResolution.Answer, _ link: Link, _ facts: [String: String],
        isExpected expected: Set<String>
    ) -> Finding? {
        switch answer {
        case .here, .outside: return nil
        case .dangling:
            if case .code(let code) = link.target, expected.contains(code) { return nil }
            return Finding(.linkDangling, .warning, subject: Self.subject, facts)
        case .ambiguous(let names):
            return Finding(
                .linkAmbiguous, subject: Self.subject,
                facts.merging(["found": names.prefix(5).joined(separator: ", ")]) { $1 })
        }
    }

    private static func codes(of dossier: Dossier) -> [String] {
        let parts = [
            dossier.arrangement[.organId], dossier.arrangement[.fileCatalog],
            dossier.arrangement[.fileNotation],
        ].compactMap { $0 }
        return [dossier.code, parts.count == 3 ? parts.joined(separator: ".") : dossier.code]
    }

    /// Every link that holds and leads nowhere, to several records, or round in a circle.
    package func linkFindings() throws -> [Finding] {
        let resolution = LinkResolution(catalog: catalog)
        var findings: [Finding] = []
        var last: CatalogedLink?
        while true {
            let page = try catalog.heldLinks(after: last, limit: 500)
            for held in page {
                try world.stopIfInterrupted()
                findings += try self.findings(of: held, resolution)
            }
            guard let end = page.last else { return findings }
            last = end
        }
    }

    private func findings(of held: CatalogedLink, _ resolution: LinkResolution) throws
        -> [Finding]
    {
        let source = LinkTarget.record(held.object, document: held.ordinal)
        let facts = ["kind": held.link.kind.rawValue, "target": held.link.target.text]
        switch try resolution.answer(held.link.target) {
        case .outside: return []
        case .dangling:
            return [Finding(.linkDangling, .warning, subject: source.text, facts)]
        case .ambiguous(let names):
            return [
                Finding(
                    .linkAmbiguous, .warning, subject: source.text,
                    facts.merging(["found": names.prefix(5).joined(separator: ", ")]) { $1 })
            ]
        case .here(let node):
            guard held.link.kind == .partOf, try resolution.reaches(from: node, { $0 == source })
            else { return [] }
            return [Finding(.linkCycle, subject: source.text, facts)]
        }
    }
}
