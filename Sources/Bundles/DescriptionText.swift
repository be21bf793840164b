import Records
import XML

/// The flat descriptions of a package: root `simpledc`, one element a field (TT 05/2025 Annex I).
enum DescriptionText {
    /// `EAD.xml` of a dossier, its eighteen elements in the circular's order.
    static func dossier(_ dossier: Dossier) throws -> [UInt8] {
        try flat(
            "simpledc",
            DossierField.allCases.compactMap { field in
                dossier.fields[field].map { (field.rawValue, $0) }
            })
    }

    /// `arrangement.xml`: where the dossier stands in the holding.
    static func arrangement(_ dossier: Dossier) throws -> [UInt8] {
        try flat(
            "arrangement",
            ArrangementField.allCases.compactMap { field in
                dossier.arrangement[field].map { (field.rawValue, $0) }
            })
    }

    /// The description of a document, the elements of its kind in the circular's order.
    static func document(_ kind: DocumentKind, _ fields: DocumentFields) throws
        -> [UInt8]
    {
        try flat(
            "simpledc",
            kind.elements.compactMap { field in fields[field].map { (field.rawValue, $0) } })
    }

    private static func flat(_ root: StaticString, _ fields: [(String, String)]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try writer.declaration()
        try writer.start(root, [])
        for (name, value) in fields { try writer.element(field: name, value) }
        try writer.end()
        try writer.finish()
        return bytes
    }
}
