/// What a finding says to people, and what they should do next; `{name}` stands for a fact of the finding.
package struct FindingText: Hashable, Sendable {
    /// An explanation and a remedy in one language.
    package struct Wording: Hashable, Sendable {
        package let explanation: String
        package let remedy: String

        package init(_ explanation: String, _ remedy: String) {
            self.explanation = explanation
            self.remedy = remedy
        }
    }

    package let vietnamese: Wording
    package let english: Wording

    package init(vi vietnamese: Wording, en english: Wording) {
        self.vietnamese = vietnamese
        self.english = english
    }
}
