package import Records

/// What is asked of a drill.
package struct DrillRequest: Sendable {
    /// Dossiers chosen by name; with none, as many as `count` are drawn.
    package var names: [String] = []
    package var count = 3
    /// Dossiers are drawn as long as they have no more bytes together.
    package var mostBytes: Int64 = 1 << 30
    /// Equal seeds draw and damage alike.
    package var seed: UInt64

    package init(seed: UInt64) { self.seed = seed }
}

/// The quarterly test of restoring, as it went: what was damaged, whether it was found and mended, and how fast.
package struct DrillReport: Sendable {
    /// What is done to the sandbox.
    package enum Harm: String, Sendable, CaseIterable {
        /// A bit of a tar flips.
        case flip
        /// A tar is cut in half.
        case cut
        /// Two tars change places, or a tar its list of segments.
        case swap
        /// A whole object goes.
        case delete
        /// The copy is put back to an older state: a dossier is missing and its ledger is short.
        case staleStore = "stale-store"
        /// The catalog is put back to an older state.
        case rolledBackCatalog = "rolled-back-catalog"
        /// A tile of the ledger's tree goes.
        case lostTile = "lost-tile"
    }

    /// One damage, from doing it to the proof that nothing is left of it.
    package struct Trial: Sendable {
        package let harm: Harm
        package internal(set) var isFound = false
        package internal(set) var isMended = false
        /// Codes of what was found.
        package internal(set) var codes: [String] = []
        package internal(set) var findMicroseconds: Int64 = 0
        package internal(set) var mendMicroseconds: Int64 = 0
    }

    /// One document taken out of the sandbox and compared with what the archive itself has of it.
    package struct Restored: Sendable {
        package let object: ObjectIdentifier
        package let document: String
        package let bytes: Int64
        package let sha256: Digest
        package let isRight: Bool
        package let microseconds: Int64
    }

    /// A dossier that could not be restored from this store, for it is damaged in it.
    package struct Unrestored: Sendable {
        package let object: ObjectIdentifier
        /// Codes of what was found.
        package let codes: [String]

        init(_ object: ObjectIdentifier, _ findings: [Finding]) {
            self.object = object
            codes = Set(
                findings.filter { $0.subject.hasPrefix(object.text) }.map(\.code.text)
            ).sorted()
        }

        /// The dossier as it is filed.
        var json: JSONValue {
            [
                "object": .string(object.text), "codes": .array(codes.map { .string($0) }),
                "commands": .array(commands.map { .string($0) }),
            ]
        }

        /// What is to be typed next.
        package var commands: [String] {
            ["luutru audit run \(object.text)", "luutru repair \(object.text)"]
        }
    }

    package let archive: ObjectIdentifier
    package let agencyName: String
    package let seed: UInt64
    package let agent: String
    package let started: Instant
    package internal(set) var finished: Instant
    package internal(set) var dossiers: [ObjectIdentifier] = []
    package internal(set) var bytes: Int64 = 0
    package internal(set) var trials: [Trial] = []
    package internal(set) var restored: [Restored] = []
    /// Dossiers that are damaged here, so that nothing of them was tried.
    package internal(set) var unrestored: [Unrestored] = []
    /// How long making a catalog anew took.
    package internal(set) var rebuildMicroseconds: Int64 = 0
    /// Whether the rebuilt catalog was the old one.
    package internal(set) var isRebuildEqual = false

    /// Whether everything was found, mended and given back as it is.
    package var isPassed: Bool {
        unrestored.isEmpty && !restored.isEmpty && restored.allSatisfy(\.isRight) && isRebuildEqual
            && trials.count == Harm.allCases.count
            && trials.allSatisfy { $0.isFound && $0.isMended }
    }

    /// The report as it is filed.
    package var json: JSONValue {
        [
            "format": "luutru-drill 1", "archive": .string(archive.text),
            "agencyName": .string(agencyName), "seed": .string(String(seed)),
            "agent": .string(agent), "software": .string(Software.text),
            "started": .string(started.utcText), "finished": .string(finished.utcText),
            "passed": .boolean(isPassed), "bytes": .number(bytes),
            "dossiers": .array(dossiers.map { .string($0.text) }),
            "trials": .array(
                trials.map { trial in
                    [
                        "harm": .string(trial.harm.rawValue), "found": .boolean(trial.isFound),
                        "mended": .boolean(trial.isMended),
                        "codes": .array(trial.codes.map { .string($0) }),
                        "findMicroseconds": .number(trial.findMicroseconds),
                        "mendMicroseconds": .number(trial.mendMicroseconds),
                    ]
                }),
            "rebuildMicroseconds": .number(rebuildMicroseconds),
            "rebuildEqual": .boolean(isRebuildEqual),
            "restored": .array(
                restored.map { item in
                    [
                        "object": .string(item.object.text), "document": .string(item.document),
                        "bytes": .number(item.bytes), "sha256": .string(item.sha256.hex),
                        "right": .boolean(item.isRight),
                        "microseconds": .number(item.microseconds),
                    ]
                }),
            "unrestored": .array(unrestored.map(\.json)),
        ]
    }
}
