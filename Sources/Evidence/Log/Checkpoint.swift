package import Cryptography
import Foundation
import Records

/// What the ledger was at some time: its origin, size and root (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    /// `urn:uuid:…` of the archive.
    package let origin: String
    package let size: Int64
    package let root: TreeHash

    package init(origin: String, size: Int64, root: TreeHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Three lines: origin, size, root in base64.
    package var text: String {
        "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
    }

    /// Reads the text of a note; lines after the third are extensions and ignored.
    package init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", !lines[0].isEmpty,
            lines[1].utf8.count <= 18, let size = Int64(lines[1]), size >= 0,
            String(size) == lines[1], let bytes = Data(base64Encoded: String(lines[2])),
            Data(bytes).base64EncodedString() == lines[2], let root = TreeHash(bytes)
        else { return nil }
        self.init(origin: String(lines[0]), size: size, root: root)
    }
}

/// A key that signs notes, as those who check them know it: `name+hash+base64` (C2SP signed-note).
package struct NoteVerifier: Hashable, Sendable {
    package let name: String
    package let publicBytes: [UInt8]

    private static let ed25519: UInt8 = 1

    /// A name without blanks and plus signs, with the 32 bytes of an Ed25519 key.
    package init?(name: String, publicBytes: [UInt8]) {
        guard !name.isEmpty, publicBytes.count == 32,
            !name.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "+" })
        else { return nil }
        self.name = name
        self.publicBytes = publicBytes
    }

    /// Reads `name+hash+base64`.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Data(base64Encoded: String(parts[2])),
            bytes.first == Self.ed25519, bytes.base64EncodedString() == parts[2]
        else { return nil }
        self.init(name: String(parts[0]), publicBytes: Array(bytes.dropFirst()))
        guard Hexadecimal.text(of: keyID) == parts[1] else { return nil }
    }

    /// Four bytes by which a signature names its key.
    package var keyID: [UInt8] {
        let text = Array(name.utf8) + [0x0A, Self.ed25519] + publicBytes
        return Array(Hasher.digest(.sha256, of: text).prefix(4))
    }

    package var text: String {
        let key = Data([Self.ed25519] + publicBytes).base64EncodedString()
        return "\(name)+\(Hexadecimal.text(of: keyID))+\(key)"
    }
}

/// A text with signatures under it (C2SP signed-note): `— name base64(key id and signature)`.
package struct SignedNote: Hashable, Sendable {
    /// The text, ending in a line break.
    package let text: String
    /// Signature lines, without line breaks.
    package private(set) var signatures: [String]

    /// Longest note read.
    package static let limit = 64 * 1024
    private static let mostSignatures = 100
    private static let dash = "\u{2014} "

    package init(_ text: String) {
        self.text = text
        signatures = []
    }

    /// Reads a note: the text, an empty line, and at least one signature line.
    package init?(reading bytes: [UInt8]) {
        guard bytes.count <= Self.limit, let whole = String(validating: bytes, as: UTF8.self),
            !whole.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }),
            let gap = whole.range(of: "\n\n", options: .backwards), whole.hasSuffix("\n")
        else { return nil }
        text = String(whole[..<gap.lowerBound]) + "\n"
        signatures = whole[gap.upperBound...].dropLast().split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { String($0) }
        guard (1...Self.mostSignatures).contains(signatures.count),
            signatures.allSatisfy({ $0.hasPrefix(Self.dash) })
        else { return nil }
    }

    package var bytes: [UInt8] {
        Array((text + "\n" + signatures.map { $0 + "\n" }.joined()).utf8)
    }

    /// Signs the text under a name.
    package mutating func sign(with key: NoteKey, as verifier: NoteVerifier)
        throws(CryptographyFailure)
    {
        let signature = verifier.keyID + (try key.signature(of: Array(text.utf8)))
        signatures.append(
            Self.dash + verifier.name + " " + Data(signature).base64EncodedString())
    }

    /// Whether a key signed the text; a wrong signature under its name and key id makes the note bad.
    package func isSigned(by verifier: NoteVerifier) -> Bool {
        var isFound = false
        for line in signatures {
            let parts = line.dropFirst(Self.dash.count).split(separator: " ")
            guard parts.count == 2, parts[0] == verifier.name,
                let bytes = Data(base64Encoded: String(parts[1])),
                bytes.base64EncodedString() == parts[1], bytes.prefix(4) == Data(verifier.keyID)
            else { continue }
            guard
                NoteKey.isSigned(
                    Array(text.utf8), by: verifier.publicBytes, Array(bytes.dropFirst(4)))
            else { return false }
            isFound = true
        }
        return isFound
    }
}
