import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Later states of a dossier: what they change, what stays, and what is refused.
@Suite struct AmendTests {
    private let folder: TestFolder
    private let root: FilePath
    private let object: ObjectIdentifier

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        let outcome = try Archive.package(
            folder.makeDossier(documents: 3), into: root, in: Self.world(1))
        guard case .packaged(let packaged) = outcome.result else {
            throw ArchiveFailure(.usage, subject: "not packaged")
        }
        object = packaged.object
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func request(_ sets: String..., reason: String = "Sửa") -> AmendRequest {
        var request = AmendRequest(dossier: object.text, reason: reason)
        request.sets = sets
        return request
    }

    @discardableResult
    private func amend(_ request: AmendRequest, _ minutes: Int64, isDryRun: Bool = false) throws
        -> AmendOutcome
    {
        try Archive.open(root, in: Self.world(minutes), for: .writing).amend(
            request, isDryRun: isDryRun, passphrase: nil
        ) { _ in }
    }

    private func shown(_ version: Int? = nil) throws -> ShownDossier {
        try Archive.open(root, in: Self.world(900), for: .reading)
            .show(object.text, version: version)
    }

    private func expectIntact(_ versions: Int) throws {
        let report = try Archive.open(root, in: Self.world(901), for: .auditing)
            .audit([]) { _ in }
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(try Archive.checkCatalog(root, in: Self.world(903)).isEmpty)
        for version in 1...versions {
            var verification = Verification(
                archive: root, trust: [], version: version, world: Self.world(950),
                progress: { _ in })
            let found = try verification.verify(object.text, at: "/none")
            #expect(found.verdict == .valid, "v\(version): \(found.findings)")
        }
    }

