import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Links between records: where they are kept, how they are found from both ends, and what stands against them.
@Suite struct LinkTests {
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

    private func writing(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .writing)
    }

    private func reading() throws -> Archive {
        try Archive.open(root, in: Self.world(900), for: .reading)
    }

    private func code(_ number: Int) -> String { "H61.12.2024.\(number).CĐS" }

    private func outcome(_ number: Int, _ links: String...) throws -> PackageOutcome {
        let name = "ho-so-\(number)"
        let dossier = try folder.makeDossier(name, notation: "\(number).CĐS")
        let yaml = try String(contentsOfFile: dossier.string + "/dossier.yaml", encoding: .utf8)
        let list = links.isEmpty ? "" : "\nlinks:\n" + links.map { "  - \($0)\n" }.joined()
        try folder.write(yaml + list, to: name + "/dossier.yaml")
        return try Archive.package(dossier, into: root, in: Self.world(20 * Int64(number)))
    }

    private func package(_ number: Int, _ links: String...) throws -> ObjectIdentifier {
        let found =
            switch links.count {
            case 0: try outcome(number)
            case 1: try outcome(number, links[0])
            default: try outcome(number, links[0], links[1])
            }
        guard case .packaged(let packaged) = found.result else {
            throw ArchiveFailure(.usage, subject: "\(found.findings)")
        }
        return packaged.object
    }

    /// `→ kind target` and `← kind source`, a `*` where it was ended.
    private func links(_ id: String, withEnded: Bool = false) throws -> [String] {
        try reading().links(id, withEnded: withEnded).map { link in
            let other = link.isIncoming ? link.source : link.target
            let name = other.code.isEmpty ? "\(other.text) \(other.state.rawValue)" : other.code
            return (link.isIncoming ? "← " : "→ ") + link.kind.rawValue + " " + name
                + (link.until == nil ? "" : "*")
        }
    }

    private func expectSound(_ codes: FindingCode...) throws {
        #expect(try reading().linkFindings().map(\.code) == codes)
        #expect(try Archive.checkCatalog(root, in: Self.world(903)).isEmpty)
        let before = try links(code(1), withEnded: true)
        _ = try Archive.rebuildCatalog(root, in: Self.world(904))
        #expect(try links(code(1), withEnded: true) == before)
    }

    @Test func `links of a folder are found from both ends, by code, identifier and document`()
        throws
    {
        let one = try package(1)
        let two = try package(2, "continues: \(code(1))", "answers: \(code(1))#2")
        _ = try package(3, "part-of \(one.text.lowercased())", "replaces: https://luu.vn/a?b=1")
        #expect(
            try links(code(2)) == ["→ answers 2/QĐ-UBND", "→ continues \(code(1))"])
        let incoming: Set = [
            "← answers \(code(2))", "← continues \(code(2))", "← part-of \(code(3))",
        ]
        #expect(Set(try links(one.text)) == incoming)
        #expect(try links("https://luu.vn/a?b=1") == ["← replaces \(code(3))"])
        #expect(try reading().show(two.text).links.count == 2)
        try expectSound()
    }

    @Test func `a code that is not here yet is a warning, and leads there once it comes`() throws {
        let first = try outcome(1, "continues: \(code(2))", "part-of: outside:LTLS-III.P4.88")
        #expect(first.findings.map(\.code).contains(.linkDangling))
        #expect(!first.findings.containsErrors)
        #expect(
            try links(code(1)) == [
                "→ continues \(code(2)) dangling", "→ part-of outside:LTLS-III.P4.88 outside",
            ])
        try expectSound(.linkDangling)
        _ = try package(2)
        #expect(try links(code(1)).first == "→ continues \(code(2))")
        #expect(try links(code(2)) == ["← continues \(code(1))"])
        try expectSound()
    }

    @Test(arguments: [
        ("part-of: H61.12.2024.1.CĐS", "LT-LINK-SELF"), ("parts-of: X", "LT-LINK-KIND"),
        ("part-of: H61.12.2024.1.CĐS#2", "LT-LINK-SELF"),
        ("answers: h61.12.2024.1.cđs.0000002", "LT-LINK-SELF"),
        ("answers:", "LT-LINK-FORM"), ("answers", "LT-LINK-FORM"),
        ("- [a]", "LT-TEXT-NOT-FLAT"), ("{a: b, c: d}", "LT-TEXT-NOT-FLAT"),
    ])
    func `a wrong link of a folder is an error with its place`(link: String, code: String) throws {
        let found = try outcome(1, link)
        #expect(found.result.isRejected)
        let finding = try #require(found.findings.first { $0.code.text == code })
        #expect(code == "LT-LINK-SELF" || finding.place?.line == 12)
    }

    @Test func `parts that contain themselves are refused`() throws {
        _ = try package(1, "part-of: \(code(2))")
        let second = try outcome(2, "part-of: \(code(1))")
        #expect(second.result.isRejected)
        #expect(second.findings.map(\.code).contains(.linkCycle))
        _ = try package(2)
        let refused = try writing(100).link(
            code(2), document: nil, .partOf, to: code(1), because: nil)
        #expect(refused.link == nil && refused.findings.map(\.code) == [.linkCycle])
        let own = try writing(110).link(
            code(2), document: nil, .partOf, to: code(2) + "#1", because: nil)
        #expect(own.findings.map(\.code) == [.linkCycle])
        try expectSound()
    }

    @Test func `a part of a document that is still to come makes a circle as well`() throws {
        _ = try package(1, "part-of: \(code(2))#1")
        let second = try outcome(2, "part-of: \(code(1))")
        #expect(second.result.isRejected)
        #expect(second.findings.map(\.code).contains(.linkCycle))
    }

    @Test func `links are made and ended by acts that the ledger keeps`() throws {
        let one = try package(1, "continues: outside:cũ")
        _ = try package(2)
        let made = try writing(100).link(
            code(1), document: "2", .answers, to: "1/QĐ-UBND", because: nil)
        #expect(made.findings.map(\.code) == [.linkAmbiguous])
        #expect(made.findings.first?.facts["found"]?.contains(one.text + "#1") == true)
        let linked = try writing(110).link(
            code(1), document: "2", .answers, to: code(2) + "#1", because: "Công văn trả lời")
        #expect(linked.link?.source.text == one.text + "#2")
        let again = try writing(120).link(
            code(1), document: "2", .answers, to: code(2) + "#1", because: nil)
        #expect(again.findings.map(\.code) == [.linkExists])
        #expect(
            try writing(130).link(code(1), document: nil, .answers, to: "không-có", because: nil)
                .findings.map(\.code) == [.linkDangling])
        #expect(
            try writing(140).link(code(1), document: nil, .answers, to: code(1), because: nil)
                .findings.map(\.code) == [.linkSelf])
        let ended = try writing(150).unlink(
            code(1), document: nil, .continues, to: "outside:cũ", because: "Nhầm")
        #expect(ended.link?.until != nil)
        #expect(
            try writing(160).unlink(
                code(1), document: nil, .continues, to: "outside:cũ", because: "Nhầm"
            ).findings.map(\.code) == [.linkAbsent])
        #expect(try links(code(1)) == ["→ answers 1/QĐ-UBND"])
        #expect(
            try links(code(1), withEnded: true) == [
                "→ continues outside:cũ outside*", "→ answers 1/QĐ-UBND",
            ])
        #expect(try links(code(2)) == ["← answers 2/QĐ-UBND"])
        #expect(try reading().show(one.text).acts.last?.reason == "Nhầm")
        try expectSound()
    }

    @Test func `one link by code and by identifier is one link`() throws {
        let one = try package(1)
        _ = try package(2, "answers: \(code(1))", "answers: \(one.text)")
        #expect(try links(code(2)) == ["→ answers \(code(1))"])
        _ = try package(3, "continues: \(code(4))")
        let four = try package(4)
        let again = try writing(100).link(
            code(3), document: nil, .continues, to: four.text, because: nil)
        #expect(again.link == nil && again.findings.map(\.code) == [.linkExists])
        try expectSound()
    }

    @Test func `a later state keeps the links, and they are no description to amend`() throws {
        let one = try package(1, "continues: outside:cũ")
        var request = AmendRequest(dossier: one.text, reason: "Sửa")
        request.sets = ["title=Tiêu đề khác"]
        _ = try writing(100).amend(request, isDryRun: false, passphrase: nil) { _ in }
        #expect(try links(code(1)) == ["→ continues outside:cũ outside"])
        request.sets = ["links=answers x"]
        #expect(throws: ArchiveFailure.self) {
            try writing(110).amend(request, isDryRun: false, passphrase: nil) { _ in }
        }
        let (_, changes) = try reading().difference(one.text, from: 1, to: 2)
        #expect(changes.map(\.element) == ["title"])
        try expectSound()
    }

    @Test func `a package carries its links as PREMIS relationships and in its arrangement`() throws
    {
        let one = try package(1)
        let two = try package(2, "continues: \(code(1))", "part-of: outside:<&>\"'")
        let tar = folder.path("goi.tar")
        _ = try reading().deliver(two.text, document: nil, toFile: tar)
        let bytes = try Data(contentsOf: URL(filePath: tar.string))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<relationshipSubType>continues</relationshipSubType>"))
        #expect(
            text.contains(
                "<relatedObjectIdentifierValue>\(one.text)</relatedObjectIdentifierValue>"))
        #expect(text.contains("<relationshipType>structural</relationshipType>"))
        #expect(text.contains("continues \(one.text)\npart-of outside:&lt;&amp;&gt;"))
        var verification = Verification(
            archive: root, trust: [], version: 1, world: Self.world(950), progress: { _ in })
        #expect(try verification.verify(two.text, at: "/none").verdict == .valid)
    }

    @Test func `a hundred links are taken, more are not`() throws {
        let many = (1...101).map { "answers: outside:\($0)" }.joined(separator: "\n  - ")
        let found = try outcome(1, many)
        #expect(found.findings.map(\.code).contains(.linksMany))
        let fewer = (1...100).map { "answers: outside:\($0)" }.joined(separator: "\n  - ")
        _ = try package(2, fewer)
        #expect(try links(code(2)).count == 100)
    }
}

extension PackageOutcome.Result {
    fileprivate var isRejected: Bool {
        if case .rejected = self { return true }
        return false
    }
}
