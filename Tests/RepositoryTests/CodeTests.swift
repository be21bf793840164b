import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant P2 for records: an amendment takes nobody's code, and closes no circle of parts by one.
@Suite struct CodeTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func code(_ notation: String) -> String { "H61.12.2024." + notation }

    private func outcome(_ notation: String, at minutes: Int64, links: String...) throws
        -> PackageOutcome
    {
        let name = "ho-so-\(minutes)"
        let dossier = try folder.makeDossier(name, notation: notation)
        let yaml = try String(contentsOfFile: dossier.string + "/dossier.yaml", encoding: .utf8)
        let list = links.isEmpty ? "" : "\nlinks:\n" + links.map { "  - \($0)\n" }.joined()
        try folder.write(yaml + list, to: name + "/dossier.yaml")
        return try Archive.package(dossier, into: root, in: Self.world(minutes))
    }

    private func package(_ notation: String, at minutes: Int64, links: String...) throws
        -> ObjectIdentifier
    {
        let found =
            links.isEmpty
            ? try outcome(notation, at: minutes)
            : try outcome(notation, at: minutes, links: links[0])
        guard case .packaged(let packaged) = found.result else {
            throw ArchiveFailure(.usage, subject: "\(found.findings)")
        }
        return packaged.object
    }

    private func amend(
        _ dossier: ObjectIdentifier, _ set: String, document: String? = nil, at minutes: Int64
    ) throws -> AmendOutcome {
        var request = AmendRequest(dossier: dossier.text, reason: "Sửa mã")
        request.sets = [set]
        request.document = document
        return try Archive.open(root, in: Self.world(minutes), for: .writing).amend(
            request, isDryRun: false, passphrase: nil
        ) { _ in }
    }

    @Test(arguments: ["fileNotation=01.CĐS", "arcFileCode=H61.12.2024.01.CĐS"])
    func `the code of another dossier is not taken`(set: String) throws {
        let one = try package("01.CĐS", at: 1)
        let two = try package("02.CĐS", at: 20)

        let outcome = try amend(two, set, at: 40)

        #expect(outcome.isRejected && outcome.version == nil)
        #expect(outcome.findings.map(\.code) == [.codeTaken])
        #expect(outcome.findings.first?.facts["holder"] == one.text)
        let archive = try Archive.open(root, in: Self.world(60), for: .reading)
        #expect(try archive.show(code("01.CĐS")).object == one)
    }

    @Test func `a code that another dossier had before is its own for ever`() throws {
        let one = try package("01.CĐS", at: 1)
        let two = try package("02.CĐS", at: 20)
        #expect(try amend(one, "fileNotation=03.CĐS", at: 40).version == 2)

        #expect(try amend(two, "fileNotation=01.CĐS", at: 60).findings.map(\.code) == [.codeTaken])

        // Its own earlier code may come back.
        #expect(try amend(one, "fileNotation=01.CĐS", at: 80).version == 3)
    }

    @Test(arguments: ["H61.12.2024.01.CĐS", "H61.12.2024.01.CĐS.0000002"])
    func `a document takes the code of no other record`(taken: String) throws {
        let one = try package("01.CĐS", at: 1)
        let two = try package("02.CĐS", at: 20)

        let outcome = try amend(two, "docCode=" + taken, document: "1", at: 40)

        #expect(outcome.isRejected && outcome.findings.map(\.code) == [.codeTaken])
        #expect(outcome.findings.first?.facts["id"] == one.text)
    }

    @Test func `a number that others gave may stand twice`() throws {
        _ = try package("01.CĐS", at: 1)
        let two = try package("02.CĐS", at: 20)

        let outcome = try amend(two, "codeNumber=2", document: "1", at: 40)

        #expect(outcome.findings.isEmpty && outcome.version == 2)
    }

    @Test func `a code that is only written in another way is told and taken`() throws {
        _ = try package("01.CĐS", at: 1)
        let two = try package("02.CĐS", at: 20)

        let amended = try amend(two, "fileNotation=01.cđs", at: 40)
        let packaged = try outcome("01.CDS", at: 60)

        #expect(amended.findings.map(\.code) == [.codeAlike] && amended.version == 2)
        #expect(packaged.findings.map(\.code) == [.codeAlike])
        #expect(!packaged.findings.containsErrors)
    }

    @Test(arguments: [nil, "1"] as [String?])
    func `a new code closes no circle of parts`(document: String?) throws {
        let awaited = document == nil ? code("09.CĐS") : "TL-09"
        _ = try package("01.CĐS", at: 1, links: "part-of: " + awaited)
        let two = try package("02.CĐS", at: 20, links: "part-of: " + code("01.CĐS"))
        let three = try package("03.CĐS", at: 40)
        let set = document == nil ? "fileNotation=09.CĐS" : "docCode=TL-09"

        let outcome = try amend(two, set, document: document, at: 60)

        #expect(outcome.isRejected && outcome.findings.map(\.code) == [.linkCycle])
        #expect(try amend(two, "title=Tên khác", at: 80).version == 2)
        // Of a dossier that is no part of the first the code is welcome.
        #expect(try amend(three, set, document: document, at: 100).version == 2)
        let archive = try Archive.open(root, in: Self.world(120), for: .reading)
        #expect(try archive.linkFindings().isEmpty)
    }
}
