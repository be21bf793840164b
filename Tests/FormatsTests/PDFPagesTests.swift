import Formats
import Foundation
import SystemPackage
import Testing

struct PDFPagesTests {
    @Test func `counts the pages of a tree with branches`() throws {
        let pages = try count([
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 3/Kids[3 0 R 4 0 R]>>", Self.page,
            "<</Type/Pages/Count 2/Kids[5 0 R 5 0 R]>>", Self.page,
        ])

        #expect(pages == .pages(3))
    }

    @Test func `counts what is there, not what the tree says`() throws {
        let pages = try count([
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 900/Kids[3 0 R]>>", Self.page,
        ])

        #expect(pages == .pages(1))
    }

    @Test func `opens a file whose name is decomposed Vietnamese`() throws {
        let pages = try count(
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", Self.page],
            name: "Quyê\u{301}t đi\u{323}nh.pdf")

        #expect(pages == .pages(1))
    }

    @Test func `says that a file needs a password`() throws {
        let zeros = String(repeating: "00", count: 32)
        let pages = try count(
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", Self.page],
            trailer: "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<\(zeros)>/U<\(zeros)>>>"
                + "/ID[<00><00>]")

        #expect(pages == .encrypted)
    }

    @Test func `does not repair a damaged file`() throws {
        let whole = Self.document(
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", Self.page])

        for text in [String(whole.dropLast(12)), "%PDF-1.4\n", "", "hello"] {
            guard case .unreadable(let reason) = try count(text) else {
                Issue.record("counted")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test func `refuses what is not a file`() {
        guard case .unreadable = PDFPages.count(at: "/dev/null"),
            case .unreadable = PDFPages.count(at: "/"),
            case .unreadable = PDFPages.count(at: "/no/such/file")
        else {
            Issue.record("counted")
            return
        }
    }

    @Test func `refuses a page tree that runs in a circle`() throws {
        let circle = try count(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]>>"])
        let none = try count(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[9 0 R]>>"])
        let absent = try count(["<</Type/Catalog>>"])

        for pages in [circle, none, absent] {
            guard case .unreadable = pages else {
                Issue.record("counted \(pages)")
                continue
            }
        }
    }

    @Test func `survives a page tree of fifty thousand levels`() throws {
        let branches = (2..<50_000).map { "<</Type/Pages/Kids[\($0 + 1) 0 R]>>" }
        let pages = try count(["<</Type/Catalog/Pages 2 0 R>>"] + branches + [Self.page])

        guard case .unreadable = pages else {
            Issue.record("counted \(pages)")
            return
        }
    }

    @Test func `survives streams whose lengths lead from one to the next`() throws {
        let chain = (3..<20_000).map { "<</Length \($0 + 1) 0 R>>\nstream\nx\nendstream" }
        let pages = try count(
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>"] + chain + ["1"])

        guard case .pages(1) = pages else {
            // A stream is no page: both answers are sound, a crash is not.
            guard case .unreadable = pages else {
                Issue.record("counted \(pages)")
                return
            }
            return
        }
    }

    private static let page = "<</Type/Page/MediaBox[0 0 9 9]>>"

    private static func document(_ objects: [String], trailer: String = "") -> String {
        var text = "%PDF-1.5\n"
        var table = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let digits = String(text.utf8.count)
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        return text + "xref\n0 \(objects.count + 1)\n\(table)trailer\n<</Root 1 0 R/Size "
            + "\(objects.count + 1)\(trailer)>>\nstartxref\n\(start)\n%%EOF\n"
    }

    private func count(
        _ objects: [String], trailer: String = "", name: String = "a.pdf"
    ) throws -> PDFPages {
        try count(Self.document(objects, trailer: trailer), name: name)
    }

    private func count(_ text: String, name: String = "a.pdf") throws -> PDFPages {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.path(percentEncoded: false) + "/" + name
        #expect(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
        return PDFPages.count(at: FilePath(file))
    }
}
