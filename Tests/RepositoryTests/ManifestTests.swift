import Foundation
import Records
import Rehearsal
import Testing

@testable import Repository

@Suite struct ManifestTests {
    private static let digest = Digest(.sha512, bytes: [UInt8](repeating: 0xAB, count: 64))

    @Test(arguments: [
        "a", "a b", " a", "\\", "a\\nb", "a\nb", "a\r\nb", "Tiếng Việt.txt", "e\u{301}\u{FF}",
    ])
    func `a name is written and read back`(name: String) throws {
        let line = ManifestLine(path: RelativePath(name), sha512: try #require(Self.digest))
        #expect(ManifestLine(line.bytes.dropLast()) == line)
        #expect(line.bytes.count { $0 == 0x0A } == 1)
    }

    @Test func `lines are those of GNU sha512sum, byte for byte`() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sha512sum") else {
            return print("not run: sha512sum absent")
        }
        let folder = try TestFolder()
        for name in ["a\\b", "a\nb", "a\rb", " x ", "Ảnh.jpg", "e\u{301}", "a*b"] {
            try folder.write("nội dung", to: name)
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/sha512sum")
            process.currentDirectoryURL = folder.url
            process.arguments = ["--", name]
            process.standardOutput = pipe
            try process.run()
            let output = Array(try #require(try pipe.fileHandleForReading.readToEnd()))
            process.waitUntilExit()
            let line = try #require(ManifestLine(output.dropLast()), "\(name)")
            #expect(line.path == RelativePath(name))
            #expect(line.bytes == output)
        }
    }

    @Test(arguments: ["", "ab  x", "\\", "  x"])
    func `what is no line is nothing`(text: String) {
        #expect(ManifestLine(Array(text.utf8)) == nil)
    }

    @Test func `escapes that GNU does not write are refused`() throws {
        let hex = try #require(Self.digest).hex
        #expect(ManifestLine(Array("\\\(hex)  a\\tb".utf8)) == nil)
        #expect(ManifestLine(Array("\\\(hex)  a\\".utf8)) == nil)
        #expect(ManifestLine(Array("\(hex) *a".utf8)) == nil)
        #expect(ManifestLine(Array("\(hex)  ".utf8)) == nil)
    }

    @Test func `a card is read back, unfinished and finished`() throws {
        let object = try #require(ObjectIdentifier("0F3A1B2C-0000-4000-8000-0123456789AB"))
        var card = ExportCard(
            archive: object, form: .folders, scope: ExportCard.Scope(kind: "fonds", fonds: "H61"),
            software: "luutru", ending: nil)
        #expect(ExportCard(card.bytes) == card)
        let last = try #require(Digest(.sha256, bytes: [UInt8](repeating: 1, count: 32)))
        card.ending = ExportCard.Ending(
            at: Instant(seconds: 1), counts: ExportCounts(),
            ledger: ExportCard.ExportedHead(count: 4, size: 9, last: last),
            missing: [ExportCard.Missing(object: object, codes: ["E092"])], isComplete: false)
        #expect(ExportCard(card.bytes) == card)
        #expect(ExportCard(Array("{}".utf8)) == nil)
        #expect(ExportCard(Array(card.bytes.dropLast(3))) == nil)
    }
}
