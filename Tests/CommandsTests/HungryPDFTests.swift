import Foundation
import Rehearsal
import SystemPackage
import Testing

@Suite struct HungryPDFTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
    }

    @Test func `a PDF that asks for too much memory is a warning, and the next one is counted`()
        throws
    {
        let dossier = try folder.makeDossier(documents: 3).string
        let whole = try Data(
            contentsOf: #require(Self.examplePDF(), "an example dossier has a PDF"))
        let hungry = Data(HungryPDF.bytes(unpackingTo: 700 << 20))
        #expect(hungry.count < 64 * 1024)
        for (number, content) in [(1, whole), (2, hungry), (3, whole)] {
            try content.write(to: URL(filePath: dossier + "/Văn bản \(number).txt"))
        }

        let run = try Program.run(
            ["package", "--dry-run", dossier, "--json", "--archive", kho, "--lang", "en"])

        let findings = run.json.compactMap { $0["payload"] as? [String: Any] }
            .flatMap { $0["findings"] as? [[String: Any]] ?? [] }
            .filter { $0["code"] as? String == "LT-PAGES-UNKNOWN" }
            .map { $0["subject"] as? String }
        #expect(findings == ["Văn bản 2.txt"], "\(run.output)")
    }

    @Test func `the process that opens PDFs stays within its memory`() throws {
        let file = folder.url.appending(path: "hungry.pdf")
        try Data(HungryPDF.bytes(unpackingTo: 700 << 20)).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: Program.path)
        process.arguments = ["pdf-pages"]
        let (question, answer) = (Pipe(), Pipe())
        process.standardInput = question
        process.standardOutput = answer
        try process.run()

        try question.fileHandleForWriting.write(contentsOf: Data(file.path.utf8) + [0])
        let line = String(decoding: answer.fileHandleForReading.availableData, as: UTF8.self)
        let status = try String(
            contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        try question.fileHandleForWriting.close()
        process.waitUntilExit()

        #expect(line.hasPrefix("unreadable "))
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?
            .split(separator: " ").dropFirst().first.flatMap { Int($0) }
        #expect(try #require(peak) < 400 * 1024)
        #expect(process.terminationStatus == 0)
    }

    @Test func `what is no PDF at all ends nothing`() throws {
        let run = try Program.run(["pdf-pages"])
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
    }

    private static func examplePDF() -> URL? {
        let files = FileManager.default.enumerator(
            at: Program.examples, includingPropertiesForKeys: nil)
        return files?.lazy.compactMap { $0 as? URL }.first { $0.pathExtension == "pdf" }
    }
}
