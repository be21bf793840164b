package import Records

/// Why a list or mapping that people write cannot be read, and where.
package struct TextFault: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        case notUTF8
        case syntax
        /// Something YAML has and the archive's files may not: anchors, tags, nested mappings.
        case notFlat
        case unclosedQuote
        case rowTooLong
        case tooManyColumns
        case fieldCount
        case tooLarge
    }

    package let reason: Reason
    package let place: Place
    package let detail: String

    package init(_ reason: Reason, at place: Place, _ detail: String = "") {
        self.reason = reason
        self.place = place
        self.detail = detail
    }
}
