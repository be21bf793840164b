import Bundles
import Cataloging
package import Records

/// In what two states of a dossier differ.
enum StateComparison {
    static func fields(from old: Dossier, to new: Dossier) -> [StateChange] {
        DossierField.allCases.compactMap { field in
            change(nil, field.rawValue, old.fields[field], new.fields[field])
        }
            + ArrangementField.allCases.compactMap { field in
                change(nil, field.rawValue, old.arrangement[field], new.arrangement[field])
            }
    }

    static func fields(
        of document: Int, from old: DocumentFields, to new: DocumentFields
    ) -> [StateChange] {
        DocumentField.allCases.compactMap { field in
            change(document, field.rawValue, old[field], new[field])
        }
    }

    private static func change(
        _ document: Int?, _ element: String, _ before: String?, _ after: String?
    ) -> StateChange? {
        guard before != after else { return nil }
        return StateChange(
            .field, document: document, element: element, before: before ?? "",
            after: after ?? "")
    }
}

extension Archive {
    /// In what two versions of a dossier differ, told from the first to the second.
    package func difference(_ text: String, from one: Int, to other: Int) throws -> (
        object: ObjectIdentifier, changes: [StateChange]
    ) {
        let object = try dossier(named: text, version: one)
        _ = try dossier(named: object.text, version: other)
        guard let old = try catalog.object(object, version: one),
            let new = try catalog.object(object, version: other)
        else { throw ArchiveFailure(.unknownRecord, subject: text, ["nearest": ""]) }
        var changes = StateComparison.fields(from: old.dossier, to: new.dossier)
        try catalog.changedDocuments(of: object, between: one, and: other) { before, after in
            changes += Self.changes(from: before, to: after)
        }
        let known = Set(try catalog.renditions(of: object, version: one).map(\.path))
        for file in try catalog.renditions(of: object, version: other)
        where !known.contains(file.path) {
            changes.append(
                StateChange(
                    .derived, document: try ordinal(of: file.code, object, other),
                    element: file.representation + "/" + file.originalName, before: "",
                    after: file.originalName))
        }
        return (object, changes)
    }

    private func ordinal(of code: String, _ object: ObjectIdentifier, _ version: Int) throws -> Int?
    {
        guard
            case .one(let document) = try catalog.document(
                of: object, version: version, matching: code)
        else { return nil }
        return document.ordinal
    }

    private static func changes(
        from before: CatalogedDocument?, to after: CatalogedDocument?
    ) -> [StateChange] {
        switch (before, after) {
        case (let before?, let after?):
            let fields = StateComparison.fields(
                of: after.ordinal, from: before.fields, to: after.fields)
            guard before.entryPath != after.entryPath else { return fields }
            return fields + [
                StateChange(
                    .superseded, document: after.ordinal, element: before.originalName,
                    before: before.originalName, after: after.originalName)
            ]
        case (nil, let after?):
            return [
                StateChange(
                    .added, document: after.ordinal, element: after.originalName, before: "",
                    after: after.originalName)
            ]
        default: return []
        }
    }
}
