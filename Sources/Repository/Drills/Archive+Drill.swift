import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
package import SystemPackage

extension Archive {
    /// Restores dossiers into a sandbox, damages them there, finds and mends it, and files a report; here only the act is written.
    package func drill(
        _ request: DrillRequest, in folder: FilePath, progress: @escaping (Int) -> Void
    ) throws -> DrillReport {
        try requireOwnPlaces()
        let layout = DrillLayout(root: folder)
        try ExportTarget.requireOutside(folder, volume: world.volume)
        if try world.volume.status(folder) != nil {
            guard try world.hasFolder(folder), try world.volume.list(folder).isEmpty else {
                throw ArchiveFailure(.targetExists, subject: folder.string)
            }
        }
        let chosen = try drawn(request)
        try world.volume.makeFolders(folder)
        var report = DrillReport(
            archive: configuration.archive, agencyName: configuration.agencyName,
            seed: request.seed, agent: world.agent, started: world.now(), finished: world.now())
        report.dossiers = chosen.map(\.object)
        report.bytes = chosen.reduce(0) { $0 + $1.tarBytes }
        let taken = try takenOut(chosen, to: layout.export, progress)
        report.unrestored = taken.unrestored
        if !taken.whole.isEmpty { try rehearse(taken.whole, layout, &report, progress) }
        report.finished = world.now()
        try file(report, layout)
        return report
    }

    /// Takes dossiers out by an export, as a real restoration does; those that are damaged here are told.
    private func takenOut(
        _ chosen: [CatalogedVersion], to target: FilePath, _ progress: @escaping (Int) -> Void
    ) throws -> (whole: [CatalogedVersion], unrestored: [DrillReport.Unrestored]) {
        var whole = chosen
        var unrestored: [DrillReport.Unrestored] = []
        while !whole.isEmpty {
            let taken = try self.export(
                ExportRequest(
                    scope: .records(whole.map(\.object.text)), form: .ocfl, target: target),
                progress: progress)
            let missing = Set(taken.missing)
            guard !missing.isEmpty else {
                guard !taken.findings.containsErrors else {
                    throw ArchiveFailure(
                        .damaged, subject: taken.findings.first?.subject ?? target.string,
                        ["id": whole.first?.object.text ?? ""])
                }
                break
            }
            unrestored += whole.map(\.object).filter { missing.contains($0) }.map {
                DrillReport.Unrestored($0, taken.findings)
            }
            whole.removeAll { missing.contains($0.object) }
            // Only an export that lacks nothing can be taken in.
            try world.volume.removeTree(target)
        }
        return (whole, unrestored)
    }

    /// Restores what was taken out into a sandbox, damages it there, mends it and gives it back.
    private func rehearse(
        _ chosen: [CatalogedVersion], _ layout: DrillLayout, _ report: inout DrillReport,
        _ progress: @escaping (Int) -> Void
    ) throws {
        let sandbox = DrillSandbox(layout, self, chosen.map(\.object), progress)
        try sandbox.make()
        var chance = DrillChance(seed: report.seed)
        for harm in DrillReport.Harm.allCases {
            try world.stopIfInterrupted()
            report.trials.append(try sandbox.trial(of: harm, &chance))
        }
        (report.rebuildMicroseconds, report.isRebuildEqual) = try sandbox.rebuild()
        report.restored = try chosen.flatMap { try sandbox.restore($0, of: self) }
    }

    /// The dossiers that are named, or some drawn by chance, in the order of the draw.
    private func drawn(_ request: DrillRequest) throws -> [CatalogedVersion] {
        if !request.names.isEmpty {
            var seen: Set<ObjectIdentifier> = []
            return try request.names.compactMap { name in
                let object = try dossier(named: name, version: nil)
                return seen.insert(object).inserted ? try catalog.object(object) : nil
            }
        }
        var all: [(object: ObjectIdentifier, bytes: Int64)] = []
        try catalog.forEachReadable(in: nil, notSince: nil, due: nil) { copy in
            all.append((copy.object, copy.bytes))
            return true
        }
        var chance = DrillChance(seed: request.seed)
        all.sort { $0.object < $1.object }
        all.shuffle(using: &chance)
        var bytes: Int64 = 0
        var drawn: [CatalogedVersion] = []
        for candidate in all where drawn.count < request.count {
            guard bytes + candidate.bytes <= request.mostBytes,
                let version = try catalog.object(candidate.object)
            else { continue }
            bytes += candidate.bytes
            drawn.append(version)
        }
        guard !drawn.isEmpty else {
            throw ArchiveFailure(
                .usage, subject: "drill",
                ["detail": "không có hồ sơ nào đủ nhỏ · no dossier that is small enough"])
        }
        return drawn
    }

    /// Writes the report twice, for machines and for people, and enters that it was done.
    private func file(_ report: DrillReport, _ layout: DrillLayout) throws {
        let json = Array(report.json.readableText.utf8)
        let page = Array(DrillPage.text(of: report).utf8)
        try world.volume.writeDurably(json, to: layout.report)
        try world.volume.writeDurably(page, to: layout.page)
        var chance = Chance(world)
        let detail = try details.keep(report.json, salt: &chance)
        try record(
            draft(
                LedgerAct.drill, "validation",
                digests: ["report": Self.digest(of: json), "page": Self.digest(of: page)],
                outcome: report.isPassed ? .success : .fail, details: detail,
                facts: [
                    "seed": .string(String(report.seed)),
                    "dossiers": .number(Int64(report.dossiers.count)),
                    "bytes": .number(report.bytes), "passed": .boolean(report.isPassed),
                ]))
    }

    private static func digest(of bytes: [UInt8]) -> Digest { PolicyStore.digest(of: bytes) }
}

/// Chance that repeats with its seed (SplitMix64), so that a drill can be done again.
struct DrillChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
