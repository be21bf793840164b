import Bundles
import Cryptography
package import Evidence
import Foundation
import Records

/// That an entry stands in the ledger: the path to a checkpoint's root, and who signed it (RFC 9162, C2SP tlog-checkpoint).
package struct ProofOfEntry: Sendable {
    package let index: Int64
    package let checkpoint: SignedNote
    package let verifier: NoteVerifier
    package let path: [TreeHash]
    /// When the checkpoint was stamped, in seconds; its token is judged at that time. Nil without a token.
    package let stampTime: Int64?
    /// Whether that token holds an OCSP answer.
    let isStampAnswered: Bool

    package init(
        index: Int64, checkpoint: SignedNote, verifier: NoteVerifier, path: [TreeHash],
        stampTime: Int64?, isStampAnswered: Bool
    ) {
        self.index = index
        self.checkpoint = checkpoint
        self.verifier = verifier
        self.path = path
        self.stampTime = stampTime
        self.isStampAnswered = isStampAnswered
    }

    /// SHA-256 of the public key, as key sheets and `key status` have it.
    package var keyFingerprint: String {
        Hexadecimal.text(of: Hasher.digest(.sha256, of: verifier.publicBytes))
    }

    /// The public key as openssl reads it (RFC 8410 §4).
    package var keyPEM: [UInt8] {
        let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0]
        let text = Data(prefix + verifier.publicBytes).base64EncodedString()
        return Array("-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n".utf8)
    }

    /// The proof's files, for the entry's line and, where it was stamped, the token over the checkpoint.
    package func files(line: [UInt8], token: [UInt8]?) -> [ProofFile] {
        let proof = EntryProof(index: index, path: path, checkpoint: checkpoint)
        var files = [
            ProofFile(ProofNames.entry, line), ProofFile(ProofNames.path, proof.bytes),
            ProofFile(ProofNames.checkpoint, checkpoint.bytes),
            ProofFile(ProofNames.ledgerKey, keyPEM),
            ProofFile(ProofNames.verifier, Array((verifier.text + "\n").utf8)),
        ]
        if let token { files.append(ProofFile(ProofNames.checkpointToken, token)) }
        return files
    }

    /// The lines of `verify.sh` that prove it.
    func lines(for names: ProofNames) -> [String] {
        let sums = ProofNames.record(names.layout.sums)
        var lines = [
            "A=sha512",
            "check 'mục sổ cái · ledger entry' grep -qF "
                + "\"\\\"sums\\\":\\\"sha512:$(digest \(sums))\\\"\" \(ProofNames.entry)",
            "r=$({ printf '\\000'; cat \(ProofNames.entry); } | openssl dgst -sha256 -r | cut -d' ' -f1)",
        ]
        for (isLeft, hash) in steps {
            let hex = Hexadecimal.text(of: hash.bytes)
            lines.append(isLeft ? "r=$(node \(hex) \"$r\")" : "r=$(node \"$r\" \(hex))")
        }
        lines.append(
            "check 'gốc sổ cái · root of the ledger' same \"$(bytes \"$r\" | openssl base64 -A)\" "
                + "\"$(sed -n 3p \(ProofNames.checkpoint))\"")
        lines.append("sed '/^$/,$d' \(ProofNames.checkpoint) >\"$T/text\"")
        lines.append(
            "sed -n '\(signatureLine)s/^.* //p' \(ProofNames.checkpoint) | openssl base64 -d -A | "
                + "tail -c +5 >\"$T/signature\"")
        lines.append(
            "check 'chữ ký sổ cái · signature of the ledger' openssl pkeyutl -verify -pubin "
                + "-inkey \(ProofNames.ledgerKey) -rawin -in \"$T/text\" -sigfile \"$T/signature\"")
        if let stampTime {
            lines.append(
                "check 'dấu thời gian sổ cái · time-stamp of the ledger' stamped "
                    + "\(ProofNames.checkpointToken) \"$(digest \(ProofNames.checkpoint))\" \(stampTime)"
            )
            lines.append("when \(ProofNames.checkpointToken)")
        }
        return lines
    }

    /// The line of the checkpoint with the verifier's signature, from 1.
    private var signatureLine: Int {
        let prefix = "\u{2014} \(verifier.name) "
        let before = checkpoint.text.split(separator: "\n", omittingEmptySubsequences: false).count
        let own = checkpoint.signatures.firstIndex { line in
            guard line.hasPrefix(prefix),
                let bytes = Data(base64Encoded: String(line.dropFirst(prefix.count)))
            else { return false }
            return Array(bytes.prefix(4)) == verifier.keyID
        }
        return before + 1 + (own ?? 0)
    }

    /// The hashes on the way up, each with whether it stands left of what is proved (RFC 9162 §2.1.3.2).
    private var steps: [(isLeft: Bool, hash: TreeHash)] {
        let size = Checkpoint(checkpoint.text)?.size ?? 1
        var (place, last) = (index, size - 1)
        return path.map { part in
            let isLeft = place & 1 == 1 || place == last
            if isLeft {
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            }
            place >>= 1
            last >>= 1
            return (isLeft, part)
        }
    }
}
