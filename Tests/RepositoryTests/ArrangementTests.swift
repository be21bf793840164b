import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// What stands between fonds and dossier: inventories, series, accessions, and the place of the paper.
@Suite struct ArrangementTests {
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

    private func package(_ number: Int, _ more: String) throws -> PackageOutcome {
        let name = "ho-so-\(number)"
        let dossier = try folder.makeDossier(name, notation: "\(number).CĐS")
        let yaml = try String(contentsOfFile: dossier.string + "/dossier.yaml", encoding: .utf8)
        try folder.write(yaml + "\n" + more, to: name + "/dossier.yaml")
        return try Archive.package(dossier, into: root, in: Self.world(150 * Int64(number) - 50))
    }

    private func code(_ number: Int) -> String { "H61.12.2024.\(number).CĐS" }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func tree(_ fonds: String? = nil) throws -> [String] {
        var lines: [String] = []
        try reading().tree(fonds: fonds, asOf: nil) { line in
            let mark = line.isRegistered ? "" : "?"
            lines.append(
                "\(line.depth) \(line.level.rawValue) \(line.code)\(mark) \(line.holding.dossiers)"
                    + (line.location.isEmpty ? "" : " @\(line.location)"))
        }
        return lines
    }

    private func arrange() throws {
        let archive = try writing(1)
        _ = try archive.enter(.fonds, [.code: "P2", .name: "Phông hai", .parent: "H61.12"])
        _ = try archive.enter(
            .inventory, [.fonds: "P2", .code: "10", .name: "Mục lục mười"],
            series: [Series(code: "TC", name: "Tổ chức")])
        _ = try archive.enter(.inventory, [.fonds: "P2", .code: "2", .name: "Mục lục hai"])
        _ = try archive.enter(
            .accession,
            [.fonds: "P2", .code: "NL.1", .transferredBy: "Sở A", .received: "2024-05-01"])
    }

    private func isEqual() throws -> Bool {
        guard try Archive.checkCatalog(root, in: Self.world(800)).isEmpty else { return false }
        let before = try tree()
        _ = try Archive.rebuildCatalog(root, in: Self.world(810))
        return try Archive.checkCatalog(root, in: Self.world(820)).isEmpty && tree() == before
    }

