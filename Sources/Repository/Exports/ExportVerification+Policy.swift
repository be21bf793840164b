import Bundles
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// What the ledger of an export adopted: certificates, registers, revocations, and the details of acts.
extension ExportVerification {
    mutating func readPolicy() throws {
        trusted = given?.certificates ?? []
        for name in survey.policy.keys.sorted() {
            let path = layout.policy.appending(name)
            guard LedgerSurvey.isPlainName(name), try volume.status(path)?.kind == .file else {
                report(.policyFileMissing, "policy/" + name)
                noteLost(name)
                continue
            }
            guard let bytes = try volume.readIfSmall(path, limit: Configuration.limit * 4),
                PolicyStore.digest(of: bytes) == survey.policy[name]
            else {
                report(.policyFileWrong, "policy/" + name)
                noteLost(name)
                continue
            }
            if PolicyFile("policy/" + name)?.kind == .revocation { revocations.append(bytes) }
            if let register = PolicyFile("policy/" + name)?.kind.register,
                RegisterEntry(register, reading: bytes) == nil
            {
                report(.policyFileWrong, "policy/" + name)
            }
            if PolicyFile("policy/" + name)?.kind == .stampRoots {
                stampRoots += (try? Certificate.reading(pem: bytes)) ?? []
            }
            if given == nil, name.hasPrefix("seal-"), name.hasSuffix(".crt") {
                trusted += (try? Certificate.reading(pem: bytes)) ?? []
            }
        }
        let names = try names(in: layout.policy)
        for name in names where survey.policy[name] == nil {
            report(.policyFileUnadopted, "policy/" + name)
        }
        counts.policy = Int64(names.count)
    }

    mutating func noteLost(_ name: String) {
        if PolicyFile("policy/" + name)?.kind == .revocation { isRevocationLost = true }
    }

    /// Keys that the export's own ledger revokes, and those that whoever checks knows of.
    func gatheredTrust() -> SealTrust {
        let store = SealTime(store: StoreLayout(root: layout.root), volume: volume) {
            [stampRoots] in stampRoots
        }
        var since: [String: Instant] = [:]
        var isUnknown = isRevocationLost
        for bytes in revocations {
            guard let found = KeyRevocation(bytes) else {
                isUnknown = true
                continue
            }
            since[found.fingerprint] = min(since[found.fingerprint] ?? found.since, found.since)
        }
        for certificate in trusted {
            guard let known = given?.revoked.revocation(of: certificate.fingerprint) else {
                continue
            }
            since[certificate.fingerprint] = min(since[certificate.fingerprint] ?? known, known)
        }
        return SealTrust(
            trusted,
            revoked: RevokedKeys(since: since, isUnknown: isUnknown) {
                try store.provenBefore($0, version: $1, $2)
            })
    }

    mutating func readDetails() throws {
        for digest in survey.details.map(\.hex).sorted()
        where try volume.status(layout.details.appending(digest + ".json")) == nil {
            report(.detailsFileWrong, .warning, "details/\(digest).json")
        }
        let details = Details(folder: layout.details, volume: volume)
        let names = try names(in: layout.details)
        for name in names {
            guard let digest = Digest(.sha256, hex: name.prefix(64)),
                name == digest.hex + ".json", survey.details.contains(digest),
                try details.isRight(digest)
            else {
                report(.detailsFileWrong, "details/" + name)
                continue
            }
        }
        counts.details = Int64(names.count)
    }
}
