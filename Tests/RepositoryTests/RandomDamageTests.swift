import Files
import Foundation
import Glibc
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Random damages over three stores: every one is found, and mended where a good copy is left.
@Suite struct RandomDamageTests {
    private static let count =
        Int(ProcessInfo.processInfo.environment["LUUTRU_DAMAGES"] ?? "") ?? 150
    private static let moving = ["ledger", "recovered", "incoming", "details"]
    private static let stores = ["chinh", "hai", "ba"]

    @Test func `every damage is found, and mended to the original where a good copy is left`()
        throws
    {
        var chance = SeededChance(seed: 20)
        let kho = try CopiedArchive(dossiers: Self.count < 1000 ? 20 : 100)
        let original = try Self.stores.map { try state(kho, $0) }
        var made = 0
        while made < Self.count {
            var harmed: Set<String> = []
            // A share of the files of every round stays whole in one store at least.
            for _ in 0..<min(50, Self.count - made) {
                made += 1
                let number = Int.random(in: 0..<kho.objects.count, using: &chance)
                let store = Self.stores[Int.random(in: 0..<3, using: &chance)]
                harmed.insert("\(store) \(number)")
                try harm(number, in: store, kho, &chance)
            }
            let damaged = try Self.stores.map { try state(kho, $0) }

            let audit = try kho.audit()
            let report = try kho.repair()

            #expect(audit.damaged == harmed.count)
            #expect(Set(report.items.compactMap { named($0, kho) }) == harmed)
            let now = try Self.stores.map { try state(kho, $0) }
            for index in Self.stores.indices {
                expect(index, now, damaged[index], original, report)
            }
            try putBack(original, report, kho)
        }
        try kho.expectEqualCatalog()
    }

    private func state(_ kho: CopiedArchive, _ store: String) throws -> FolderState {
        try FolderState(kho.store(store), besides: Self.moving)
    }

    private func named(_ item: RepairItem, _ kho: CopiedArchive) -> String? {
        item.object.flatMap { kho.objects.firstIndex(of: $0) }.map { "\(item.store) \($0)" }
    }

    /// What was mended is as it was; what could not be is told; what was healthy was not touched.
    private func expect(
        _ index: Int, _ now: [FolderState], _ damaged: FolderState, _ original: [FolderState],
        _ report: RepairReport
    ) {
        let (store, whole) = (Self.stores[index], original[index])
        for item in report.items where item.store == store {
            guard let object = item.object else { continue }
            let wrong = now[index].differences(to: whole).filter { $0.contains(object.fileName) }
            #expect([.repaired, .noCopy].contains(item.ending), "\(item)")
            if item.ending == .repaired { #expect(wrong == [], "\(store) \(object)") }
            guard item.ending == .noCopy else { continue }
            // Each of its wrong files is wrong in the other stores, too.
            #expect(!wrong.isEmpty)
            for name in wrong where whole.files[name] != nil {
                let isElsewhere = now.contains {
                    $0.files[name]?.bytes == whole.files[name]?.bytes
                }
                #expect(!isElsewhere, "\(store) \(name)")
            }
        }
        let healthy = Set(whole.files.keys).subtracting(whole.differences(to: damaged))
        let touched = damaged.touched(in: now[index]).filter { healthy.contains($0) }
        #expect(touched == [], "\(store)")
    }

    /// What no store has right any more comes from a backup by hand, so that the next round begins whole.
    private func putBack(
        _ original: [FolderState], _ report: RepairReport, _ kho: CopiedArchive
    ) throws {
        for (index, store) in Self.stores.enumerated() {
            let now = try state(kho, store)
            for name in now.differences(to: original[index]) {
                let path = kho.store(store).pushing(FilePath(name)).string
                guard let file = original[index].files[name], let status = file.status else {
                    try? FileManager.default.removeItem(atPath: path)
                    continue
                }
                guard status.kind == .file else { continue }
                try FileManager.default.createDirectory(
                    atPath: FilePath(path).removingLastComponent().string,
                    withIntermediateDirectories: true)
                try file.bytes.write(to: URL(filePath: path))
            }
        }
        guard report.hasLoss else { return }
        #expect(try kho.audit().findings.isEmpty)
    }

    private func harm(
        _ number: Int, in store: String, _ kho: CopiedArchive, _ chance: inout SeededChance
    ) throws {
        let object = kho.place(number, in: store)
        let disk = FileManager.default
        let files = ((try? disk.subpathsOfDirectory(atPath: object.string)) ?? []).sorted()
            .filter {
                (try? DiskVolume().status(object.pushing(FilePath($0))))?.kind == .file
            }
        guard let name = files.randomElement(using: &chance) else { return }
        let path = object.pushing(FilePath(name)).string
        switch Int.random(in: 0..<10, using: &chance) {
        case 0...2:
            var bytes = try Data(contentsOf: URL(filePath: path))
            guard !bytes.isEmpty else { return try Data("x".utf8).write(to: URL(filePath: path)) }
            // Two flips of one bit would be none.
            let place = Int.random(in: 0..<bytes.count, using: &chance)
            bytes[place] = bytes[place] &+ UInt8.random(in: 1...40, using: &chance)
            try bytes.write(to: URL(filePath: path))
        case 3:
            let size = try DiskVolume().status(FilePath(path))?.size ?? 0
            #expect(truncate(path, Int(size) / 3) == 0)
        case 4:
            let bytes = try Data(contentsOf: URL(filePath: path))
            try (bytes + Data("thêm".utf8)).write(to: URL(filePath: path))
        case 5: try disk.removeItem(atPath: path)
        case 6: try disk.removeItem(atPath: object.string)
        case 7:
            try Data("lạ".utf8).write(
                to: URL(filePath: object.string + "/la-\(chance.next())"))
        case 8:
            try disk.createDirectory(
                atPath: object.string + "/v1/trống-\(chance.next())",
                withIntermediateDirectories: true)
        default:
            // Another whole bundle under its name.
            let other = (number + 1) % kho.objects.count
            let source = kho.place(other, in: store).string
            guard disk.fileExists(atPath: source) else { return try disk.removeItem(atPath: path) }
            try disk.removeItem(atPath: object.string)
            try disk.copyItem(atPath: source, toPath: object.string)
        }
    }
}
