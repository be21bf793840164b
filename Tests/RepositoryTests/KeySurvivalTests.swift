import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant K1 of `docs/design.md`, at every file-system call of `key rotate`.
@Suite struct KeySurvivalTests {
    private let folder: TestFolder
    private let template: FilePath

    init() throws {
        folder = try TestFolder()
        template = try folder.makeArchive()
        _ = try Archive.package(folder.makeDossier(), into: template, in: Self.world(1))
    }

    private static func world(_ minutes: Int64, _ volume: any Volume = DiskVolume()) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes + 5),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    /// Rotates over a failing disk, then lets the next commands find what is left; tells whether the disk held.
    private func rehearse(
        _ number: Int, _ fault: FaultyVolume.Fault, thenRebuilding: Bool = false
    ) throws -> Bool {
        let root = folder.path("kho-\(number)")
        try FileManager.default.copyItem(atPath: template.string, toPath: root.string)
        defer { try? FileManager.default.removeItem(atPath: root.string) }
        let volume = FaultyVolume(failingAt: number, fault)
        do {
            _ = try Archive.open(root, in: Self.world(10, volume), for: .writing).rotateSealKey(
                KeyRotation(.made(usesRSA: false), passphrase: nil, isOldLost: false))
        } catch let failure {
            #expect(failure is FileFailure, "call \(number): \(failure)")
        }
        if thenRebuilding { _ = try Archive.rebuildCatalog(root, in: Self.world(15)) }
        try expectBeforeOrAfter(root, number)
        return volume.count < number
    }

    private func expectBeforeOrAfter(_ root: FilePath, _ number: Int) throws {
        let report = try Archive.open(root, in: Self.world(20), for: .auditing).audit([]) { _ in }
        #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
        #expect(!FileManager.default.fileExists(atPath: root.string + "/keys/next"), "\(number)")
        // The key opens, fits its certificate and is adopted, or this fails.
        _ = try Archive.open(root, in: Self.world(40), for: .writing).resealing(
            passphrase: nil, reason: "x", progress: { _ in })
        let reading = try Archive.open(root, in: Self.world(60), for: .reading)
        let keys = try reading.keyStatus().keys
        #expect(keys[0].isCurrent, "call \(number)")
        #expect(keys.map(\.sealed) == (keys.count == 1 ? [1] : [0, 1]), "call \(number)")
        let sheet = try String(contentsOfFile: root.string + "/key-sheet.txt", encoding: .utf8)
        #expect(
            sheet.filter { !$0.isWhitespace }.contains(keys[0].fingerprint.uppercased()),
            "call \(number)")
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `a broken rotation leaves the old key or the new one, at every call`(
        fault: FaultyVolume.Fault
    ) throws {
        var number = 1
        while try !rehearse(number, fault) { number += fault.stride(1, 5) }
        #expect(number > 60)
    }

    @Test func `a broken rotation is also finished or undone by a rebuild of the catalog`() throws {
        var number = 1
        while try !rehearse(number, .death, thenRebuilding: true) { number += 5 }
        #expect(number > 60)
    }
}
