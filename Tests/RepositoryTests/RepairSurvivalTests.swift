import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant S4 of `docs/design.md`, at every file-system call of `repair`.
@Suite struct RepairSurvivalTests {
    private static let moving = ["ledger", "recovered", "incoming", "details"]

    /// Repairs over a disk that fails; then every file is as it was damaged or as it was stored, and the next run mends.
    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace), .once(.ioError)])
    func `a broken repair leaves each file before or after, and the next run ends it`(
        fault: FaultyVolume.Fault
    ) throws {
        let kho = try CopiedArchive(dossiers: 2, stores: ["hai"])
        let hai = kho.store("hai")
        let whole = try FolderState(hai, besides: Self.moving)
        for ending in [".tar", ".sums", "ocfl_object_1.1"] {
            try AuditRunTests.flip(kho.file(ending, in: "hai"))
        }
        try FileManager.default.removeItem(atPath: kho.file(".p7s", in: "hai").string)
        try Data("x".utf8).write(to: URL(filePath: kho.place(0, in: "hai").string + "/la"))
        try AuditRunTests.flip(kho.store("hai").appending("ledger/entries.jsonl"))
        _ = try kho.audit()
        let harmed = try FolderState(hai, besides: Self.moving)
        let template = kho.folder.path("mẫu").string
        for name in ["kho", "hai"] {
            try FileManager.default.createDirectory(
                atPath: template, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: kho.folder.path(name).string, toPath: template + "/" + name)
        }
        var number = 1
        while true {
            let volume = FaultyVolume(failingAt: number, fault)
            do {
                _ = try kho.repair([], isDryRun: false, volume)
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            let between = try FolderState(hai, besides: Self.moving)
            for (name, file) in between.files where !name.hasSuffix("/la") {
                let isOne =
                    file.bytes == whole.files[name]?.bytes
                    || file.bytes == harmed.files[name]?.bytes
                #expect(isOne, "call \(number): \(name)")
            }
            for name in harmed.files.keys where !name.hasSuffix("/la") {
                #expect(between.files[name] != nil, "call \(number) lost \(name)")
            }
            _ = try kho.audit()
            let report = try kho.repair()
            #expect(!report.hasLoss, "call \(number): \(report.items)")
            let after = try FolderState(hai, besides: Self.moving)
            #expect(whole.differences(to: after) == [], "call \(number)")
            #expect(try kho.status().openDamage == 0, "call \(number)")
            let isOver = volume.count < number
            if isOver { break }
            for name in ["kho", "hai"] {
                try FileManager.default.removeItem(atPath: kho.folder.path(name).string)
                try FileManager.default.copyItem(
                    atPath: template + "/" + name, toPath: kho.folder.path(name).string)
            }
            number += fault.stride(23, 71)
        }
        #expect(number > 200)
    }
}
