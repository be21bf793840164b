package import Records

/// A link of a record here to another, from the act that made it to the one that ended it.
package struct CatalogedLink: Hashable, Sendable {
    package let object: ObjectIdentifier
    /// The document's position; nil for the dossier itself.
    package let ordinal: Int?
    package let link: Link
    /// The entry that made it: the packaging, or an act of its own.
    package let sequence: Int64
    package let at: Instant
    /// When it was ended; nil while it holds.
    package let until: Instant?

    package init(
        object: ObjectIdentifier, ordinal: Int?, link: Link, sequence: Int64, at: Instant,
        until: Instant? = nil
    ) {
        self.object = object
        self.ordinal = ordinal
        self.link = link
        self.sequence = sequence
        self.at = at
        self.until = until
    }

    package var holds: Bool { until == nil }
}
