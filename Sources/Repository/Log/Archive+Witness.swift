import Cataloging
import Cryptography
import Evidence
import Files
import Network
package import Records
import Storage
import SystemPackage

/// What became of showing a checkpoint to those outside.
package struct WitnessOutcome: Sendable {
    /// The entries under the checkpoint that was shown.
    package let size: Int64
    /// The authority's time; nil when none stamped.
    package let stamped: Instant?
    package let authority: String?
    package let isIndependent: Bool
    /// Who saw it: the authority's name, the witness's file and program.
    package let reached: [String]
    package let findings: [Finding]

    /// Whether somebody who was to be shown the checkpoint was not.
    package var hasFailed: Bool { findings.contains { $0.severity != .information } }
}

/// Once a day the checkpoint goes to a time-stamp authority and to the witness (`evidence.md` §5).
extension Archive {
    /// Time after which a day that failed is tried again, in microseconds.
    private static let patience: Int64 = 3_600_000_000

    /// Shows the checkpoint when today's has not been shown yet; nil when it has, or when there is nobody to show it to.
    package func witnessIfDue() throws -> WitnessOutcome? {
        guard isWriter, !isLedgerBroken, hasWitness else { return nil }
        if let last = try catalog.lastEvent(act: LedgerAct.witness) {
            let (now, isDone) = (world.now(), last.outcome == LedgerDraft.Outcome.success.rawValue)
            let isToday = last.at.vietnamText.prefix(10) == now.vietnamText.prefix(10)
            let isRecent = now.microseconds - last.at.microseconds < Self.patience
            if isDone ? isToday : isRecent { return nil }
        }
        return try witness()
    }

    /// When the checkpoint was last shown, as the ledger tells.
    func witnessStanding() throws -> WitnessStanding? {
        guard hasWitness else { return nil }
        let last = try catalog.lastEvent(act: LedgerAct.witness)
        let told = last?.line.contains("\"LOG_") ?? false
        return WitnessStanding(
            at: last?.at,
            hasFailed: last.map { $0.outcome != LedgerDraft.Outcome.success.rawValue } ?? false,
            isContradicted: told, isOutside: hasOutsider)
    }

    /// Whether somebody other than the archive's own authority is named.
    private var hasOutsider: Bool {
        !configuration.witness.isEmpty
            || configuration.stamping.authorities.contains { $0 != .trial }
    }

    private var hasWitness: Bool {
        !configuration.stamping.authorities.isEmpty || !configuration.witness.isEmpty
    }

    /// Shows the checkpoint now, to everybody that `luutru.yaml` names; who is away is a warning.
    package func witness() throws -> WitnessOutcome {
        guard hasWitness else {
            throw ArchiveFailure(.noWitness, subject: layout.configuration.string)
        }
        let (roots, warnings) = try adoptStampRoots()
        try finish()
        guard let note = try LedgerNote.read(objects.layout.checkpoint, world.volume) else {
            throw suspect("LOG_CHECKPOINT_MISSING")
        }
        // A witness that knows another ledger is told to nobody else as well.
        let (before, known) = try fileFindings(note)
        var findings = warnings + before
        var stamp: CheckedStamp?
        if !known.containsErrors {
            let asked = try StampAsking(world: world, layout: layout, roots: roots).stamp(
                over: StampedCheckpoint.imprint(of: note.note), .sha512,
                by: configuration.stamping.authorities)
            findings += asked.findings
            stamp = asked.stamp
            if let stamp {
                try StampedCheckpoint.store(
                    stamp.token, over: note.note, objects.layout, world.volume)
            }
            findings += commandFindings()
        }
        findings += known
        try record(witnessDraft(note, stamp, findings))
        try finish()
        if stamp?.authority == .trial {
            findings.append(Finding(.stampNotIndependent, .information, subject: "trial"))
        }
        return WitnessOutcome(
            size: note.checkpoint.size,
            stamped: stamp.map { Instant(seconds: $0.token.generationTime) },
            authority: stamp?.token.signerCertificate?.subject,
            isIndependent: stamp.map { $0.authority != .trial } ?? false,
            reached: reached(stamp, findings), findings: findings)
    }

    private func reached(_ stamp: CheckedStamp?, _ findings: [Finding]) -> [String] {
        let failed = Set(findings.map(\.code))
        let isKnown = findings.containsErrors
        let file = failed.contains(.witnessFile) || isKnown ? nil : witnessFile?.string
        let command =
            failed.contains(.witnessCommand) || isKnown ? nil : configuration.witness.command
        return [stamp?.authority.name, file, command].compactMap { $0 }
    }

    private func witnessDraft(
        _ note: LedgerNote, _ stamp: CheckedStamp?, _ findings: [Finding]
    ) -> LedgerDraft {
        var facts: [String: JSONValue] = [
            "size": .number(note.checkpoint.size), "root": .string(note.checkpoint.root.text),
        ]
        var digests: [String: Digest] = [:]
        if let stamp {
            digests["stamp"] = Self.sha512(of: stamp.token.der)
            facts["time"] = .string(Instant(seconds: stamp.token.generationTime).utcSecondsText)
            facts["authority"] = .string(
                String((stamp.token.signerCertificate?.subject ?? "").prefix(500)))
            facts["independent"] = .boolean(stamp.authority != .trial)
        }
        let codes = Set(findings.map(\.code.text)).sorted()
        if !codes.isEmpty { facts["findings"] = .array(codes.map { .string($0) }) }
        let isShown = !findings.contains { $0.severity != .information }
        return draft(
            LedgerAct.witness, stamp == nil ? "replication" : "digital signature generation",
            digests: digests, outcome: isShown ? .success : .warning, facts: facts)
    }

    /// The witness's file.
    var witnessFile: FilePath? {
        configuration.witness.file.map {
            FilePath($0).isAbsolute ? FilePath($0) : layout.root.pushing(FilePath($0))
        }
    }

    /// Replaces the witness's file; one that another ledger was shown in stays, for it is the proof of that.
    private func fileFindings(
        _ note: LedgerNote
    ) throws -> (warnings: [Finding], known: [Finding]) {
        guard let file = witnessFile else { return ([], []) }
        do throws(FileFailure) {
            if try world.volume.status(file) != nil {
                let known = try consistency(from: file)
                guard known.isEmpty else { return ([], known) }
            }
            try world.volume.replaceDurably(note.note.bytes, as: file)
            return ([], [])
        } catch {
            let finding = Finding(
                .witnessFile, .warning, subject: file.string,
                ["detail": error.errno.description])
            return ([finding], [])
        }
    }

    private func consistency(from file: FilePath) throws(FileFailure) -> [Finding] {
        do {
            return try proveConsistency(from: file).findings
        } catch let failure as FileFailure {
            throw failure
        } catch {
            return [Finding(.checkpointWrong, subject: file.string)]
        }
    }

    private func commandFindings() -> [Finding] {
        guard let command = configuration.witness.command else { return [] }
        let (ending, said) = HookProgram.run(
            command, reading: objects.layout.checkpoint.string,
            seconds: configuration.witness.timeout)
        let detail: String? =
            switch ending {
            case .status(0): nil
            case .status(let status): "exit \(status)"
            case .signal(let signal): "signal \(signal)"
            case .notStarted(let reason): Errno(rawValue: reason).description
            case .timedOut: "> \(configuration.witness.timeout) s"
            }
        // A program that does what it should may say what it likes.
        return detail.map {
            let words = said.trimmed.isEmpty ? $0 : $0 + ": " + said.trimmed
            return [Finding(.witnessCommand, .warning, subject: command, ["detail": words])]
        } ?? []
    }
}
