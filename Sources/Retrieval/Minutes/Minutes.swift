package import Records

/// Minutes or a log as the annex of TT 05/2025 asks for: what the archive knows is filled in, the rest is left to people.
package struct Minutes: Sendable {
    /// A part under a heading.
    package struct Section: Sendable {
        package let title: String
        package let paragraphs: [String]
        package let table: Table?

        package init(_ title: String, _ paragraphs: [String] = [], table: Table? = nil) {
            self.title = title
            self.paragraphs = paragraphs
            self.table = table
        }
    }

    /// Rows under headings.
    package struct Table: Sendable {
        package let head: [String]
        package let rows: [[String]]
        /// What stands there when there are no rows.
        package let empty: String

        package init(_ head: [String], _ rows: [[String]], empty: String) {
            self.head = head
            self.rows = rows
            self.empty = empty
        }
    }

    package let agency: String
    /// `BIÊN BẢN`, `NHẬT KÝ`.
    package let heading: String
    /// What it is about.
    package let subject: String
    package let facts: [(label: String, value: String)]
    package let sections: [Section]
    /// Who signs, by their parts; the names are written by hand.
    package let signers: [String]
    package let made: Instant
    package let software: String
    package let archive: ObjectIdentifier

    package init(
        agency: String, heading: String, subject: String, facts: [(label: String, value: String)],
        sections: [Section], signers: [String], made: Instant, software: String,
        archive: ObjectIdentifier
    ) {
        self.agency = agency
        self.heading = heading
        self.subject = subject
        self.facts = facts
        self.sections = sections
        self.signers = signers
        self.made = made
        self.software = software
        self.archive = archive
    }
}

extension Instant {
    /// As Vietnamese minutes write it, in Vietnam's time: `22/11/2026 08:02:03`.
    package var minutesText: String {
        let text = vietnamText
        let day = CivilDate(text.prefix(10))?.slashedText ?? String(text.prefix(10))
        return day + " " + text.dropFirst(11).prefix(8)
    }
}
