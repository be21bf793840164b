import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant C3: a tar that was changed behind the ledger is not believed when the catalog is made anew from it.
@Suite struct ForgedContentsTests {
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

    /// A tar above what is read at once has one document with many letters more.
    private func makeBundle(isLarge: Bool) throws {
        let dossier = try folder.makeDossier()
        if isLarge {
            let text = String(repeating: "Nội dung dài hơn. ", count: 20_000)
            try folder.write(text, to: "ho-so/Văn bản 2.txt")
        }
        _ = try Archive.package(dossier, into: root, in: Self.world(1))
    }

    private func file(_ ending: String) throws -> URL {
        let ocfl = root.appending("stores/chinh/ocfl").string
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(ending) })
        return URL(filePath: ocfl + "/" + name)
    }

    private func forge(_ ending: String, _ change: (inout ForgedTar) -> Void) throws {
        let url = try file(ending)
        var tar = try ForgedTar(url)
        tar.mendDigests(after: change)
        try tar.write(to: url)
    }

    private func expectDisbelief(dossiers: Int64 = 1) throws {
        let counts = try Archive.rebuildCatalog(root, in: Self.world(30))
        #expect(counts.dossiers == dossiers)
        #expect(counts.unreadable.map(\.code) == [.bundleUnreadable])
        #expect(
            try Archive.checkCatalog(root, in: Self.world(31)).map(\.code) == [.bundleUnreadable])
    }

    enum Sums: CaseIterable {
        case stay, gone, rewritten
    }

    @Test(arguments: [false, true], Sums.allCases)
    func `another document with digests to fit is not delivered after a rebuild`(
        isLarge: Bool, sums: Sums
    ) throws {
        try makeBundle(isLarge: isLarge)
        try forge(".v1.tar") {
            #expect($0.replace("văn bản số 1", by: "văn bản số 9", in: ".txt") == 1)
        }
        let list = try file(".v1.sums")
        switch sums {
        case .stay: break
        case .gone: try FileManager.default.removeItem(at: list)
        case .rewritten:
            var text = try String(contentsOf: list, encoding: .utf8)
            text = "0" + text.dropFirst()
            try text.write(to: list, atomically: false, encoding: .utf8)
        }

        try expectDisbelief()

        let archive = try Archive.open(root, in: Self.world(40), for: .reading)
        #expect(throws: (any Error).self) {
            try archive.deliver("H61.12.2024.01.CĐS", document: "1", toFile: folder.path("x"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("x").string))
    }

    @Test(
        arguments: [false, true],
        [
            ("Hồ sơ", "Hồ tơ", "metadata/descriptive/EAD.xml"),
            ("H61.12", "H61.13", "metadata/other/arrangement.xml"),
            ("số 1", "số 7", "EAD_doc_0000001.xml"),
            ("bản 2", "bản 3", "PREMIS_rep1.xml"),
        ])
    func `another description is not listed after a rebuild`(
        isLarge: Bool, change: (old: String, new: String, entry: String)
    ) throws {
        try makeBundle(isLarge: isLarge)
        try forge(".v1.tar") {
            #expect($0.replace(change.old, by: change.new, in: change.entry) > 0)
        }

        try expectDisbelief()
    }

    @Test(arguments: [false, true])
    func `one damaged byte of a document hides neither it nor the others`(isLarge: Bool) throws {
        try makeBundle(isLarge: isLarge)
        let url = try file(".v1.tar")
        var tar = try ForgedTar(url)
        #expect(tar.replace("văn bản số 1", by: "văn bản số 9", in: ".txt") == 1)
        try tar.write(to: url)

        let counts = try Archive.rebuildCatalog(root, in: Self.world(30))

        #expect(counts.unreadable.isEmpty)
        #expect(counts.documents == 2)
        let archive = try Archive.open(root, in: Self.world(40), for: .reading)
        _ = try archive.deliver("H61.12.2024.01.CĐS", document: "2", toFile: folder.path("2.txt"))
        #expect(throws: (any Error).self) {
            try archive.deliver("H61.12.2024.01.CĐS", document: "1", toFile: folder.path("1.txt"))
        }
    }

    @Test(arguments: [false, true])
    func `a bundle is believed without its list of sums`(isLarge: Bool) throws {
        try makeBundle(isLarge: isLarge)
        try FileManager.default.removeItem(at: file(".v1.sums"))

        let counts = try Archive.rebuildCatalog(root, in: Self.world(30))

        #expect(counts.unreadable.isEmpty)
    }

    @Test(arguments: [false, true])
    func `a later state that was changed is not believed either`(isLarge: Bool) throws {
        try makeBundle(isLarge: false)
        var request = AmendRequest(dossier: "H61.12.2024.01.CĐS", reason: "Sửa")
        request.sets = ["title=Tiêu đề đúng"]
        if isLarge {
            try folder.write(
                String(repeating: "Bản mới dài hơn. ", count: 20_000), to: "moi/Văn bản 2.txt")
            request.sets = []
            request.supersessions = [.init(document: "2", file: folder.path("moi/Văn bản 2.txt"))]
        }
        _ = try Archive.open(root, in: Self.world(10), for: .writing).amend(
            request, isDryRun: false, passphrase: nil
        ) { _ in }
        #expect(try Archive.rebuildCatalog(root, in: Self.world(20)).unreadable.isEmpty)
        try forge(".v2.tar") {
            if isLarge {
                #expect($0.replace("dài hơn", by: "dài hơm", in: ".txt") > 0)
            } else {
                #expect($0.replace("đề đúng", by: "đề đùng", in: "EAD_v2.xml") == 1)
            }
        }

        try expectDisbelief()
    }
}
