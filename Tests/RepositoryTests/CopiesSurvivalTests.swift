import Cataloging
import Files
import Foundation
import Policies
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariants S1 to S3: sync, add, retire and promote fail or die at their file-system calls, and no store lies.
@Suite struct CopiesSurvivalTests {
    private let bench: CopyBench

    /// Two dossiers, one in a later version; `b` lacks both the second and the version, `c` has nothing.
    init() throws {
        bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        try bench.sync()
        try bench.unmount("b")
        try bench.amend(1)
        try bench.package(2)
        try bench.add("c")
        try bench.mount("b")
    }

    /// Does an act over disks that fail at one call after the other, and looks at what is left each time.
    ///
    /// `LUUTRU_EVERY_CALL=1` tries every call, else every few dozens of them.
    private func rehearse(
        _ fault: FaultyVolume.Fault, from first: Int = 1, by step: Int,
        _ act: (CopyBench, FaultyVolume) throws -> Void,
        then check: (CopyBench, String) throws -> Void
    ) throws -> Int {
        let isThorough = ProcessInfo.processInfo.environment["LUUTRU_EVERY_CALL"] == "1"
        var number = first
        while true {
            let rehearsal = try CopyBench(copying: bench, as: "\(number)")
            let volume = FaultyVolume(failingAt: number, fault)
            do {
                try act(rehearsal, volume)
            } catch let failure {
                #expect(
                    failure is FileFailure || (failure as? ArchiveFailure)?.reason == .storeNotThere
                        || failure is CopyStoreFailure, "call \(number): \(failure)")
            }
            try check(rehearsal, "\(fault) at call \(number)")
            try rehearsal.remove()
            if volume.count < number { return number }
            number += isThorough ? 1 : step * 5
        }
    }

    private func expectWhole(_ bench: CopyBench, _ note: String, _ names: String...) throws {
        let reports = try bench.sync()
        #expect(reports.allSatisfy { $0.isComplete }, "\(note): \(reports.flatMap(\.findings))")
        for name in names { try bench.expectEqual(name) }
        try bench.expectHonest(note)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace), .once(.ioError)])
    func `a sync that breaks is gone on with by the next one`(fault: FaultyVolume.Fault) throws {
        let calls = try rehearse(fault, by: fault.stride(29, 97)) { bench, volume in
            _ = try bench.sync(on: volume)
        } then: { bench, note in
            if note.contains("death") { try bench.expectHonest(note) }
            try expectWhole(bench, note, "b", "c")
        }
        #expect(calls > 200)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.noSpace)])
    func `an addition that breaks leaves a store or none, and can be asked for again`(
        fault: FaultyVolume.Fault
    ) throws {
        let calls = try rehearse(fault, by: fault.stride(19, 61)) { bench, volume in
            _ = try bench.write(volume) { try $0.addStore(bench.request("d")) }
        } then: { bench, note in
            if try !bench.read().configuration.stores.contains(where: { $0.name == "d" }) {
                try bench.add("d")
            }
            try expectWhole(bench, note, "b", "c", "d")
        }
        #expect(calls > 60)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.ioError)])
    func `a retirement that breaks leaves the store in service or out of it`(
        fault: FaultyVolume.Fault
    ) throws {
        let calls = try rehearse(fault, from: 3, by: fault.stride(47, 121)) { bench, volume in
            _ = try bench.write(volume) {
                try $0.retireStore("c", to: "b", because: "Cũ", progress: { _ in })
            }
        } then: { bench, note in
            let isThere = try bench.read().configuration.stores.contains { $0.name == "c" }
            try expectWhole(bench, note, "b")
            if !isThere {
                let ledger = try String(
                    contentsOfFile: bench.primary.string + "/ledger/entries.jsonl", encoding: .utf8)
                #expect(ledger.contains("\"change\":\"retire\""), "\(note)")
            }
        }
        #expect(calls > 200)
    }

    @Test(arguments: [FaultyVolume.Fault.death, .once(.ioError)])
    func `a promotion that breaks is finished by whatever runs next`(
        fault: FaultyVolume.Fault
    ) throws {
        try bench.sync()
        let calls = try rehearse(fault, by: fault.stride(11, 41)) { bench, volume in
            _ = try Archive.promote(bench.root, "b", because: "Cũ", in: bench.world(volume))
        } then: { bench, note in
            let isBegun =
                try DiskVolume().status(bench.root.appending("promotion.json")) != nil
            let isDone = try !bench.read().configuration.stores.contains { $0.name == "b" }
            if isBegun {
                // Any command that writes goes on with it.
                try bench.write { _ in }
            } else if !isDone {
                _ = try Archive.promote(bench.root, "b", because: "Cũ", in: bench.world())
            }
            let archive = try bench.read()
            #expect(archive.card.epoch == 2, "\(note)")
            #expect(try archive.catalog.primaryStore?.store == archive.card.store, "\(note)")
            #expect(try bench.sync().allSatisfy(\.isComplete), "\(note)")
            try bench.expectHonest(note)
        }
        #expect(calls > 80)
    }
}
