import Cataloging
import Evidence
package import Records

extension Archive {
    /// Links a record to another; what stands against it is told, and nothing is written.
    package func link(
        _ id: String, document: String?, _ kind: Link.Kind, to target: String,
        because reason: String?
    ) throws -> LinkOutcome {
        let source = try source(id, document)
        let given = try linkTarget(target)
        let resolution = LinkResolution(catalog: catalog)
        let link = Link(kind, to: try resolution.settled(given))
        let facts = ["kind": kind.rawValue, "target": given.text]
        let findings = try objections(to: link, from: source, facts, resolution)
        guard findings.isEmpty else { return LinkOutcome(link: nil, findings: findings) }
        let entry = try enter(LedgerAct.link, link, of: source, because: reason)
        return LinkOutcome(
            link: try shown(
                CatalogedLink(
                    object: source.object, ordinal: source.ordinal, link: link,
                    sequence: entry.sequence, at: entry.at), isIncoming: false, resolution),
            findings: [])
    }

    /// Ends a link; it stays in the history.
    package func unlink(
        _ id: String, document: String?, _ kind: Link.Kind, to target: String,
        because reason: String
    ) throws -> LinkOutcome {
        let source = try source(id, document)
        let given = try linkTarget(target)
        let resolution = LinkResolution(catalog: catalog)
        let wanted = try resolution.settled(given)
        let held = try catalog.links(of: source.object).first { held in
            guard held.holds, held.ordinal == source.ordinal, held.link.kind == kind else {
                return false
            }
            return try held.link.target == given || resolution.settled(held.link.target) == wanted
        }
        guard let held else {
            return LinkOutcome(
                link: nil,
                findings: [
                    Finding(
                        .linkAbsent, subject: source.target.text,
                        ["kind": kind.rawValue, "target": given.text])
                ])
        }
        let entry = try enter(LedgerAct.unlink, held.link, of: source, because: reason)
        return LinkOutcome(
            link: try shown(
                CatalogedLink(
                    object: held.object, ordinal: held.ordinal, link: held.link,
                    sequence: held.sequence, at: held.at, until: entry.at),
                isIncoming: false, resolution), findings: [])
    }

    /// The links of a dossier and its documents in both directions; for an outside identifier those that lead to it.
    package func links(_ id: String, withEnded: Bool) throws -> [ShownLink] {
        let resolution = LinkResolution(catalog: catalog)
        if case .outside? = LinkTarget(id) {
            return try catalog.links(toOutside: id).filter { withEnded || $0.holds }.map {
                try shown($0, isIncoming: true, resolution)
            }
        }
        return try links(of: try dossier(named: id, version: nil), withEnded: withEnded)
    }

    func links(of object: ObjectIdentifier, withEnded: Bool) throws -> [ShownLink] {
        let resolution = LinkResolution(catalog: catalog)
        let codes = try catalog.holdsLinksByCode ? catalog.codes(of: object) : []
        let incoming = try catalog.links(to: object, codes: codes).filter { link in
            // A code of several records leads to none of them.
            guard case .here(let node) = try resolution.answer(link.link.target) else {
                return false
            }
            return node.object == object
        }
        return try catalog.links(of: object).filter { withEnded || $0.holds }.map {
            try shown($0, isIncoming: false, resolution)
        }
            + incoming.filter { withEnded || $0.holds }.map {
                try shown($0, isIncoming: true, resolution)
            }
    }

    private func objections(
        to link: Link, from source: LinkResolution.Node, _ facts: [String: String],
        _ resolution: LinkResolution
    ) throws -> [Finding] {
        func objection(_ code: FindingCode, _ more: [String: String] = [:]) -> [Finding] {
            [Finding(code, subject: source.target.text, facts.merging(more) { $1 })]
        }
        let isHeld = try catalog.links(of: source.object).contains {
            guard $0.holds, $0.ordinal == source.ordinal else { return false }
            return try resolution.isSame($0.link, link)
        }
        if isHeld { return objection(.linkExists) }
        switch try resolution.answer(link.target) {
        case .outside: return []
        case .dangling: return objection(.linkDangling)
        case .ambiguous(let names):
            return objection(
                .linkAmbiguous, ["found": names.prefix(5).joined(separator: ", ")])
        case .here(let node):
            if node == source { return objection(.linkSelf) }
            guard link.kind == .partOf else { return [] }
            let isCycle = try resolution.reaches(from: node) { $0 == source.target }
            return isCycle ? objection(.linkCycle) : []
        }
    }

    private func enter(
        _ act: String, _ link: Link, of source: LinkResolution.Node, because reason: String?
    ) throws -> LedgerEntry {
        var facts: [String: JSONValue] = [
            "kind": .string(link.kind.rawValue), "target": .string(link.target.text),
        ]
        if let ordinal = source.ordinal { facts["document"] = .number(Int64(ordinal)) }
        var detail: Digest?
        if let reason {
            var chance = Chance(world)
            detail = try details.keep(
                ["reason": .string(try oneLine(reason, 1000, "--reason"))], salt: &chance)
        }
        return try record(
            draft(
                act, "metadata modification", object: source.object, details: detail,
                facts: facts))
    }

    /// The record that a link begins at: a dossier, or a document that its own code or `--document` names.
    private func source(_ id: String, _ document: String?) throws -> LinkResolution.Node {
        let object = try dossier(named: id, version: nil)
        if let document {
            guard let version = try catalog.object(object) else {
                throw ArchiveFailure(.unknownRecord, subject: id, ["nearest": ""])
            }
            return LinkResolution.Node(
                object: object, ordinal: try self.document(document, of: version).ordinal)
        }
        guard case .document(_, version: _, let ordinal) = try catalog.resolve(id) else {
            return LinkResolution.Node(object: object, ordinal: nil)
        }
        return LinkResolution.Node(object: object, ordinal: ordinal)
    }

    private func linkTarget(_ text: String) throws -> LinkTarget {
        guard let target = LinkTarget(text) else {
            throw ArchiveFailure(
                .usage, subject: text,
                ["detail": "đích liên kết · target: 1…\(LinkTarget.longest) ký tự · characters"])
        }
        return target
    }

    private func shown(
        _ link: CatalogedLink, isIncoming: Bool, _ resolution: LinkResolution
    ) throws -> ShownLink {
        ShownLink(
            kind: link.link.kind,
            source: try end(.record(link.object, document: link.ordinal), resolution),
            target: try end(link.link.target, resolution), isIncoming: isIncoming, since: link.at,
            until: link.until)
    }

    private func end(_ target: LinkTarget, _ resolution: LinkResolution) throws -> LinkEnd {
        func named(_ state: LinkEnd.State) -> LinkEnd {
            LinkEnd(state: state, text: target.text, code: "", title: "")
        }
        switch try resolution.answer(target) {
        case .outside: return named(.outside)
        case .dangling: return named(.dangling)
        case .ambiguous: return named(.ambiguous)
        case .here(let node):
            guard let version = try catalog.object(node.object) else { return named(.dangling) }
            guard let ordinal = node.ordinal else {
                return LinkEnd(
                    state: .here, text: node.target.text, code: version.dossier.code,
                    title: version.dossier.title)
            }
            let document = ShownDossier.Listed(
                try self.document(String(ordinal), of: version))
            return LinkEnd(
                state: .here, text: node.target.text, code: document.number,
                title: document.title)
        }
    }
}
