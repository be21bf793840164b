package import Records

/// Why a list or mapping that people write cannot be read, and where.
package struct TextFault: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        case notUTF8
        /// A control character, NUL among them, that no text may hold.
        case control
        case syntax
        /// Something YAML has and the archive's files may not: anchors, aliases, tags, nesting.
        case notFlat
        case keyTwice
        case unclosedQuote
        case rowTooLong
        case tooManyColumns
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
