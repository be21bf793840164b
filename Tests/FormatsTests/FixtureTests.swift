import Files
import Formats
import Foundation
import Records
import SystemPackage
import Testing

/// A line of the shared fixtures' table.
struct FixtureCase: Sendable, CustomTestStringConvertible {
    let identifier: String
    let path: String
    let expected: String

    var testDescription: String { identifier }

    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/fixtures").path(percentEncoded: false)

    static func all(_ check: String) -> [FixtureCase] {
        guard let text = try? String(contentsOfFile: folder + "/cases.tsv", encoding: .utf8) else {
            print("not run: fixtures absent")
            return []
        }
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map {
                String($0)
            }
            guard fields.count > 5, fields[4] == check else { return nil }
            return FixtureCase(
                identifier: fields[0], path: folder + "/" + fields[2], expected: fields[5])
        }
    }
}

struct FixtureTests {
    @Test(arguments: FixtureCase.all("identify"))
    func `gives no wrong number to a fixture`(_ fixture: FixtureCase) throws {
        let path = FilePath(fixture.path)
        let file = try DiskVolume().open(path)
        let name = path.lastComponent?.string ?? ""
        let found = try FormatIdentifier(pages: { PDFPages.count(at: $0) }).identify(
            file, name: name, size: try file.status().size)
        let allowed = fixture.expected.replacing("identify:", with: "").split(separator: "|")

        if let puid = found.puid { #expect(allowed.contains { $0 == puid }, "\(found)") }
        if Self.known.contains(where: { fixture.expected.hasSuffix(":" + $0) }) {
            #expect(found.puid != nil, "\(found)")
        }
    }

    @Test(arguments: FixtureCase.all("pages+identify"))
    func `counts the pages of a fixture and hears its PDF-A claim`(_ fixture: FixtureCase) throws {
        let path = FilePath(fixture.path)
        let file = try DiskVolume().open(path)
        let found = try FormatIdentifier(pages: { PDFPages.count(at: $0) }).identify(
            file, name: "a.pdf", size: try file.status().size)

        #expect(PDFPages.count(at: path) == .pages(1))
        #expect(found.mimeType == "application/pdf")
        #expect(found.basis == .signature)
        if let level = fixture.path.firstMatch(of: /PDF_A-([1-4][abuef]?)\/.*-pass-/) {
            #expect(found.version == String(level.output.1), "\(found)")
        }
    }

    /// Numbers of the list that must be given, not only not be wrong.
    private static let known = [
        "fmt/101", "fmt/11", "fmt/12", "fmt/13", "fmt/126", "fmt/17", "fmt/18", "fmt/20", "fmt/276",
        "fmt/291", "fmt/354", "fmt/43", "fmt/483", "fmt/95", "x-fmt/263", "x-fmt/384",
        "fmt/412|fido-fmt/189",
    ]
}
