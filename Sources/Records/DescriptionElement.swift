/// An element of a description that is found by its name without comparing it with every other.
package protocol DescriptionElement: CaseIterable, Hashable, RawRepresentable, Sendable
where RawValue == String {
    static var byName: [String: Self] { get }
}

extension DescriptionElement {
    /// The values of those elements that have a meaning; of one that comes twice the last.
    package static func named(_ pairs: [(String, String)]) -> [Self: String] {
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

extension DocumentField: DescriptionElement {
    package static let byName = names()
}

extension DossierField: DescriptionElement {
    package static let byName = names()
}

extension ArrangementField: DescriptionElement {
    package static let byName = names()
}
