package import Bundles
package import Records

/// The names of a proof's files, below its one folder (`docs/proof.md`).
package struct ProofNames: Hashable, Sendable {
    package let layout: BundleLayout
    /// The document's position; nil for a whole dossier.
    package let ordinal: Int?

    package init(object: ObjectIdentifier, version: Int, ordinal: Int?) {
        layout = BundleLayout(object: object, version: version)
        self.ordinal = ordinal
    }

    /// The folder that everything lies in, with its slash.
    package var folder: String {
        "proof_" + layout.stem + (ordinal.map { "_\($0)" } ?? "") + "/"
    }

    package static let script = "verify.sh"
    package static let list = "SHA512SUMS"
    package static let page = "report.html"
    package static let claims = "report.json"
    package static let checks = "fixity.json"
    package static let entry = "ledger/entry.json"
    package static let path = "ledger/entry.tlog-proof"
    package static let checkpoint = "ledger/checkpoint"
    package static let ledgerKey = "ledger/key.pem"
    package static let verifier = "ledger/key.vkey"
    package static let checkpointToken = "ledger/checkpoint.tst"

    /// Of the record itself: a bundle's file, or a METS file of the package.
    package static func record(_ name: String) -> String { "record/" + name }

    /// The one document; its own name stands in the report, for not every disk can hold it.
    package static func document(named name: String) -> String {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, (1...10).contains(last.utf8.count),
            last.utf8.allSatisfy({ isPlain($0) })
        else { return record("document") }
        return record("document.") + last
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// The certificate that a version's seal is judged by, with its chain.
    package static func seal(_ version: Int) -> String { "certificates/seal-v\(version).pem" }

    /// A root of a time-stamp authority, counted from 1.
    package static func root(_ number: Int) -> String { "evidence/tsa-root-\(number).pem" }

    /// The evidence record of a version.
    package func evidence(_ version: Int) -> String {
        "evidence/" + layout.at(version).stem + ".er"
    }

    /// A token of an evidence record, by the numbers of its chain and stamp, from 1.
    package func token(_ version: Int, _ chain: Int, _ stamp: Int) -> String {
        "evidence/\(layout.at(version).stem).\(chain)-\(stamp).tst"
    }

    /// The chains before a chain, which its first list is over too (RFC 4998 §5.2).
    package func chains(_ version: Int, before chain: Int) -> String {
        "evidence/\(layout.at(version).stem).before-\(chain).der"
    }
}
