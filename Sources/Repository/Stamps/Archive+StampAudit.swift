import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// Reads every batch again: leaves against the ledger, root against the token, token against the roots (invariant V1).
    func batchFindings() throws -> [Finding] {
        let batches: [CatalogedBatch]
        let roots: [Certificate]
        do {
            batches = try catalog.batches()
            roots = try stampRoots()
        } catch is LedgerFailure {
            // The ledger's own findings tell of it.
            return []
        }
        let renewals = try catalog.renewals()
        var findings = try strangeEvidence(
            in: objects.layout, besides: batches, renewals)
        for batch in batches {
            let place = BatchLayout(batch.number, in: objects.layout.evidence)
            let subject = "evidence/" + BatchLayout.name(batch.number)
            guard try world.volume.status(place.folder)?.kind == .folder else {
                findings.append(Finding(.batchMissing, subject: subject))
                continue
            }
            if let fault = try fault(of: batch, at: place, roots) {
                findings.append(
                    Finding(.batchDamaged, subject: subject, ["detail": fault]))
            }
        }
        return try findings + renewalFindings(renewals, roots) + lapseFindings()
    }

    private func renewalFindings(
        _ renewals: [CatalogedRenewal], _ roots: [Certificate]
    ) throws -> [Finding] {
        try renewals.compactMap { renewal in
            let place = RenewalDraft.place(renewal.number, in: objects.layout.evidence)
            let subject = "evidence/" + RenewalDraft.name(renewal.number)
            guard try world.volume.status(place.folder)?.kind == .folder else {
                return Finding(.batchMissing, subject: subject)
            }
            return try fault(of: renewal, roots).map {
                Finding(.batchDamaged, subject: subject, ["detail": $0])
            }
        }
    }

    /// What of a batch is not as it was entered; nil when all of it is.
    func fault(
        of batch: CatalogedBatch, at place: BatchLayout, _ roots: [Certificate]
    ) throws -> String? {
        do {
            let stamp = try world.volume.readAll(place.stamp, limit: TimeStampToken.largest)
            guard Hasher.digest(.sha512, of: stamp) == batch.stamp.bytes else {
                return "stamps/0001.tst"
            }
            let read = try BatchReading(self).read(place, first: batch.first, last: batch.last)
            guard let read, read.leaves == batch.leaves else { return "leaves" }
            let token = try TimeStampToken(der: stamp)
            guard token.imprint == read.root else { return "leaves, stamps/0001.tst" }
            let check = token.check(at: token.generationTime, roots: roots)
            if let problem = check.problems.first { return problem.fault.rawValue }
            if try bytes(of: place.profile) != Array(BatchTexts.profile.utf8) { return "profile" }
            if Hasher.digest(.sha512, of: try bytes(of: place.readMe)) != batch.readMe.bytes {
                return "README.txt"
            }
            return nil
        } catch let fault as LeavesReader.Fault {
            return "leaves:\(fault.line)"
        } catch let problem as TimeStampProblem {
            return problem.fault.rawValue
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return failure.path.lastComponent?.string ?? ""
        }
    }

    private func bytes(of path: FilePath) throws -> [UInt8] {
        try world.volume.readAll(path, limit: 1 << 16)
    }

    /// What stands below `evidence/` of a store and belongs to no batch.
    func strangeEvidence(
        in store: StoreLayout, besides batches: [CatalogedBatch], _ renewals: [CatalogedRenewal]
    ) throws -> [Finding] {
        let folder = store.evidence
        guard try world.volume.status(folder)?.kind == .folder else { return [] }
        let known = Set(
            batches.map { BatchLayout.name($0.number) }
                + renewals.map { RenewalDraft.name($0.number) })
        let rehashes = renewals.filter { $0.rehash != nil }.map { RenewalDraft.name($0.number) }
        var strange: [String] = []
        for entry in try world.volume.list(folder) {
            let name = entry.name.string
            guard known.contains(name), entry.kind == .folder else {
                strange.append(name)
                continue
            }
            let inner = folder.appending(entry.name)
            let names = BatchLayout.names + (rehashes.contains(name) ? ["files"] : [])
            strange += try world.volume.list(inner).map(\.name.string)
                .filter { !names.contains($0) }.map { name + "/" + $0 }
            let stamps = BatchLayout(folder: inner).stamps
            guard try world.volume.status(stamps)?.kind == .folder else { continue }
            strange += try world.volume.list(stamps).map(\.name.string)
                .filter { $0 != "0001.tst" }.map { name + "/stamps/" + $0 }
        }
        return strange.map { Finding(.storeExtraFile, .warning, subject: "evidence/" + $0) }
    }

    /// The same in a store behind a network, which gives files and knows no folders.
    func strangeEvidence(
        below store: any CopyStore, besides batches: [CatalogedBatch],
        _ renewals: [CatalogedRenewal]
    ) throws -> [Finding] {
        let known = Set(
            batches.map { BatchLayout.name($0.number) }
                + renewals.map { RenewalDraft.name($0.number) })
        let rehashes = Set(
            renewals.filter { $0.rehash != nil }.map { RenewalDraft.name($0.number) })
        var strange: [String] = []
        try store.forEachFile(below: "evidence") { file in
            let parts = file.path.split(separator: "/").dropFirst().map { String($0) }
            guard let name = parts.first else { return }
            let names = BatchLayout.names + (rehashes.contains(name) ? ["files"] : [])
            var depth = 1
            if known.contains(name), parts.count > 1 {
                depth = 2
                if names.contains(parts[1]) {
                    guard parts[1] == "stamps", parts.count > 2, parts[2] != "0001.tst" else {
                        return
                    }
                    depth = 3
                }
            }
            let path = parts.prefix(depth).joined(separator: "/")
            if strange.last != path { strange.append(path) }
        }
        return strange.map { Finding(.storeExtraFile, .warning, subject: "evidence/" + $0) }
    }
}
