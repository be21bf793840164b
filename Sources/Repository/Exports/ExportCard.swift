import Records

/// `export.json`: whose export it is, of what and in which form; without counts it is not finished.
struct ExportCard: Hashable {
    let archive: ObjectIdentifier
    let form: ExportRequest.Form
    let scope: Scope
    let software: String
    /// What only a finished export says; nil while it is being made.
    var ending: Ending?

    static let format = "luutru-export 1"
    /// The largest file read.
    static let limit = 32 * 1024 * 1024

    /// Which dossiers an export was made of.
    struct Scope: Hashable {
        /// `all`, `fonds` or `records`.
        let kind: String
        var fonds: String?
        var count: Int64?
        /// SHA-256 of the identifiers, sorted, one a line.
        var sha256: String?

        var isEverything: Bool { kind == "all" }
    }

    /// The end of a finished export.
    struct Ending: Hashable {
        let at: Instant
        let counts: ExportCounts
        let ledger: ExportedHead
        let missing: [Missing]
        /// Whether nothing was wrong with anything that was to leave.
        let isComplete: Bool
    }

    /// Where the archive's ledger ended when the export was made.
    struct ExportedHead: Hashable {
        let count: Int64
        let size: Int64
        let last: Digest
    }

    /// A dossier that could not leave, with the codes of what is wrong.
    struct Missing: Hashable {
        let object: ObjectIdentifier
        let codes: [String]
    }
}

extension ExportCard {
    /// The file's bytes.
    var bytes: [UInt8] {
        var members: [String: JSONValue] = [
            "archive": .string(archive.text), "complete": .boolean(ending?.isComplete ?? false),
            "form": .string(form.rawValue), "format": .string(Self.format), "scope": scope.json,
            "software": .string(software),
        ]
        if let ending {
            members["at"] = .string(ending.at.utcText)
            members["counts"] = ending.counts.json
            members["ledger"] = [
                "entries": .number(ending.ledger.count), "bytes": .number(ending.ledger.size),
                "last": .string(ending.ledger.last.hex),
            ]
            members["missing"] = .array(
                ending.missing.map { missing in
                    [
                        "id": .string(missing.object.text),
                        "codes": .array(missing.codes.map { .string($0) }),
                    ]
                })
        }
        return Array(JSONValue.object(members).readableText.utf8)
    }

    /// Reads the file; nil when it is not one of this format.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes),
            value["format"]?.stringValue == Self.format,
            let archive = value["archive"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let form = value["form"]?.stringValue.flatMap({ ExportRequest.Form(rawValue: $0) }),
            let scope = value["scope"].flatMap({ Scope($0) })
        else { return nil }
        self.init(
            archive: archive, form: form, scope: scope,
            software: value["software"]?.stringValue ?? "", ending: nil)
        guard value["counts"] != nil else { return }
        guard let ending = Ending(value) else { return nil }
        self.ending = ending
    }
}

extension ExportCard.Scope {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["kind": .string(kind)]
        if let fonds { members["fonds"] = .string(fonds) }
        if let count { members["count"] = .number(count) }
        if let sha256 { members["sha256"] = .string(sha256) }
        return .object(members)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let kind = value["kind"]?.stringValue, ["all", "fonds", "records"].contains(kind)
        else { return nil }
        self.init(
            kind: kind, fonds: value["fonds"]?.stringValue, count: value["count"]?.numberValue,
            sha256: value["sha256"]?.stringValue)
    }
}

extension ExportCard.Ending {
    fileprivate init?(_ value: JSONValue) {
        guard let at = value["at"]?.stringValue.flatMap({ Instant($0) }),
            let counts = value["counts"].flatMap({ ExportCounts($0) }),
            let entries = value["ledger"]?["entries"]?.numberValue,
            let size = value["ledger"]?["bytes"]?.numberValue,
            let last = value["ledger"]?["last"]?.stringValue.flatMap({ Digest(.sha256, hex: $0) }),
            let listed = value["missing"]?.arrayValue
        else { return nil }
        var missing: [ExportCard.Missing] = []
        for item in listed {
            guard let object = item["id"]?.stringValue.flatMap({ ObjectIdentifier($0) }) else {
                return nil
            }
            let codes = item["codes"]?.arrayValue?.compactMap(\.stringValue) ?? []
            missing.append(ExportCard.Missing(object: object, codes: codes))
        }
        self.init(
            at: at, counts: counts,
            ledger: ExportCard.ExportedHead(count: entries, size: size, last: last),
            missing: missing, isComplete: value["complete"] == .boolean(true))
    }
}

extension ExportCounts {
    var json: JSONValue {
        [
            "dossiers": .number(dossiers), "files": .number(files), "bytes": .number(bytes),
            "details": .number(details), "policy": .number(policy), "entries": .number(entries),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let dossiers = value["dossiers"]?.numberValue,
            let files = value["files"]?.numberValue, let bytes = value["bytes"]?.numberValue,
            let details = value["details"]?.numberValue,
            let policy = value["policy"]?.numberValue, let entries = value["entries"]?.numberValue
        else { return nil }
        self.init(
            dossiers: dossiers, files: files, bytes: bytes, details: details, policy: policy,
            entries: entries)
    }
}
