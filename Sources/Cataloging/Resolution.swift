package import Records

/// A dossier, or one document of it, in a version.
package struct RecordReference: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    /// The document's position; nil for the dossier itself.
    package let ordinal: Int?

    package init(object: ObjectIdentifier, version: Int, ordinal: Int?) {
        self.object = object
        self.version = version
        self.ordinal = ordinal
    }
}

/// What a code or identifier that somebody typed names.
package enum Resolution: Hashable, Sendable {
    case dossier(ObjectIdentifier, version: Int)
    case document(ObjectIdentifier, version: Int, ordinal: Int)
    case several([RecordReference])
    /// Nothing; these codes are near to it.
    case none(nearest: [String])
}

/// Which document of a dossier an ordinal, code or name means.
package enum DocumentMatch: Hashable, Sendable {
    case one(CatalogedDocument)
    case several([CatalogedDocument])
    case none
}

/// How near two codes are: the least number of letters to put in, take out or change.
enum CodeDistance {
    static func between(_ one: String, _ other: String) -> Int {
        let first = Array(one.utf8.prefix(200))
        let second = Array(other.utf8.prefix(200))
        var row = Array(0...second.count)
        for (index, unit) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, otherUnit) in second.enumerated() {
                let changed = diagonal + (unit == otherUnit ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
