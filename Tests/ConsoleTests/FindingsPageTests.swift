import Foundation
import Records
import Repository
import Testing

@testable import Console

/// `docs/findings.md` is made from the message catalogue; `LUUTRU_WRITE_DOCS=1 swift test` writes it anew.
@Suite struct FindingsPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/findings.md")

    private static var text: String {
        var lines = [
            "# Findings and failures", "",
            "Findings are what is wrong in records (exit 1, or 5 where only trust is missing); failures are why a run",
            "could not do its work. `{name}` stands for a fact. This page is made from the message catalogue.",
            "",
            "## Findings", "", "| code | Việt | English |", "|---|---|---|",
        ]
        lines += Catalogue.findings.sorted { $0.key < $1.key }.map { row($0.key.text, $0.value) }
        lines += ["", "## Failures", "", "| code | Việt | English |", "|---|---|---|"]
        lines += Catalogue.failures.sorted { $0.key < $1.key }.map { row($0.key, $0.value) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ code: String, _ text: FindingText) -> String {
        func cell(_ wording: FindingText.Wording) -> String {
            (wording.explanation + " → " + wording.remedy).replacing("|", with: "\\|")
        }
        return "| `\(code)` | \(cell(text.vietnamese)) | \(cell(text.english)) |"
    }

    @Test func `the page of findings is the message catalogue`() throws {
        if ProcessInfo.processInfo.environment["LUUTRU_WRITE_DOCS"] == "1" {
            try Self.text.write(to: Self.page, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == Self.text)
    }
}
