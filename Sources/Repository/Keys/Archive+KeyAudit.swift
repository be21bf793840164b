import Cryptography
import Evidence
import Files
import Records
import SystemPackage

extension Archive {
    /// Keys that others than their owner can read.
    func keyFindings() throws -> [Finding] {
        var names = ["seal.key", "ledger.key", "tsa.key"]
        if try world.volume.status(layout.retiredKeys)?.kind == .folder {
            names += try world.volume.list(layout.retiredKeys).map { "retired/" + $0.name.string }
        }
        return try names.compactMap { name in
            guard let status = try world.volume.status(layout.keys.pushing(FilePath(name))),
                status.kind == .file, status.permissions & 0o077 != 0
            else { return nil }
            return Finding(
                .keyReadable, .warning, subject: "keys/" + name,
                ["mode": "0" + String(status.permissions, radix: 8)])
        }
    }

    /// Certificates whose announcement is not signed under one that was adopted before them.
    func announcementFindings() throws -> [Finding] {
        do {
            return try announcementsJudged()
        } catch is LedgerFailure {
            // The ledger's own findings tell of it.
            return []
        }
    }

    private func announcementsJudged() throws -> [Finding] {
        var findings: [Finding] = []
        var before: [Certificate] = []
        for file in try policy.adoptedFiles(.seal) {
            let name = file.name + KeyAnnouncement.ending
            let certificates = try Certificate.reading(pem: file.bytes)
            if let signature = try policy.bytes(of: name),
                !KeyAnnouncement.isSigned(signature, over: file.bytes, under: before)
            {
                findings.append(Finding(.announcementWrong, subject: "policy/" + name))
            }
            before += certificates
        }
        return findings
    }
}

/// The old key's signature over the file of a new certificate: a seal like any other, beside it in `policy/`.
enum KeyAnnouncement {
    static let ending = ".p7s"

    /// Whether one of the certificates signed it.
    static func isSigned(
        _ der: [UInt8], over file: [UInt8], under certificates: [Certificate]
    ) -> Bool {
        switch Seal.verify(der, content: file, trusted: certificates) {
        case .trusted(let signer), .untrusted(let signer, _):
            certificates.contains { $0.fingerprint == signer.fingerprint }
        case .broken: false
        }
    }
}
