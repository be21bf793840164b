import Cryptography
import Evidence
import Files
import Foundation
import Records
import Retrieval
import SystemPackage

/// A proof taken apart, to be put together again with lies in it, as one who knows the form would.
struct ForgedProof {
    var claims: ProofClaims
    /// Every file but the report, the list and the script.
    var files: [String: [UInt8]] = [:]
    private let order: [String]

    init(unpacked folder: URL) throws {
        let list = try String(
            contentsOf: folder.appending(path: ProofNames.list), encoding: .utf8)
        order = list.split(separator: "\n").map { String($0.dropFirst(130)) }
        for name in order {
            files[name] = Array(try Data(contentsOf: folder.appending(path: name)))
        }
        let report = try JSONValue(parsing: files[ProofNames.claims] ?? [])
        guard let claims = ProofClaims(report) else { throw ProofFailure() }
        self.claims = claims
        files[ProofNames.claims] = nil
        files[ProofNames.page] = nil
    }

    /// Something that a test expects did not hold.
    struct ProofFailure: Error {}

    /// Makes the report say something else; a place is like `versions/0/stamps/0/at`.
    mutating func say(_ place: String, _ value: JSONValue) throws {
        let parts = place.split(separator: "/").map { String($0) }
        guard let claims = ProofClaims(Self.changed(claims.json, parts[...], value)) else {
            throw ProofFailure()
        }
        self.claims = claims
    }

    private static func changed(
        _ old: JSONValue, _ place: ArraySlice<String>, _ value: JSONValue
    ) -> JSONValue {
        guard let first = place.first else { return value }
        switch old {
        case .object(var members):
            members[first] = changed(members[first] ?? .null, place.dropFirst(), value)
            return .object(members)
        case .array(var values):
            guard let index = Int(first), values.indices.contains(index) else { return old }
            values[index] = changed(values[index], place.dropFirst(), value)
            return .array(values)
        default: return value
        }
    }

    /// Puts it together with a list, a page and a script that fit.
    func write(to path: FilePath) throws {
        try? FileManager.default.removeItem(atPath: path.string)
        var records: [Int: EvidenceRecord] = [:]
        for version in claims.versions.map(\.number) {
            guard let der = files[claims.names.evidence(version)] else { continue }
            records[version] = try EvidenceRecord(der: der)
        }
        var ledger: ProofOfEntry?
        if let proof = files[ProofNames.path].flatMap({ EntryProof(reading: $0) }),
            let text = files[ProofNames.verifier],
            let verifier = NoteVerifier(String(String(decoding: text, as: UTF8.self).dropLast()))
        {
            let token = files[ProofNames.checkpointToken].flatMap { try? TimeStampToken(der: $0) }
            ledger = ProofOfEntry(
                index: proof.index, checkpoint: proof.checkpoint, verifier: verifier,
                path: proof.path, stampTime: token?.generationTime,
                isStampAnswered: token?.hasOtherRevocation ?? false)
        }
        let rest = files.sorted { $0.key < $1.key }.map { ProofFile($0.key, $0.value) }
        _ = try ProofZIP(
            claims, files: ProofReport.files(claims) + rest, volume: DiskVolume(),
            script: { [claims] list in
                try ProofScript(claims, records: records, ledger: ledger, list: list).bytes()
            }, progress: { _ in }
        ).write(to: path)
    }
}
