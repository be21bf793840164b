import Cataloging
import Records

/// Links of a dossier that is being packaged.
struct Linking {
    /// With the identifiers of what is here in place of codes.
    let links: [Link]
    let findings: [Finding]
}

extension Archive {
    private static let subject = "dossier.yaml"

    /// Settles a new dossier's links; `expected` are codes of dossiers that come with it.
    func linking(
        _ dossier: Dossier, as object: ObjectIdentifier?, expecting expected: Set<String>
    ) throws -> Linking {
        let resolution = LinkResolution(catalog: catalog)
        let own = OwnNames(object, Set(Self.codes(of: dossier).map { SearchFolding.code($0) }))
        var links: [Link] = []
        var names: Set<String> = []
        var findings: [Finding] = []
        for link in dossier.links {
            let facts = ["kind": link.kind.rawValue, "target": link.target.text]
            if own.names(link.target) {
                findings.append(Finding(.linkSelf, subject: Self.subject, facts))
                continue
            }
            let answer = try resolution.answer(link.target)
            if let finding = finding(answer, link, facts, isExpected: expected) {
                findings.append(finding)
            }
            // A link by code and one by identifier to the same record are one link.
            let name = try link.kind.rawValue + " " + resolution.name(of: link.target)
            guard names.insert(name).inserted else { continue }
            links.append(Link(link.kind, to: try resolution.settled(link.target)))
            guard link.kind == .partOf, case .here(let node) = answer else { continue }
            let isCycle = try resolution.reaches(from: node) { own.names($0) }
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
}

/// By what a dossier that is being packaged, or a document of it, may be named before it is here.
private struct OwnNames {
    private let object: ObjectIdentifier?
    private let codes: Set<String>

    init(_ object: ObjectIdentifier?, _ codes: Set<String>) {
        self.object = object
        self.codes = codes
    }

    /// Whether a target is the dossier or one of its documents: `CODE`, `CODE#2`, `CODE.0000002`.
    func names(_ target: LinkTarget) -> Bool {
        switch target {
        case .outside: return false
        case .record(let record, document: _): return record == object
        case .code(let text):
            if codes.contains(SearchFolding.code(text)) { return true }
            guard let mark = text.lastIndex(where: { $0 == "#" || $0 == "." }),
                case let number = text[text.index(after: mark)...],
                !number.isEmpty, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                text[mark] == "#" || number.utf8.count == 7
            else { return false }
            return codes.contains(SearchFolding.code(String(text[..<mark])))
        }
    }
}
