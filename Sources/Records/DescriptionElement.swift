/// An element of a description that is found by its name without comparing it with every other.
package protocol DescriptionElement: CaseIterable, Hashable, RawRepresentable, Sendable
where RawValue == String {
    /// The values of those elements that have a meaning; of one that comes twice the last.
    ///
    /// Each kind has its own, as generic code between modules takes three times as long.
    static func named(_ pairs: [(String, String)]) -> [Self: String]
}

extension DescriptionElement {
    @inline(__always)
    fileprivate static func named(
        _ pairs: [(String, String)], _ byName: [String: Self]
    ) -> [Self: String] {
        var fields = [Self: String](minimumCapacity: pairs.count)
        for (name, value) in pairs {
            if let field = byName[name] { fields[field] = value }
        }
        return fields
    }

    fileprivate static func names() -> [String: Self] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    }
}

extension DocumentField {
    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// What a document's elements say; of one that comes twice the last.
    package static func named(_ pairs: [(String, String)]) -> DocumentFields {
        DocumentFields(pairs) { byName[$0] }
    }
}

extension DossierField: DescriptionElement {
    private static let byName = names()

    /// What a dossier's elements say.
    package static func named(_ pairs: [(String, String)]) -> [Self: String] {
        named(pairs, byName)
    }
}

extension ArrangementField: DescriptionElement {
    private static let byName = names()

    /// What its elements of arrangement say.
    package static func named(_ pairs: [(String, String)]) -> [Self: String] {
        named(pairs, byName)
    }
}
