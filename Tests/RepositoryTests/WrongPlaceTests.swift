import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Links and files in the place of a store's own folders: nothing is written through them, and a copy stays of use.
@Suite struct WrongPlaceTests {
    private let files = FileManager.default

    /// Puts something else in the place of a folder of a store; what was there is kept beside the stores.
    private func exchange(_ path: String, in root: FilePath, by harm: String) throws -> String {
        let place = root.string + "/" + path
        let kept = root.removingLastComponent().string + "/kept"
        if files.fileExists(atPath: place) {
            try files.moveItem(atPath: place, toPath: kept)
        } else {
            try files.createDirectory(atPath: kept, withIntermediateDirectories: false)
        }
        switch harm {
        case "link": try files.createSymbolicLink(atPath: place, withDestinationPath: kept)
        case "folder":
            try files.createDirectory(atPath: place, withIntermediateDirectories: false)
        default: try Data("x".utf8).write(to: URL(filePath: place))
        }
        return kept
    }

    @Test(arguments: [
        ("ocfl", "file"), ("ocfl", "link"), ("incoming", "file"), ("incoming", "link"),
        ("ledger", "file"), ("ledger", "link"), ("ledger/entries.jsonl", "folder"),
        ("ledger/entries.jsonl", "link"), ("details", "file"), ("details", "link"),
        ("policy", "file"), ("policy", "link"), ("evidence", "file"), ("recovered", "file"),
        ("recovered", "link"),
    ])
    func `a copy with a wrong name of its own is damaged and not away, and is mended`(
        path: String, harm: String
    ) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let kept = try exchange(path, in: kho.store("hai"), by: harm)
        let outside = try? files.subpathsOfDirectory(atPath: kept).sorted()

        let standing = try #require(kho.open(.reading).storeStandings().first)
        var request = AuditRequest(.everything)
        request.stores = ["hai"]
        let audit = try kho.audit(request)
        let found = audit.findings.filter { $0.code == .storePlaceWrong }