    private func bytes(ofVersion version: Int) throws -> [String: Data] {
        let store = root.appending("stores/chinh/ocfl").string
        let names = try FileManager.default.subpathsOfDirectory(atPath: store)
            .filter { $0.contains("/v\(version)/") && !$0.hasSuffix("/content") }
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try Data(contentsOf: URL(filePath: store + "/" + $0)))
            })
    }

    @Test func `a new title is a small version, and the one before stays byte for byte`() throws {
        let before = try bytes(ofVersion: 1)

        let outcome = try amend(request("title=Tiêu đề đúng"), 10)

        #expect(outcome.version == 2)
        #expect(outcome.bytes < 64 * 1024)
        #expect(
            outcome.changes == [
                StateChange(
                    .field, document: nil, element: "title",
                    before: "Hồ sơ về việc chuyển đổi số", after: "Tiêu đề đúng")
            ])
        #expect(try bytes(ofVersion: 1) == before)
        #expect(try shown().fields.first { $0.0 == "title" }?.1 == "Tiêu đề đúng")
        #expect(try shown(1).fields.first { $0.0 == "title" }?.1 != "Tiêu đề đúng")
        #expect(try shown().documents.count == 3)
        try expectIntact(2)
    }

    @Test func `words of the new state find the dossier, those of the old do not`() throws {
        try amend(request("title=Nội dung hoàn toàn khác"), 10)
        let archive = try Archive.open(root, in: Self.world(20), for: .reading)
        var search = SearchRequest()
        search.words = "hoàn toàn khác"
        #expect(try archive.search(search).map(\.document) == [nil])
        search.words = "việc chuyển đổi số"
        #expect(try archive.search(search).filter { $0.document == nil }.isEmpty)
        // The title of the state that is now current stands beside documents described long before.
        search.words = "phê duyệt"
        let hits = try archive.search(search)
        #expect(!hits.isEmpty)
        #expect(hits.allSatisfy { $0.dossierTitle == "Nội dung hoàn toàn khác" })
    }

    @Test func `a file in another's place is delivered, and the earlier one by its version`() throws
    {
        try folder.write("nội dung mới", to: "Thay thế.txt")
        var change = request(reason: "Bản quét mờ")
        change.supersessions = [.init(document: "2", file: folder.path("Thay thế.txt"))]

        try amend(change, 10)

        let archive = try Archive.open(root, in: Self.world(20), for: .reading)
        _ = try archive.deliver(object.text, document: "2", toFile: folder.path("mới"))
        _ = try archive.deliver(object.text, document: "2", version: 1, toFile: folder.path("cũ"))
        #expect(
            try String(contentsOfFile: folder.path("mới").string, encoding: .utf8)
                == "nội dung mới")
        #expect(
            try String(contentsOfFile: folder.path("cũ").string, encoding: .utf8)
                != "nội dung mới")
        let difference = try archive.difference(object.text, from: 1, to: 2).changes
        #expect(difference.map(\.kind) == [.superseded])
        #expect(difference.first?.after == "Thay thế.txt")
        try expectIntact(2)
    }

    @Test func `a file in its own place is no new state`() throws {
        var change = request(reason: "Quét lại")
        change.supersessions = [
            .init(document: "2", file: folder.path("ho-so/Văn bản 2.txt"))
        ]
        let outcome = try amend(change, 10)
        #expect(outcome.isRejected && outcome.findings.map(\.code) == [.supersededSame])
        change.supersessions = [.init(document: "1", file: folder.path("ho-so/Văn bản 2.txt"))]
        #expect(try amend(change, 20).version == 2)
        change.supersessions = [.init(document: "1", file: folder.path("không-có.txt"))]
        #expect(try amend(change, 30).findings.map(\.code) == [.folderMissing])
        try expectIntact(2)
    }

    @Test func `over a damaged METS nothing is made, and that is a finding`() throws {
        let store = root.appending("stores/chinh/ocfl").string
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: store).first {
                $0.hasSuffix(".v1.tar")
            })
        let file = URL(filePath: store + "/" + name)
        var bytes = try Data(contentsOf: file)
        var start = bytes.startIndex
        while let range = bytes[start...].range(of: Data("<mets".utf8)) {
            bytes[range.lowerBound + 1] = UInt8(ascii: "n")
            start = range.upperBound
        }
        try bytes.write(to: file)
        let failure = #expect(throws: ArchiveFailure.self) { try amend(request("title=Một"), 10) }
        #expect(failure?.reason == .damaged)
        #expect(failure.map { FailureReport(describing: $0).status } == .findings)
    }

    private func addition() throws -> AmendRequest {
        try folder.write(
            """
            file,typeName,issuedDate,organName,subject,language,numberOfPage,mode
            Phụ lục/A.txt,Công văn,01/02/2024,Sở,Đến muộn,Tiếng Việt,2,Công khai
            B.txt,Báo cáo,02/02/2024,Sở,Đến muộn hơn,Tiếng Việt,1,Công khai
            """, to: "them/documents.csv")
        try folder.write("a", to: "them/Phụ lục/A.txt")
        try folder.write("b", to: "them/B.txt")
        var change = request(reason: "Bổ sung")
        change.folder = folder.path("them")
        return change
    }

    @Test func `documents that come late follow those there, and are counted`() throws {
        let outcome = try amend(addition(), 10)

        #expect(outcome.changes.count { $0.kind == .added } == 2)
        let now = try shown()
        #expect(now.documents.map(\.ordinal) == [1, 2, 3, 4, 5])
        #expect(now.fields.first { $0.0 == "totalDoc" }?.1 == "5")
        #expect(now.documents[3].path.hasSuffix("/representations/rep1/data/v2/Phụ lục/A.txt"))
        #expect(try shown(1).documents.count == 3)
        let archive = try Archive.open(root, in: Self.world(20), for: .reading)
        #expect(try archive.status().documents == 5)
        let difference = try archive.difference(object.text, from: 1, to: 2).changes
        #expect(Set(difference) == Set(outcome.changes))
        try expectIntact(2)
    }

    @Test func `an addition is held to every rule`() throws {
        var change = try addition()
        try folder.write("x", to: "them/thừa.txt")
        change.sets = []
        let outcome = try amend(change, 10)
        #expect(outcome.isRejected)
        #expect(outcome.version == nil)
        #expect(outcome.findings.contains { $0.code == .fileExtra })
        try expectIntact(1)
    }

    @Test func `what may not be is refused before anything is written`() throws {
        _ = try Archive.open(root, in: Self.world(5), for: .writing)
            .enter(.fonds, [.code: "H2", .name: "Phông hai"])
        _ = try Archive.open(root, in: Self.world(6), for: .writing).close(.fonds, "H2", on: nil)
        let closed = try amend(request("fonds=H2"), 10)
        #expect(closed.isRejected && closed.findings.map(\.code) == [.fondsClosed])
        let unknown = try amend(request("inventory=99", "title=Một"), 20, isDryRun: true)
        #expect(unknown.findings.map(\.code).contains(.inventoryUnregistered))
        #expect(throws: ArchiveFailure.self) { try amend(request("title=A", "title=B"), 30) }
        try folder.write("chuyển", to: "chuyen/A.txt")
        var change = request(reason: "Chuyển")
        change.folder = folder.path("chuyen")
        change.derivation = .init(representation: "rep2", document: "1", tool: "a\u{1B}[31m")
        let failure = #expect(throws: ArchiveFailure.self) { try amend(change, 40) }
        #expect(failure?.reason == .usage)
        try expectIntact(1)
    }

    @Test func `a dossier that the last audit found damaged is amended with a warning`() throws {
        let tar = try #require(
            FileManager.default.subpathsOfDirectory(atPath: root.string).first {
                $0.hasSuffix(".tar")
            })
        let path = URL(filePath: root.string + "/" + tar)
        var bytes = try Data(contentsOf: path)
        bytes[2000] ^= 1
        try bytes.write(to: path)
        _ = try Archive.open(root, in: Self.world(5), for: .auditing).audit([]) { _ in }
        let outcome = try amend(request("title=Một"), 40)
        #expect(outcome.findings.map(\.code) == [.dossierDamaged] && outcome.version == 2)
        bytes[2000] ^= 1
        try bytes.write(to: path)
        _ = try Archive.open(root, in: Self.world(50), for: .auditing).audit([]) { _ in }
        #expect(try amend(request("title=Hai"), 90).findings.isEmpty)
    }

    @Test func `a migration keeps source and tool, and a second one adds to it`() throws {
        try folder.write("chuyển", to: "chuyen/A.txt")
        for (number, document) in ["1", "3"].enumerated() {
            var change = request(reason: "Chuyển định dạng")
            change.folder = folder.path("chuyen")
            change.derivation = .init(
                representation: "rep2", document: document, tool: "công cụ 1.0")
            #expect(try amend(change, Int64(10 + number * 20)).version == number + 2)
        }
        let now = try shown()
        #expect(now.renditions.map(\.representation) == ["rep2", "rep2"])
        #expect(now.renditions.map(\.code).map { $0.suffix(1) } == ["1", "3"])
        #expect(now.acts.suffix(2).allSatisfy { $0.event == "migration" })
        try expectIntact(3)
    }

    @Test func `a rebuilt catalog is equal after many states`() throws {
        try amend(request("title=Một", "keyword=từ khóa"), 10)
        var described = request("subject=Trích yếu mới")
        described.document = "2"
        try amend(described, 20)
        try amend(addition(), 30)
        described.document = "4"
        try amend(described, 40)
        try FileManager.default.removeItem(atPath: root.appending("catalog.sqlite").string)
        #expect(try Archive.rebuildCatalog(root, in: Self.world(100)).documents == 5)
        #expect(try shown().version == 5)
        #expect(
            try shown().documents.map(\.title).filter { $0 == "Trích yếu mới" }.count == 2)
        try expectIntact(5)
    }

    @Test(arguments: [
        "mode=02", "maintenance=01", "retentionRow=1", "location=Kho 1", "totalDoc=9",
    ])
    func `what is an act or a count is refused`(set: String) throws {
        let failure = #expect(throws: ArchiveFailure.self) { try amend(request(set), 10) }
        #expect(failure?.reason == .fieldIsAct)
        #expect(try shown().versions.count == 1)
    }

    @Test(arguments: [
        ("title=", FindingCode.fieldRequired), ("tilte=x", .keyUnknown),
        ("startDate=32/01/2024", .fieldNotDate), ("endDate=01/01/1999", .datesOrder),
    ])
    func `values are held to the circular's rules`(set: String, code: FindingCode) throws {
        let outcome = try amend(request(set), 10)
        #expect(outcome.isRejected)
        #expect(outcome.findings.map(\.code) == [code])
    }

    @Test func `nothing that changes nothing is made a version`() throws {
        let same = request("title=Hồ sơ về việc chuyển đổi số")
        #expect(throws: ArchiveFailure.self) { try amend(same, 10) }
        #expect(throws: ArchiveFailure.self) { try amend(request(), 11) }
        #expect(throws: ArchiveFailure.self) { try amend(request("title=a", reason: " "), 12) }
        #expect(try shown().versions.count == 1)
    }

    @Test func `a dry run tells the same and writes nothing`() throws {
        let outcome = try amend(addition(), 10, isDryRun: true)
        #expect(outcome.version == nil)
        #expect(!outcome.isRejected)
        #expect(outcome.changes.count { $0.kind == .added } == 2)
        #expect(try shown().versions.count == 1)
    }

    @Test(arguments: [".tar", ".segments", ".sums", ".sums.p7s", "inventory.json"])
    func `a changed byte of either version is found`(ending: String) throws {
        try amend(request("title=Một"), 10)
        let store = root.appending("stores/chinh/ocfl").string
        let names = try FileManager.default.subpathsOfDirectory(atPath: store)
            .filter { $0.hasSuffix(ending) }
        #expect(names.count >= 2)
        for (number, name) in names.enumerated() {
            let file = URL(filePath: store + "/" + name)
            let whole = try Data(contentsOf: file)
            var changed = whole
            changed[whole.count / 2] ^= 1
            try changed.write(to: file)
            var verification = Verification(
                archive: root, trust: [], version: nil, world: Self.world(60),
                progress: { _ in })
            let report = try verification.verify(object.text, at: "/none")
            #expect(report.verdict == .invalid, "\(name)")
            let audit = try Archive.open(
                root, in: Self.world(Int64(100 + number * 10)), for: .auditing
            ).audit([]) { _ in }
            #expect(audit.damaged == 1, "\(name)")
            try whole.write(to: file)
        }
        try expectIntact(2)
    }

    @Test func `a bundle whose metadata rotted is not sealed anew`() throws {
        let store = root.appending("stores/chinh/ocfl").string
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: store).first {
                $0.hasSuffix(".v1.tar")
            })
        let file = URL(filePath: store + "/" + name)
        var bytes = try Data(contentsOf: file)
        let range = try #require(bytes.range(of: Data("Hồ sơ về việc".utf8)))
        bytes[range.lowerBound] ^= 1
        try bytes.write(to: file)
        let failure = #expect(throws: ArchiveFailure.self) {
            try amend(request("keyword=mới"), 10)
        }
        #expect(failure?.reason == .damaged)
    }
}