    @Test func `the tree counts every level, and names what is not registered`() throws {
        try arrange()
        #expect(try !package(1, "fonds: P2\ninventory: \"10\"\nseries: TC").isRejected)
        #expect(try !package(2, "fonds: P2\ninventory: \"10\"").isRejected)
        #expect(try !package(3, "fonds: p2\ninventory: \"7\"\nlocation: Kho 1").isRejected)
        #expect(try !package(4, "").isRejected)
        #expect(try !package(5, "fonds: P9").isRejected)
        let all = try tree()
        let one = try tree("p2")
        #expect(
            all == [
                "0 fonds H61.12 4", "1 fonds P2 3", "2 inventory 2 0", "2 inventory 10 2",
                "3 series TC 1", "2 inventory 7? 1", "0 fonds P9? 1",
            ])
        #expect(
            one == [
                "0 fonds P2 3", "1 inventory 2 0", "1 inventory 10 2", "2 dossier \(code(2)) 1",
                "2 series TC 1", "3 dossier \(code(1)) 1", "1 inventory 7? 1",
                "2 dossier \(code(3)) 1 @Kho 1",
            ])
        #expect(try isEqual())
    }

    @Test func `a dossier is found by every code that its fonds has or had`() throws {
        try arrange()
        _ = try package(1, "fonds: P2")
        _ = try writing(200).amend(.fonds, "P2", [.code: "P3"], from: .today)
        _ = try package(2, "fonds: P3")
        _ = try package(3, "")
        for code in ["P2", "P3", "p 2"] {
            var listed: [String] = []
            try reading().list(fonds: code) { listed.append($0.code) }
            #expect(listed == [self.code(1), self.code(2)])
            var request = SearchRequest()
            request.fonds = code
            request.words = "chuyển đổi số"
            #expect(try Set(reading().search(request).map(\.dossierCode)) == Set(listed))
        }
        let unit = try reading().registeredUnit(.fonds, "P2", inFonds: nil, asOf: nil)
        #expect(unit.holding.dossiers == 2)
        #expect(try isEqual())
    }

    @Test func `an unknown place in the arrangement is a warning with the nearest known one`()
        throws
    {
        try arrange()
        let outcome = try package(1, "fonds: P2\ninventory: \"11\"\naccession: NL.2")
        #expect(!outcome.isRejected)
        let near = Dictionary(
            outcome.findings.map { ($0.code, $0.facts["nearest"]) }, uniquingKeysWith: { $1 })
        #expect(near[.inventoryUnregistered] == " (≈ 10)")
        #expect(near[.accessionUnregistered] == " (≈ NL.1)")
        #expect(outcome.findings.allSatisfy { $0.severity != .error })
        let series = try package(2, "fonds: P2\ninventory: \"10\"\nseries: TK")
        #expect(series.findings.contains { $0.code == .seriesUnregistered })
        let fonds = try package(3, "fonds: P5")
        #expect(
            fonds.findings.first { $0.code == .fondsUnregistered }?.facts["nearest"] == " (≈ P2)")
        let known = try package(4, "fonds: P2\ninventory: \"10\"\nseries: tc\naccession: nl.1")
        #expect(
            known.findings.allSatisfy {
                !$0.code.text.contains("UNREGISTERED")
            })
    }

    @Test func `nothing comes to a closed fonds`() throws {
        try arrange()
        _ = try writing(50).succeed("P2", by: ["H61.12"], on: day("2025-07-01"), .merge)
        let outcome = try package(1, "fonds: P2")
        #expect(outcome.isRejected)
        let finding = try #require(outcome.findings.first { $0.code == .fondsClosed })
        #expect(finding.facts["successors"] == " (→ H61.12)")
        _ = try writing(200).amend(.fonds, "P2", [.state: RegisterEntry.open], from: .today)
        #expect(try !package(2, "fonds: P2").isRejected)
    }

    @Test func `paper that was moved is found where it is, and its package stays as it was`() throws
    {
        _ = try package(1, "location: Kho 2/Kệ 5/Hộp 113")
        _ = try package(2, "")
        let before = try tarBytes()
        let moved = try writing(300).move(
            [code(1), code(2), code(1)], to: " Kho 7 / Kệ 8/ Hộp 9 ", because: "Dồn kho")
        #expect(moved.map(\.location) == ["Kho 7/Kệ 8/Hộp 9", "Kho 7/Kệ 8/Hộp 9"])
        #expect(moved.map(\.before) == ["Kho 2/Kệ 5/Hộp 113", nil])
        #expect(try found("kho 7 ke 8") == [code(1), code(2)])
        #expect(try found("hop 113").isEmpty)
        _ = try writing(310).move([code(1)], to: "Kho 3", because: "Sửa mái")
        #expect(try found("kho 7 ke 8") == [code(2)])
        #expect(try found("kho 3") == [code(1)])
        let shown = try reading().show(code(1))
        #expect(shown.place?.location == "Kho 3" && shown.place?.reason == "Sửa mái")
        #expect(shown.acts.filter { $0.act == "place" }.count == 2)
        #expect(try tarBytes() == before)
        #expect(try isEqual())
        #expect(try found("kho 3") == [code(1)])
        let report = try Archive.open(root, in: Self.world(850), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.findings.isEmpty)
    }

    @Test(arguments: ["", " ", "a//b", "/a", "a\u{7}b", String(repeating: "x", count: 201)])
    func `a place that is none moves nothing`(location: String) throws {
        _ = try package(1, "")
        let archive = try writing(300)
        let before = try archive.status().ledgerEntries
        #expect(throws: ArchiveFailure.self) {
            try archive.move([code(1)], to: location, because: "x")
        }
        #expect(throws: ArchiveFailure.self) {
            try archive.move([code(1), "không có"], to: "Kho 1", because: "x")
        }
        #expect(try archive.status().ledgerEntries == before)
    }

    @Test func `the words of an act on paper are not in the ledger`() throws {
        _ = try package(1, "")
        _ = try writing(300).move([code(1)], to: "Kho 1", because: "Bí mật Zanzibar")
        let ledger = try String(
            contentsOfFile: root.string + "/stores/chinh/ledger/entries.jsonl", encoding: .utf8)
        #expect(!ledger.contains("Zanzibar") && !ledger.contains("Kho 1"))
    }

    @Test func `an inventory is recoded, and its dossiers still stand in it`() throws {
        try arrange()
        _ = try package(1, "fonds: P2\ninventory: \"10\"")
        _ = try writing(200).amend(
            .inventory, "10", inFonds: "P2", [.code: "ML10"],
            series: [Series(code: "TC", name: "Khác"), Series(code: "HC", name: "Hành chính")],
            from: .today)
        _ = try package(2, "fonds: P2\ninventory: ML10\nseries: HC")
        let unit = try reading().registeredUnit(.inventory, "10", inFonds: "P2", asOf: nil)
        #expect(unit.entry.code == "ML10" && unit.holding.dossiers == 2)
        #expect(unit.entry.series.map(\.name) == ["Khác", "Hành chính"])
        #expect(try tree("P2").contains("1 inventory ML10 2"))
        // The same number in another fonds is another inventory.
        _ = try writing(400).enter(.inventory, [.fonds: "H61.12", .code: "10", .name: "Khác"])
        let failure = #expect(throws: ArchiveFailure.self) {
            try reading().registeredUnit(.inventory, "10", inFonds: nil, asOf: nil)
        }
        #expect(failure?.reason == .severalRegistered)
        #expect(try isEqual())
    }

    @Test func `a finding aid lists every dossier of the fonds once, in each form`() throws {
        try arrange()
        _ = try package(1, "fonds: P2\ninventory: \"10\"\nseries: TC")
        _ = try package(2, "fonds: P2")
        _ = try package(3, "")
        _ = try writing(450).amend(.fonds, "P2", [.code: "P3"], from: .today)
        for form in ["html", "csv", "ead3"] {
            let path = folder.path("aid." + form)
            let written = try reading().writeFindingAid(fonds: "P2", as: form, to: path)
            #expect(written.dossiers == 2 && written.code == "P3")
            let text = try String(contentsOfFile: path.string, encoding: .utf8)
            #expect(text.components(separatedBy: code(1)).count == 2, "\(form)")
            #expect(text.components(separatedBy: code(2)).count == 2, "\(form)")
            #expect(!text.contains(code(3)), "\(form)")
            let failure = #expect(throws: ArchiveFailure.self) {
                try reading().writeFindingAid(fonds: "P2", as: form, to: path)
            }
            #expect(failure?.reason == .targetExists)
        }
    }

    @Test func `a finding aid tells nothing of secret dossiers, unless it is asked to`() throws {
        let name = "ho-so-7"
        let dossier = try folder.makeDossier(name, notation: "7.CĐS")
        let yaml = try String(contentsOfFile: dossier.string + "/dossier.yaml", encoding: .utf8)
            .replacing("mode: Công khai", with: "mode: \"03\"\nkeyword: kín")
        try folder.write(yaml, to: name + "/dossier.yaml")
        _ = try Archive.package(dossier, into: root, in: Self.world(100))
        for form in ["html", "csv", "ead3"] {
            for withSecret in [false, true] {
                let path = folder.path("\(form)-\(withSecret)")
                let fonds = try reading().show(code(7)).arrangement.first { $0.0 == "fonds" }?.1
                _ = try reading().writeFindingAid(
                    fonds: fonds ?? "", as: form, withSecret: withSecret, to: path)
                let text = try String(contentsOfFile: path.string, encoding: .utf8)
                #expect(text.contains(code(7)))
                #expect(text.contains("việc chuyển đổi số") == withSecret, "\(form)")
                #expect(withSecret || !text.contains("kín"), "\(form)")
            }
        }
    }

    @Test func `an accession is put right, and what was entered first stays`() throws {
        let archive = try writing(10)
        _ = try archive.enter(
            .accession,
            [
                .code: "NL.1", .fonds: "H61.12", .transferredBy: "Sở A", .received: "2024-05-20",
                .dossiers: "12",
            ])
        let mended = try archive.amend(
            .accession, "NL.1", [.dossiers: "13", .code: "NL.01"], from: .correction)
        #expect(mended.values[.dossiers] == "13" && mended.code == "NL.01")
        let shown = try archive.registeredUnit(.accession, "NL.1", inFonds: nil, asOf: nil)
        #expect(shown.entry.values[.dossiers] == "13")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: root.string + "/stores/chinh/policy")
        #expect(names.filter { $0.hasPrefix("accession-") }.count == 2)
        let first = try Data(
            contentsOf: URL(filePath: root.string + "/stores/chinh/policy/accession-0001.json"))
        #expect(String(decoding: first, as: UTF8.self).contains("12"))
    }

    private func found(_ words: String) throws -> [String] {
        var request = SearchRequest()
        request.words = words
        return try reading().search(request).map(\.dossierCode).sorted()
    }

    private func tarBytes() throws -> [Data] {
        let ocfl = root.string + "/stores/chinh/ocfl"
        return try FileManager.default.subpathsOfDirectory(atPath: ocfl).filter {
            $0.hasSuffix(".tar")
        }.sorted().map { try Data(contentsOf: URL(filePath: ocfl + "/" + $0)) }
    }
}
