import Cataloging
import Cryptography
import Evidence
import Files
import Records
import SystemPackage

extension Archive {
    /// Roots of all authorities that entries adopted; those of old batches stay.
    func stampRoots() throws -> [Certificate] {
        try policy.adopted(.stampRoots).flatMap { try Certificate.reading(pem: $0) }
    }

    /// Brings the roots of the configured authorities into the policy, each once; a file that is away is a warning.
    func adoptStampRoots() throws -> (roots: [Certificate], findings: [Finding]) {
        try renewTrialIfEnding()
        var findings: [Finding] = []
        let known = try catalog.policyFiles(kind: PolicyStore.Kind.stampRoots.rawValue)
        var digests = Set(known.map(\.digest))
        for authority in configuration.stamping.authorities {
            let path = rootsFile(of: authority)
            guard let bytes = try rootsBytes(path) else {
                findings.append(
                    Finding(
                        .stampRootsMissing, .warning, subject: authority.name,
                        ["detail": path.string]))
                continue
            }
            guard digests.insert(PolicyStore.digest(of: bytes)).inserted else { continue }
            let kept = try policy.keep(bytes, as: .stampRoots)
            try adopt(["policy/" + kept.name: kept.digest])
        }
        return (try stampRoots(), findings)
    }

    private func rootsFile(of authority: StampAuthority) -> FilePath {
        switch authority {
        case .trial: return layout.trialCertificate
        case .remote(let remote):
            let path = FilePath(remote.roots)
            return path.isAbsolute ? path : layout.root.pushing(path)
        }
    }

    /// The bytes of a file of certificates; nil when it is not there or is none.
    private func rootsBytes(_ path: FilePath) throws -> [UInt8]? {
        guard try world.volume.status(path)?.kind == .file,
            let bytes = try world.volume.readIfSmall(path, limit: Configuration.limit),
            let certificates = try? Certificate.reading(pem: bytes), !certificates.isEmpty
        else { return nil }
        return bytes
    }
}
