import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant V1 of `docs/design.md`: every byte below `ocfl/` is judged.
@Suite struct RotTests {
    private let folder: TestFolder
    private let root: FilePath
    private let object: String

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        let outcome = try Archive.package(
            folder.makeDossier(), into: root,
            in: TestWorld.make(from: Instant(seconds: TestWorld.start.seconds + 30)))
        guard case .packaged(let packaged) = outcome.result else {
            Issue.record("not packaged: \(outcome.findings)")
            object = ""
            return
        }
        object = packaged.object.text
    }

    private var ocfl: URL { URL(filePath: root.appending("stores/chinh/ocfl").string) }

    private func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: ocfl.path).filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: ocfl.path + "/" + name, isDirectory: &isFolder)
            return exists && !isFolder.boolValue
        }.sorted()
    }

    private func audit(_ minutes: Int64) throws -> AuditReport {
        let world = TestWorld.make(from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
        return try Archive.open(root, in: world, for: .auditing).audit([], progress: { _ in })
    }

    private func verify() throws -> VerificationReport {
        var verification = Verification(
            archive: root, trust: [], version: nil, world: TestWorld.make(), progress: { _ in })
        return try verification.verify(object, at: root.appending("none/" + object))
    }

    /// The ways in which a file's bytes rot.
    private static func damages(_ bytes: Data) -> [(String, Data)] {
        var flipped = bytes
        flipped[bytes.count / 2] ^= 0x10
        var swapped = bytes
        swapped.swapAt(0, bytes.count - 1)
        let cut = bytes.dropLast()
        return [
            ("flipped", flipped), ("swapped", swapped), ("cut", cut),
            ("appended", bytes + Data([0x0A])),
            ("emptied", Data()),
        ].filter { $0.1 != bytes }
    }

    @Test func `every damaged file below ocfl is found, named, and found no more when put back`()
        throws
    {
        var minute: Int64 = 1
        let names = try files()
        #expect(names.count >= 12)
        for name in names {
            let file = URL(filePath: ocfl.path + "/" + name)
            let good = try Data(contentsOf: file)
            for (kind, bad) in Self.damages(good) {
                try bad.write(to: file)
                let report = try audit(minute)
                #expect(report.findings.containsErrors, "\(name) \(kind)")
                let last = name.split(separator: "/").last.map { String($0) } ?? name
                #expect(
                    report.findings.contains { $0.subject.contains(last) },
                    "\(name) \(kind): \(report.findings)")
                if name.contains("urn%3a") {
                    #expect(try verify().verdict == .invalid, "\(name) \(kind)")
                }
                minute += 1
            }
            try good.write(to: file)
        }
        #expect(try audit(minute).findings.isEmpty)
        #expect(try verify().verdict == .valid)
    }

    @Test func `every deleted file below ocfl is found`() throws {
        var minute: Int64 = 1
        for name in try files() {
            let file = URL(filePath: ocfl.path + "/" + name)
            let good = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: file)
            #expect(try audit(minute).findings.containsErrors, "\(name)")
            try good.write(to: file)
            minute += 1
        }
        #expect(try audit(minute).findings.isEmpty)
    }

    @Test func `strange files and folders below ocfl are found`() throws {
        var minute: Int64 = 1
        let content = try #require(files().first { $0.hasSuffix(".tar") })
        let inner = (content as NSString).deletingLastPathComponent
        let object = ((inner as NSString).deletingLastPathComponent as NSString)
            .deletingLastPathComponent
        for place in ["", "extensions/", object + "/", object + "/v1/", inner + "/"] {
            let file = ocfl.appending(path: place + "la.txt")
            try Data("x".utf8).write(to: file)
            #expect(try audit(minute).findings.containsErrors, "\(place)")
            try FileManager.default.removeItem(at: file)
            minute += 1
        }
        #expect(try audit(minute).findings.isEmpty)
    }

    @Test func `a bundle exchanged for another valid one is found`() throws {
        let other = try folder.makeDossier("khac", notation: "02.CĐS", documents: 3)
        let world = TestWorld.make(seed: 99, from: Instant(seconds: TestWorld.start.seconds + 600))
        _ = try Archive.package(other, into: root, in: world)
        let tars = try files().filter { $0.hasSuffix(".tar") }
        let first = URL(filePath: ocfl.path + "/" + tars[0])
        let second = URL(filePath: ocfl.path + "/" + tars[1])
        let bytes = try Data(contentsOf: first)
        try Data(contentsOf: second).write(to: first)
        try bytes.write(to: second)
        let report = try audit(30)
        #expect(report.damaged == 2)
    }
}
