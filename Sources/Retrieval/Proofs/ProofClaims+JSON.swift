package import Records

/// The claims as `report.json` has them (`docs/proof.md`).
extension ProofClaims {
    static let format = "luutru-proof 1"

    /// The file's value.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "format": .string(Self.format), "id": .string(object.text), "code": .string(code),
            "title": .string(title), "agency": .string(agency), "version": .number(Int64(version)),
            "made": .string(made.utcSecondsText), "software": .string(software),
            "versions": .array(versions.map(\.json)), "checks": checks.json,
            "roots": .array(roots.map { .string($0) }),
        ]
        members["document"] = document?.json
        members["ledger"] = ledger?.json
        return .object(members)
    }

    /// Reads a file's value; nil when it is not exactly what luutru writes.
    package init?(_ value: JSONValue) {
        guard value["format"]?.stringValue == Self.format,
            let object = value["id"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let version = value["version"]?.numberValue, (1...100_000).contains(version),
            let made = value.instant("made"), let code = value["code"]?.stringValue,
            let title = value["title"]?.stringValue, let agency = value["agency"]?.stringValue,
            let software = value["software"]?.stringValue,
            let list = value["versions"]?.arrayValue, !list.isEmpty,
            let checks = value["checks"].flatMap({ Checks($0) }),
            let roots = value["roots"]?.arrayValue?.map({ $0.stringValue ?? "" })
        else { return nil }
        let versions = list.compactMap { Version($0) }
        let document = value["document"].flatMap { Document($0) }
        // A whole dossier is proved from its first version on, a document by the last one alone.
        let first = document == nil ? 1 : Int(version)
        guard versions.count == list.count, versions.map(\.number) == Array(first...Int(version))
        else { return nil }
        self.init(
            object: object, code: code, title: title, agency: agency, version: Int(version),
            made: made, software: software, document: document,
            versions: versions, checks: checks, ledger: value["ledger"].flatMap { LedgerPlace($0) },
            roots: roots)
        // What was read must be all that stands there.
        guard json == value else { return nil }
    }
}

extension ProofClaims.Document {
    fileprivate var json: JSONValue {
        [
            "ordinal": .number(Int64(ordinal)), "path": .string(path), "name": .string(name),
            "title": .string(title),
            "number": .string(number), "issued": .string(issued),
            "sha256": .string(sha256.hex), "mets": .string(mets),
            "metsSHA256": .string(metsSHA256.hex),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let ordinal = value["ordinal"]?.numberValue, (1...10_000_000).contains(ordinal),
            let path = value["path"]?.stringValue, let name = value["name"]?.stringValue,
            let title = value["title"]?.stringValue, let number = value["number"]?.stringValue,
            let issued = value["issued"]?.stringValue, let mets = value["mets"]?.stringValue,
            let sha256 = value["sha256"]?.stringValue.flatMap({ Digest(.sha256, hex: $0) }),
            let metsSHA256 = value["metsSHA256"]?.stringValue.flatMap({ Digest(.sha256, hex: $0) })
        else { return nil }
        self.init(
            ordinal: Int(ordinal), path: path, name: name, title: title, number: number,
            issued: issued, sha256: sha256,
            mets: mets, metsSHA256: metsSHA256)
    }
}

extension ProofClaims.Version {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "number": .number(Int64(number)), "packaged": .string(packaged.utcSecondsText),
            "bytes": .number(tarBytes), "signer": .string(signer),
            "fingerprint": .string(fingerprint), "sealed": .string(sealed.utcSecondsText),
            "stamps": .array(stamps.map(\.json)),
        ]
        members["revoked"] = revoked.map { .string($0.utcSecondsText) }
        members["time"] = timeFault.map { .string($0.rawValue) }
        return .object(members)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let number = value["number"]?.numberValue, (1...100_000).contains(number),
            let packaged = value.instant("packaged"), let bytes = value["bytes"]?.numberValue,
            let signer = value["signer"]?.stringValue,
            let fingerprint = value["fingerprint"]?.stringValue,
            let sealed = value.instant("sealed"), let list = value["stamps"]?.arrayValue
        else { return nil }
        let stamps = list.compactMap { ProofClaims.Stamp($0) }
        guard stamps.count == list.count else { return nil }
        self.init(
            number: Int(number), packaged: packaged, tarBytes: bytes, signer: signer,
            fingerprint: fingerprint, sealed: sealed, revoked: value.instant("revoked"),
            timeFault: value["time"]?.stringValue.flatMap { ProofClaims.TimeFault(rawValue: $0) },
            stamps: stamps)
    }
}

extension ProofClaims.Stamp {
    fileprivate var json: JSONValue {
        [
            "at": .string(at.utcSecondsText), "authority": .string(authority),
            "independent": .boolean(isIndependent),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let at = value.instant("at"), let authority = value["authority"]?.stringValue,
            case .boolean(let isIndependent)? = value["independent"]
        else { return nil }
        self.init(at: at, authority: authority, isIndependent: isIndependent)
    }
}

extension ProofClaims.Checks {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["count": .number(count), "failed": .number(failed)]
        members["first"] = first.map { .string($0.utcSecondsText) }
        members["last"] = last.map { .string($0.utcSecondsText) }
        return .object(members)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let count = value["count"]?.numberValue, let failed = value["failed"]?.numberValue
        else { return nil }
        self.init(
            count: count, first: value.instant("first"), last: value.instant("last"),
            failed: failed)
    }
}

extension ProofClaims.LedgerPlace {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "entry": .number(entry), "size": .number(size), "origin": .string(origin),
            "key": .string(key),
        ]
        members["stamp"] = stamp?.json
        return .object(members)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let entry = value["entry"]?.numberValue, let size = value["size"]?.numberValue,
            entry >= 0, entry < size, let origin = value["origin"]?.stringValue,
            let key = value["key"]?.stringValue
        else { return nil }
        self.init(
            entry: entry, size: size, origin: origin, key: key,
            stamp: value["stamp"].flatMap { ProofClaims.Stamp($0) })
    }
}

extension JSONValue {
    /// A member that is an instant in whole seconds.
    fileprivate func instant(_ name: String) -> Instant? {
        self[name]?.stringValue.flatMap { Instant($0) }
    }
}
