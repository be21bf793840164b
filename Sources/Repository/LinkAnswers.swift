package import Records

/// One end of a link: a record here, something elsewhere, or a name that leads nowhere yet.
package struct LinkEnd: Sendable {
    /// What is known of the end.
    package enum State: String, Sendable {
        case here
        case outside
        /// No record here has this identifier or code.
        case dangling
        /// Several records have this code.
        case ambiguous
    }

    package let state: State
    /// `urn:uuid:…`, with `#3` for a document; else the text as it was given.
    package let text: String
    package let code: String
    package let title: String
}

/// A link seen from one of its ends.
package struct ShownLink: Sendable {
    package let kind: Link.Kind
    package let source: LinkEnd
    package let target: LinkEnd
    /// Whether it leads to the record that was asked for, and not from it.
    package let isIncoming: Bool
    package let since: Instant
    /// When it was ended; nil while it holds.
    package let until: Instant?
}

/// What became of a wish to make or end a link.
package struct LinkOutcome: Sendable {
    /// The link, unless findings stood against it.
    package let link: ShownLink?
    package let findings: [Finding]
}
