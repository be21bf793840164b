import Bundles
import Cryptography
package import Evidence
package import Records

/// Writes `verify.sh`: a POSIX shell, sha512sum and openssl check every link of a proof again.
package struct ProofScript {
    private let claims: ProofClaims
    private let names: ProofNames
    private let records: [Int: EvidenceRecord]
    private let ledger: ProofOfEntry?
    /// SHA-512 of the list of digests, which no list can hold itself.
    private let list: Digest
    private var lines: [String] = []

    /// Takes what a proof says, its evidence records by version, and its place in the ledger.
    package init(
        _ claims: ProofClaims, records: [Int: EvidenceRecord], ledger: ProofOfEntry?, list: Digest
    ) {
        self.claims = claims
        names = claims.names
        self.records = records
        self.ledger = ledger
        self.list = list
    }

    /// The script's bytes; the same proof has the same script.
    package func bytes() throws -> [UInt8] {
        var script = self
        script.lines = [ProofScriptTexts.head]
        script.checkList()
        try script.checkSums()
        script.checkSeals()
        try script.checkEvidence()
        script.tellDependence()
        script.checkLedger()
        script.tellTheRest()
        script.lines.append(ProofScriptTexts.tail)
        return Array(script.lines.map { $0 + "\n" }.joined().utf8)
    }

    private mutating func checkList() {
        lines.append("A=sha512")
        lines.append(
            "check 'danh sách tệp · the list of files' same \(list.hex) "
                + "\"$(digest \(ProofNames.list))\"")
        lines.append(
            "check 'mọi tệp trong danh sách · every file of the list' sha512sum -c \(ProofNames.list)"
        )
        lines.append("check 'không có tệp lạ · no strange file' alone")
    }

    private mutating func checkSums() throws {
        guard let document = claims.document else {
            for version in claims.versions.map(\.number) {
                lines.append(
                    "check 'các tệp của gói · the files of the bundle, v\(version)' "
                        + "summed \(names.layout.at(version).sums)")
            }
            return
        }
        let mets = ProofNames.record(BundleLayout.mets)
        let sums = ProofNames.record(names.layout.sums)
        let name = names.layout.entry(BundleLayout.mets).text
        lines.append(
            "check 'METS.xml → .sums (SHA-512)' grep -qxF \"$(digest \(mets))  \(name)\" \(sums)")
        lines.append("A=sha256")
        let inner = ProofNames.record(document.mets)
        lines.append(
            "check '\(document.mets) → METS.xml (SHA-256)' listed \(mets) "
                + "\(try Self.attribute(document.mets)) \(inner)")
        lines.append(
            "check 'tài liệu · the document → \(document.mets) (SHA-256)' listed \(inner) "
                + "\(try Self.attribute(document.href)) \(ProofNames.document(named: document.name))"
        )
        lines.append("A=sha512")
    }

    private mutating func checkSeals() {
        for version in claims.versions {
            let sums = ProofNames.record(names.layout.at(version.number).sums)
            lines.append(
                "check 'dấu niêm · the seal, v\(version.number)' sealed \(sums) "
                    + "\(version.sealed.seconds) \(ProofNames.seal(version.number))")
        }
    }

    private mutating func checkEvidence() throws {
        let roots = claims.roots.indices.map { ProofNames.root($0 + 1) }
        if try isAnyTokenAnswered() { lines.append(ProofScriptTexts.answered) }
        if !roots.isEmpty {
            lines.append("cat \(roots.joined(separator: " ")) >\"$T/roots\"")
        }
        for version in claims.versions.map(\.number) {
            guard let record = records[version] else {
                lines.append(
                    "note 'KHÔNG CÓ dấu thời gian · NO TIME-STAMP: v\(version)'")
                continue
            }
            lines += try ProofEvidenceLines(
                names, version: version, record, isWhole: claims.document == nil
            ).lines()
        }
    }

    /// Whether a token holds an OCSP answer, which changes how a shell must read all of them.
    private func isAnyTokenAnswered() throws -> Bool {
        let isInRecord = try claims.versions.compactMap { records[$0.number] }.contains { record in
            try record.stamps.contains {
                try TimeStampToken(der: $0.stamp.timeStamp).hasOtherRevocation
            }
        }
        return isInRecord || ledger?.isStampAnswered ?? false
    }

    /// Stamps of the archive's own authority prove nothing to those who doubt the archive.
    private mutating func tellDependence() {
        for version in claims.versions {
            guard let last = version.stamps.last, !last.isIndependent else { continue }
            lines.append(
                "note 'KHÔNG ĐỘC LẬP: dấu thời gian v\(version.number) do chính kho cấp · "
                    + "NOT INDEPENDENT: the time-stamp of v\(version.number) is the archive'\"'\"'s own'"
            )
        }
    }

    private mutating func checkLedger() {
        guard let ledger else {
            lines.append("note 'KHÔNG CÓ chứng minh sổ cái · NO PROOF OF THE LEDGER'")
            return
        }
        lines += ledger.lines(for: names)
        if ledger.stampTime == nil {
            lines.append(
                "note 'Sổ cái không có dấu thời gian riêng · The ledger has no time-stamp of its own'"
            )
        }
    }

    private mutating func tellTheRest() {
        lines.append(ProofScriptTexts.rest)
        for version in claims.versions.map(\.number) {
            lines.append("certificate 'dấu niêm · seal v\(version)' \(ProofNames.seal(version))")
        }
        for number in claims.roots.indices {
            lines.append("certificate 'TSA' \(ProofNames.root(number + 1))")
        }
        if ledger != nil {
            lines.append(
                "note \"sổ cái · ledger: $(openssl pkey -pubin -in \(ProofNames.ledgerKey) "
                    + "-outform DER | tail -c 32 | openssl dgst -sha256 -r | cut -d' ' -f1)\"")
        }
    }

    /// The attribute by which METS names a file, as a word of the shell.
    private static func attribute(_ path: String) throws -> String {
        quoted(try METSReference.attribute(of: path))
    }

    /// A word that the shell takes as it is.
    static func quoted(_ text: String) -> String {
        "'"
            + text.split(separator: "'", omittingEmptySubsequences: false).joined(
                separator: "'\\''")
            + "'"
    }
}
