import Bundles
import Cataloging
import Cryptography
package import Evidence
import Files
package import Records
import Storage
package import SystemPackage

extension Archive {
    /// The record of one version, derived from its batch; nil while the version waits (RFC 4998 §4).
    package func evidenceRecord(
        of object: ObjectIdentifier, version: Int
    ) throws -> EvidenceRecord? {
        guard let entry = try catalog.stateEntry(of: object, version: version),
            let batch = try catalog.batch(covering: entry)
        else { return nil }
        let place = BatchLayout(batch.number, in: objects.layout.evidence)
        let subject = "evidence/" + BatchLayout.name(batch.number)
        do {
            let read = try BatchReading(self).read(
                place, first: batch.first, last: batch.last, watching: (object, version))
            guard let watched = read?.watched else {
                throw ArchiveFailure(.evidenceDamaged, subject: subject, ["detail": "leaves"])
            }
            var assembly = try RecordAssembly(self)
            let token = try assembly.history.token(of: batch.number)
            let first = try watched.group.stamp(path: watched.path, token: token)
            let steps = try assembly.steps(of: batch.number)
            return try assembly.record(from: first, steps) { renewal, record in
                try rehashStamp(renewal, over: record, (object, version))
            }
        } catch let failure as FileFailure where FileUnreadable.isAbsence(failure) {
            throw ArchiveFailure(
                .evidenceDamaged, subject: subject,
                ["detail": failure.path.lastComponent?.string ?? ""])
        } catch let fault as LeavesReader.Fault {
            throw ArchiveFailure(
                .evidenceDamaged, subject: subject, ["detail": "leaves:\(fault.line)"])
        } catch let problem as EvidenceProblem {
            throw ArchiveFailure(
                .evidenceDamaged, subject: subject, ["detail": problem.fault.rawValue])
        } catch let problem as TimeStampProblem {
            throw ArchiveFailure(
                .evidenceDamaged, subject: subject, ["detail": problem.fault.rawValue])
        }
    }

    /// A version's stamp of a hash-tree renewal; nil when the renewal left the version out.
    private func rehashStamp(
        _ renewal: RenewalHistory.Renewal, over record: EvidenceRecord,
        _ version: (object: ObjectIdentifier, version: Int)
    ) throws -> ArchiveTimeStamp? {
        let method = renewal.method
        var files = LeavesReader(try world.volume.open(renewal.place.files), method)
        var found: BatchGroup?
        while found == nil, let group = try files.next() {
            try world.stopIfInterrupted()
            if (group.object, group.version) == version { found = group }
        }
        guard let found else { return nil }
        var leaves = LeavesReader(try world.volume.open(renewal.place.leaves), method)
        var tree = StreamedTree(method)
        while let leaf = try leaves.next() {
            try world.stopIfInterrupted()
            tree.append(
                leaf.leafGroup.leaf, isWatched: (leaf.object, leaf.version) == version)
        }
        return try record.hashTreeRenewalGroup(
            dataDigests: found.files.map(\.digest), method: method
        ).stamp(path: tree.finished()?.path ?? [], token: renewal.token)
    }

    /// Ends an export of dossiers before anything is written where the folder has a file that it would write.
    package func requireRoom(for dossiers: [String], in folder: FilePath) throws {
        try ExportTarget.requireOutside(folder, volume: world.volume)
        guard try world.hasFolder(folder) else { return }
        let there = Set(try world.volume.list(folder).map(\.name.string))
        guard !there.isEmpty else { return }
        for name in dossiers {
            try world.stopIfInterrupted()
            let object = try dossier(named: name, version: nil)
            let last = try catalog.object(object)?.version ?? 1
            for version in 1...last {
                let layout = BundleLayout(object: object, version: version)
                let names = [
                    layout.tar, layout.segments, layout.sums, layout.seal,
                    BundleName(object).record(of: version),
                ]
                guard let taken = names.first(where: { there.contains($0) }) else { continue }
                throw ArchiveFailure(.targetExists, subject: folder.appending(taken).string)
            }
        }
    }

    /// Hands a dossier over with its proof: the versions' files, a record for each, the authorities' roots.
    package func exportEvidence(_ text: String, into folder: FilePath) throws -> EvidenceExport {
        try ExportTarget.requireOutside(folder, volume: world.volume)
        let object = try dossier(named: text, version: nil)
        let stamp = try stampIfWaiting(object)
        let last = try catalog.object(object)?.version ?? 1
        let name = BundleName(object)
        for version in 1...last {
            let target = folder.appending(name.record(of: version))
            guard try world.volume.status(target) == nil else {
                throw ArchiveFailure(.targetExists, subject: target.string)
            }
        }
        let files = try deliverBundle(object.text, version: nil, into: folder)
        var paths = files.map(\.path)
        var waiting: [Int] = []
        for version in 1...last {
            guard let record = try evidenceRecord(of: object, version: version) else {
                waiting.append(version)
                continue
            }
            let target = folder.appending(name.record(of: version))
            try world.volume.writeDurably(record.der, to: target)
            paths.append(target.string)
        }
        let roots = folder.appending("tsa-root.pem")
        if try world.volume.status(roots) == nil {
            try world.volume.writeDurably(try stampRoots().flatMap { try $0.pem }, to: roots)
            paths.append(roots.string)
        }
        return EvidenceExport(object: object, paths: paths, waiting: waiting, stamp: stamp)
    }

    /// Every dossier's identifier, for an export of all.
    package func everyDossier() throws -> [ObjectIdentifier] {
        var found: [ObjectIdentifier] = []
        try catalog.forEachDossier { found.append($0.object) }
        return found
    }

    /// Closes the open batch when the dossier waits in it; nil when it does not, or nobody is there to stamp.
    func stampIfWaiting(_ object: ObjectIdentifier) throws -> StampOutcome? {
        try isWaiting(object) ? try stamp() : nil
    }

    /// Whether a dossier's last version waits for a time-stamp that can be asked for.
    func isWaiting(_ object: ObjectIdentifier) throws -> Bool {
        guard !configuration.stamping.authorities.isEmpty,
            let version = try catalog.object(object)?.version,
            let entry = try catalog.stateEntry(of: object, version: version)
        else { return false }
        return try catalog.batch(covering: entry) == nil
    }
}

/// The names of records beside a bundle.
private struct BundleName {
    private let object: ObjectIdentifier

    init(_ object: ObjectIdentifier) { self.object = object }

    func record(of version: Int) -> String { "\(object.fileName).v\(version).er" }
}

/// What was handed over with its proof.
package struct EvidenceExport: Sendable {
    package let object: ObjectIdentifier
    package let paths: [String]
    /// Versions that have no record yet.
    package let waiting: [Int]
    /// The stamp that was got for it, or why there is none.
    package let stamp: StampOutcome?
}
