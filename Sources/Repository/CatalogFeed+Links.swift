import Cataloging
import Evidence
import Records

/// Rows of links: those a dossier was packaged with, and those made and ended by acts of their own.
extension CatalogFeed {
    func addLinks(
        _ links: [Link], of object: ObjectIdentifier, _ entry: LedgerEntry, _ writer: CatalogWriter
    ) throws {
        for link in links {
            try writer.add(
                CatalogedLink(
                    object: object, ordinal: nil, link: link, sequence: entry.sequence,
                    at: entry.at))
        }
    }

    func changeLink(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        guard let object = entry.draft.object,
            let kind = facts["kind"]?.stringValue.flatMap({ Link.Kind(rawValue: $0) }),
            let target = facts["target"]?.stringValue.flatMap({ LinkTarget($0) })
        else { return }
        let ordinal = facts["document"]?.numberValue.map { Int(clamping: $0) }
        let link = Link(kind, to: target)
        if entry.draft.act == LedgerAct.unlink {
            try writer.end(
                link, of: object, ordinal: ordinal, at: entry.at, sequence: entry.sequence)
        } else {
            try writer.add(
                CatalogedLink(
                    object: object, ordinal: ordinal, link: link, sequence: entry.sequence,
                    at: entry.at))
        }
    }
}
