import Cryptography
import Evidence
import Files
package import Records
package import SystemPackage

/// Judges a record of any maker over files, without an archive or with its roots.
package struct EvidenceVerification {
    /// What is asked.
    package struct Question: Sendable {
        package let record: FilePath
        package let data: [FilePath]
        /// Files of roots (PEM); with none, the archive's.
        package let roots: [FilePath]
        /// The instant of the question; nil for now.
        package let instant: Instant?
        /// Whether the data must be the whole group.
        package let isWhole: Bool

        package init(
            record: FilePath, data: [FilePath], roots: [FilePath], instant: Instant?, isWhole: Bool
        ) {
            self.record = record
            self.data = data
            self.roots = roots
            self.instant = instant
            self.isWhole = isWhole
        }
    }

    private static let piece = 1 << 20
    private let world: World
    private let archive: FilePath?

    package init(archive: FilePath?, in world: World) {
        self.archive = archive
        self.world = world
    }

    /// Walks the record over its data (RFC 4998 §5.3).
    package func verify(_ question: Question) throws -> EvidenceAnswer {
        var roots = try TrustAnchors.of(question.roots, volume: world.volume)
        var own: Set<String> = []
        if let archive, question.roots.isEmpty {
            let opened = try Archive.open(archive, in: world, for: .reading)
            roots = try opened.stampRoots()
            own = try opened.trialFingerprints()
        }
        let subject = question.record.lastComponent?.string ?? ""
        for path in [question.record] + question.data + question.roots {
            guard try world.volume.status(path) != nil else {
                throw ArchiveFailure(.noPath, subject: path.string)
            }
        }
        let bytes = try world.volume.readIfSmall(question.record, limit: EvidenceRecord.largest)
        let walk: Walk
        do throws(EvidenceProblem) {
            walk = try Self.walk(bytes ?? [])
        } catch {
            return EvidenceAnswer(
                EvidenceVerdict(unreadable: error), isIndependent: false,
                [error.finding(subject: subject)])
        }
        let verdict = try walk(
            question.data.map { try data($0) }, question.isWhole ? .wholeGroup : .members,
            EvidenceTrust(roots: roots, algorithms: world.algorithms),
            (question.instant ?? world.now()).seconds)
        // A trial token shows itself by its policy even where the archive's keys are not at hand.
        let isTrial = verdict.stamps.allSatisfy { $0.policy == TrialAuthority.policy }
        let isOwn = verdict.isStampedOnly(by: own) || isTrial && !verdict.stamps.isEmpty
        var findings = verdict.problems.map { $0.finding(subject: subject) }
        if isOwn { findings.append(Finding(.stampNotIndependent, .information, subject: subject)) }
        return EvidenceAnswer(verdict, isIndependent: !isOwn, findings)
    }

    private typealias Walk = (
        [EvidenceData], EvidenceCoverage, EvidenceTrust, Int64
    ) throws -> EvidenceVerdict

    /// The walk of a record in DER (RFC 4998) or XML (RFC 6283).
    private static func walk(_ bytes: [UInt8]) throws(EvidenceProblem) -> Walk {
        if XMLEvidenceRecord.isLikely(bytes) {
            let record = try XMLEvidenceRecord(xml: bytes)
            return { try record.verify($0, coverage: $1, trust: $2, at: $3) }
        }
        let record = try EvidenceRecord(der: bytes)
        return { try record.verify($0, coverage: $1, trust: $2, at: $3) }
    }

    /// A file, read once for all digests that the record asks for.
    private func data(_ path: FilePath) throws -> EvidenceData {
        let file = try world.volume.open(path)
        guard try file.status().kind == .file else {
            throw FileFailure(.open, path, .invalidArgument)
        }
        return EvidenceData { [world] methods in
            let hashers = methods.map { ($0, Hasher(method: $0)) }
            var offset: Int64 = 0
            while true {
                try world.stopIfInterrupted()
                let piece = try file.bytes(at: offset, count: Self.piece)
                if piece.isEmpty { break }
                for (_, hasher) in hashers { hasher.update(piece) }
                offset += Int64(piece.count)
            }
            return Dictionary(
                uniqueKeysWithValues: hashers.map { ($0.0, $0.1.finalizeAndReset()) })
        }
    }
}

/// What a record is worth, for people.
package struct EvidenceAnswer: Sendable {
    /// The indication of ETSI EN 319 102-1 §5.1.3.
    package let indication: String
    /// Why it is not passed, in the same standard's words.
    package let subindications: [String]
    /// Since when the data is proved to have been there.
    package let provedSince: Instant?
    /// When each authority stamped, and its name.
    package let stamps: [(at: Instant, authority: String)]
    /// Whether somebody else than the archive stamped.
    package let isIndependent: Bool
    package let findings: [Finding]
    package let status: ExitStatus

    init(_ verdict: EvidenceVerdict, isIndependent: Bool, _ findings: [Finding]) {
        indication = verdict.indication.rawValue
        subindications = verdict.problems.map(\.fault.subindication)
        provedSince = verdict.provedSince.map { Instant(seconds: $0) }
        stamps = verdict.stamps.map { (Instant(seconds: $0.time), $0.signerName ?? "") }
        self.isIndependent = isIndependent
        self.findings = findings
        status =
            switch verdict.indication {
            case .passed: .done
            case .indeterminate: .untrusted
            case .failed: .findings
            }
    }
}

extension Archive {
    /// Fingerprints of the archive's own authority.
    func trialFingerprints() throws -> Set<String> {
        guard try world.volume.status(layout.trialCertificate)?.kind == .file else { return [] }
        return Set(
            try Certificate.reading(
                pem: world.volume.readAll(layout.trialCertificate, limit: Configuration.limit)
            ).map(\.fingerprint))
    }
}
