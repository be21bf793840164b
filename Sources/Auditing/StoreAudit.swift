package import Bundles
package import Cryptography
package import Files
import Foundation
package import Records
package import Storage
import SystemPackage

/// A fixity check of a storage root on a disk: every file of an object read and compared, and every seal judged.
package struct StoreAudit: ObjectAudit {
    private let store: ObjectStore
    private let volume: any Volume
    private let trusted: [Certificate]
    private let revoked: RevokedKeys
    private let isKnown: (ObjectIdentifier) throws -> Bool
    private let progress: (Int) throws -> Void
    private let kept: (ObjectIdentifier) -> [String: FileReading]
    private let buffer = WorkBuffer(count: SegmentList.segmentSize)
    private let ahead: ReadAhead

    /// Prepares a run; `progress` hears of every piece read and may throw to stop; `kept` gives what earlier runs had
    /// read of an object's files.
    package init(
        objects store: ObjectStore, volume: any Volume, trusted: [Certificate],
        revoked: RevokedKeys, cores: Int = ProcessInfo.processInfo.activeProcessorCount,
        isKnown: @escaping (ObjectIdentifier) throws -> Bool,
        kept: @escaping (ObjectIdentifier) -> [String: FileReading] = { _ in [:] },
        progress: @escaping (Int) throws -> Void
    ) {
        self.kept = kept
        self.store = store
        self.volume = volume
        self.trusted = trusted
        self.revoked = revoked
        self.isKnown = isKnown
        self.progress = progress
        ahead = ReadAhead(volume: volume, cores: cores, progress: progress)
    }

    package func rootFindings() throws -> [Finding] {
        try RootInspection.findings(of: store, volume: volume)
    }

    package func place(of object: ObjectIdentifier) -> AuditedPlace {
        AuditedPlace(object: object, subject: object.text, folder: store.folder(of: object).string)
    }

    package func forEachStray(_ body: (AuditedPlace) throws -> Void) throws {
        guard try volume.status(store.layout.objects)?.kind == .folder else { return }
        try store.forEachReadableObject { object, folder in
            // Only its own folder counts: no command finds an object in another.
            if let object, folder == store.folder(of: object), try isKnown(object) { return }
            try body(
                AuditedPlace(
                    object: object,
                    subject: object?.text ?? "ocfl/" + (folder.lastComponent?.string ?? ""),
                    folder: folder.string))
        }
    }

    /// Says that an object will be read, so that its bytes may come ahead.
    package func begin(_ place: AuditedPlace) throws -> AwaitedObject {
        let folder = FilePath(place.folder)
        let listing = ContentListing(of: folder, volume: volume)
        let files = listing.files
        let numbers = ahead.add(
            files.map { (folder.appending($0.name), $0.size) }, read: extents(of: files, place))
        return AwaitedObject(
            place, bytes: listing.bytes, files: files.map { ($0.name, $0.identity) },
            numbers: numbers)
    }

    /// What earlier runs had read of these files, where they are the same still, by their places.
    private func extents(
        of files: [ContentListing.File], _ place: AuditedPlace
    ) -> [Int: FileReading.Extent] {
        guard let readings = place.object.map(kept), !readings.isEmpty else { return [:] }
        return files.enumerated().reduce(into: [:]) { extents, file in
            guard let reading = readings[file.element.name],
                reading.identity == file.element.identity,
                reading.fits(size: file.element.size)
            else { return }
            extents[file.offset] = reading.extent
        }
    }

    /// How far an object's files were read; both readers end with that.
    package func readSoFar(_ object: AwaitedObject) -> [String: FileReading] {
        zip(object.files, object.numbers).reduce(into: [:]) { readings, file in
            guard let extent = ahead.extentSoFar(of: file.1) else { return }
            readings[file.0.name] = FileReading(identity: file.0.identity, extent: extent)
        }
    }

    package func inspect(
        _ object: AwaitedObject, inventory: Digest?
    ) throws -> ObjectAuditResult {
        let read = try ahead.outcomes(of: object.numbers)
        let result = try judge(object, read, inventory, isStopped: false)
        ahead.forget(object.numbers)
        return result
    }

    /// Judges an object after the run was stopped; nil unless all of its content was read before.
    package func inspectRead(
        _ object: AwaitedObject, inventory: Digest?
    ) throws -> ObjectAuditResult? {
        guard object.isBegun, let read = ahead.outcomesSoFar(of: object.numbers) else {
            return nil
        }
        return try judge(object, read, inventory, isStopped: true)
    }

    /// Where the run was stopped nobody hears of the few bytes left, and damage is not sought within a tar.
    private func judge(
        _ object: AwaitedObject, _ outcomes: [ReadingQueue.Outcome], _ inventory: Digest?,
        isStopped: Bool
    ) throws -> ObjectAuditResult {
        let place = object.place
        let folder = FilePath(place.folder)
        let subject = place.subject
        var inspection = ObjectInspection(
            of: subject, in: folder, volume: volume, buffer: buffer,
            readAhead: Dictionary(
                zip(object.files.map(\.name), outcomes), uniquingKeysWith: { first, _ in first }),
            progress: isStopped ? { _ in } : progress)
        try inspection.run(expecting: place.object, inventory: inventory)
        var findings = inspection.findings
        var void: [Finding] = []
        if let object = place.object, let found = inspection.inventory {
            var seals: [RevokedKeys.Seal] = []
            for version in 1...found.versions.count {
                let layout = BundleLayout(object: object, version: version)
                guard let judged = try judgedSeal(layout, in: folder, subject) else { continue }
                if let finding = judged.finding { findings.append(finding) }
                seals.append(
                    RevokedKeys.Seal(
                        version: version, signer: judged.signer,
                        isTrusted: judged.finding == nil,
                        name: subject + "/v\(version)/content/" + layout.seal))
            }
            void = try revoked.findings(seals, of: object)
            if !isStopped { findings += try located(findings, object, folder, subject) }
        }
        // Every byte of a dossier whose seal is void is as it was: it is not damaged.
        return ObjectAuditResult(
            bytes: inspection.bytes, findings: findings + void,
            isDamaged: findings.containsErrors)
    }

    /// The seal is judged again at every audit: it says who vouches for the digests.
    private func judgedSeal(
        _ layout: BundleLayout, in folder: FilePath, _ subject: String
    ) throws -> (signer: SignerFacts?, finding: Finding?)? {
        let content = "v\(layout.version)/content/"
        let files = BundleFiles(layout, in: folder.appending(content))
        let sums: [UInt8]
        let seal: [UInt8]
        do {
            guard try volume.status(files.sums) != nil, try volume.status(files.seal) != nil
            else { return nil }
            sums = try volume.readAll(files.sums, limit: Sums.limit)
            seal = try volume.readAll(files.seal, limit: 1 << 20)
        } catch {
            // The inspection has already told of a file that cannot be read.
            return nil
        }
        let name = subject + "/" + content + layout.seal
        return SealJudgement.judge(seal, over: sums, name: name, trusting: trusted)
    }

    /// For a damaged tar, which segments and which entries in it are damaged.
    private func located(
        _ findings: [Finding], _ object: ObjectIdentifier, _ folder: FilePath, _ subject: String
    ) throws -> [Finding] {
        var more: [Finding] = []
        for finding in findings where finding.code == .contentDigestWrong {
            guard let file = finding.facts["file"], file.hasSuffix(".tar") else { continue }
            var verification = BundleVerification(
                of: BundleFiles(besideTar: folder.appending(file)),
                over: file.hasPrefix("v1/") ? EarlierVersions.nothing : nil, volume: volume,
                buffer: buffer, progress: progress)
            // That it is damaged is told, though no time is left to say where.
            guard let verdict = try unlessCut({ try verification.run(trusting: trusted) }) else {
                return more
            }
            more += verdict.findings.filter {
                ![.sumsMismatch, .sealBroken, .earlierMissing].contains($0.code)
            }
            .map {
                Finding($0.code, $0.severity, subject: subject + "/" + $0.subject, $0.facts)
            }
        }
        return more
    }

    private func unlessCut<Value>(_ body: () throws -> Value) throws -> Value? {
        do { return try body() } catch is ReadingCut { return nil }
    }
}
