import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Tars that are read and hashed side by side are each believed, or not, for themselves.
@Suite struct ManyTarsTests {
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

    @Test func `of twenty dossiers those damaged and lost are named, and no other`() throws {
        for number in 10..<30 {
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
            _ = try Archive.package(dossier, into: root, in: Self.world(Int64(number)))
        }
        let ocfl = root.appending("stores/chinh/ocfl").string
        let tars = try FileManager.default.subpathsOfDirectory(atPath: ocfl)
            .filter { $0.hasSuffix(".tar") }.sorted().map { URL(filePath: ocfl + "/" + $0) }
        var bytes = try Data(contentsOf: tars[3])
        let description = try #require(bytes.range(of: Data("<simpledc>".utf8)))
        bytes[description.upperBound + 3] ^= 1
        try bytes.write(to: tars[3])
        try FileManager.default.removeItem(at: tars[17])
        let damaged = [tars[3], tars[17]].map {
            String($0.lastPathComponent.dropFirst(9).prefix(36))
        }

        let counts = try Archive.rebuildCatalog(root, in: Self.world(50))

        #expect(counts.dossiers == 20)
        #expect(Set(counts.unreadable.map { String($0.subject.suffix(36)) }) == Set(damaged))
        #expect(counts.unreadable.count == 2)
    }
}