        #expect(standing.lacksRoot)
        #expect(found.map(\.subject) == [path], "\(audit.findings)")
        #expect(audit.absent.isEmpty, "\(audit.absent)")
        let report = try kho.repair()
        #expect(!report.items.isEmpty && !report.hasLoss, "\(report.items)")
        let left = try? files.subpathsOfDirectory(atPath: kept).sorted()
        #expect(left == outside)
        _ = try kho.open(.writing).syncStores([], progress: { _ in })
        let after = try kho.audit()
        #expect(after.findings.isEmpty, "\(after.findings)")
        #expect(try kho.open(.reading).openCopies().allSatisfy { $0.ready != nil })
    }

    @Test
    func `a copy with a wrong name mends the primary store, and does not leave as a lost one`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        _ = try exchange("recovered", in: kho.store("hai"), by: "file")
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        var request = AuditRequest(.everything)
        request.stores = ["chinh"]
        _ = try kho.audit(request)

        let leaving = try kho.writing {
            try $0.retireStore("hai", to: nil, because: "Thử", progress: { _ in })
        }
        let report = try kho.repair()

        #expect(!leaving.isRetired && leaving.lastCopies == 1)
        #expect(report.items.map(\.ending) == [.repaired], "\(report.items)")
    }

    @Test(arguments: [
        "ocfl", "incoming", "ledger", "ledger/tile", "ledger/tile/0", "ledger/tile/entries",
        "details", "policy", "evidence", "recovered",
    ])
    func `nothing is written through a link in the primary store, which audit and status tell`(
        path: String
    ) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let kept = try exchange(path, in: kho.store("chinh"), by: "link")
        let before = try files.subpathsOfDirectory(atPath: kept).sorted()
        let entries = kho.store("chinh").appending("ledger/entries.jsonl")
        let size = try DiskVolume().status(entries)?.size

        let refused = #expect(throws: ArchiveFailure.self) { try kho.open(.writing) }
        let unmended = #expect(throws: ArchiveFailure.self) { try kho.repair() }
        let audit = try kho.audit()
        let reader = try kho.open(.reading)

        #expect(refused?.reason == .storePlaceWrong && unmended?.reason == .storePlaceWrong)
        #expect(audit.findings.filter { $0.code == .storePlaceWrong }.map(\.subject) == [path])
        #expect(try reader.status().wrongPlaces == [path + ": link"])
        #expect(try reader.health().wrong.map(\.kind).contains(.placesWrong))
        #expect(try files.subpathsOfDirectory(atPath: kept).sorted() == before)
        #expect(try DiskVolume().status(entries)?.size == size)
    }

    /// The folders from `ocfl/` down to the one of the first dossier, and its own.
    private func folder(_ depth: Int, of kho: CopiedArchive) -> String {
        let parts = ObjectLocation.folder(of: kho.objects[0]).split(separator: "/")
        return "ocfl/" + parts.prefix(depth).joined(separator: "/")
    }

    private func amend(_ kho: CopiedArchive) throws {
        var request = AmendRequest(dossier: kho.objects[0].text, reason: "Sửa")
        request.sets = ["title=Tiêu đề khác"]
        let archive = try kho.open(.writing)
        let outcome = try archive.amend(request, isDryRun: false, passphrase: nil) { _ in }
        try archive.finish()
        try #require(!outcome.isRejected, "\(outcome.findings)")
    }

    @Test(arguments: 1...4)
    func `no version is written through a link above a dossier of the primary store`(
        depth: Int
    ) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let path = folder(depth, of: kho)
        let kept = FilePath(try exchange(path, in: kho.store("chinh"), by: "link"))
        let before = try FolderState(kept)

        let refused = #expect(throws: FolderMisplaced.self) { try amend(kho) }
        let report = try FailureReport(describing: #require(refused))
        let audit = try kho.audit()

        #expect(refused?.path == path && refused?.found == .link)
        #expect(report.code == "LT-ARCHIVE-STORE-PLACE" && report.status == .failed)
        let places = audit.findings.filter { $0.code == .storePlaceWrong }
        #expect(places.map(\.subject) == [path], "\(audit.findings)")
        #expect(try FolderState(kept) == before)
    }

    @Test(arguments: 1...4)
    func `no version is brought through a link above a dossier of a copy, which is told`(
        depth: Int
    ) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let path = folder(depth, of: kho)
        let kept = FilePath(try exchange(path, in: kho.store("hai"), by: "link"))
        let before = try FolderState(kept)
        let look = try kho.open(.reading).checkStores([])
        try amend(kho)

        let reports = try kho.writing { try $0.syncStores([], progress: { _ in }) }
        let audit = try kho.audit()

        let report = try #require(reports.first)
        #expect(!report.isComplete && report.isReached && report.lacking == 1)
        #expect(report.findings.map(\.code) == [.storePlaceWrong], "\(report.findings)")
        let looked = look.flatMap(\.findings).filter { $0.code == .storePlaceWrong }
        #expect(looked.map(\.subject) == [path])
        let places = audit.findings.filter { $0.code == .storePlaceWrong }
        #expect(places.map(\.subject) == [path], "\(audit.findings)")
        #expect(try FolderState(kept) == before)
    }

    @Test func `a repair leaves a link through which dossiers are read, and says so`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let path = folder(1, of: kho)
        let kept = FilePath(try exchange(path, in: kho.store("chinh"), by: "link"))
        let before = try FolderState(kept)
        _ = try kho.audit()

        let rehearsal = try kho.repair(isDryRun: true)
        let report = try kho.repair()

        #expect(rehearsal.items.map(\.ending) == [.unmended], "\(rehearsal.items)")
        #expect(report.items.map(\.ending) == [.unmended], "\(report.items)")
        #expect(report.items.first?.remaining.map(\.code) == [.storePlaceWrong])
        #expect(try FolderState(kept) == before)
    }

    @Test(arguments: ["ledger/tile/0", "ledger/tile/entries"])
    func `a reading of the ledger tells of a link among its tiles`(path: String) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        _ = try exchange(path, in: kho.store("chinh"), by: "link")

        let report = try kho.open(.reading).verifyLedger(against: [])

        let places = report.findings.filter { $0.code == .storePlaceWrong }
        #expect(places.map(\.subject) == [path] && report.findings.containsErrors)
    }

    @Test func `an archive and a primary store that are reached through links are written to`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let store = kho.store("chinh").string
        let moved = kho.folder.path("dia").string
        try files.moveItem(atPath: store, toPath: moved)
        try files.createSymbolicLink(atPath: store, withDestinationPath: moved)
        let link = kho.folder.path("loi-vao")
        try files.createSymbolicLink(atPath: link.string, withDestinationPath: kho.root.string)

        try Archive.open(link, in: kho.world(), for: .writing).finish()

        #expect(try kho.audit().findings.isEmpty)
    }

    @Test(arguments: ["chinh", "hai"])
    func `strange names among the details are told and set aside`(store: String) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let details = kho.store(store).appending("details").string
        try Data().write(to: URL(filePath: details + "/x.json"))
        try files.createDirectory(atPath: details + "/d", withIntermediateDirectories: false)

        let found = try kho.audit().findings
        let report = try kho.repair()

        #expect(found.map(\.subject) == ["details/d", "details/x.json"], "\(found)")
        #expect(found.allSatisfy { $0.code == .storeExtraFile && $0.severity == .warning })
        #expect(report.items.map(\.ending) == [.repaired], "\(report.items)")
        #expect(try kho.audit().findings.isEmpty)
    }
}
