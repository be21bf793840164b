package import Bundles
package import Cryptography
package import Evidence
package import Files
package import Records
import XML

/// What a proof is judged by; whatever is nil is taken from the proof itself, and said to be.
package struct ProofTrust {
    /// Certificates that vouch for seals.
    package let seals: [Certificate]
    package let revoked: RevokedKeys
    /// Roots of time-stamp authorities.
    package let roots: [Certificate]
    /// Fingerprints of the archive's own authority for trials.
    package let own: Set<String>
    /// The keys that may sign the ledger; nil when nobody says which.
    package let ledger: [NoteVerifier]?

    package init(
        seals: [Certificate], revoked: RevokedKeys, roots: [Certificate], own: Set<String>,
        ledger: [NoteVerifier]?
    ) {
        self.ledger = ledger
        self.seals = seals
        self.revoked = revoked
        self.roots = roots
        self.own = own
    }
}

/// Checks every link of a proof again, and that its report and script say what the links say.
package struct ProofCheck {
    private let file: any OpenFile
    private let name: String
    let trust: ProofTrust
    let now: Int64
    private let progress: (Int) throws -> Void
    package internal(set) var findings: [Finding] = []
    /// What makes nothing wrong, but nothing trusted either.
    package internal(set) var trustFindings: [Finding] = []
    package internal(set) var signer: SignerFacts?
    package private(set) var claims: ProofClaims?

    private static let largestReport = 32 << 20

    /// Prepares to check a ZIP as of an instant.
    package init(
        _ file: any OpenFile, name: String, trusting trust: ProofTrust, at now: Instant,
        progress: @escaping (Int) throws -> Void
    ) {
        self.file = file
        self.name = name
        self.trust = trust
        self.now = now.seconds
        self.progress = progress
    }

    /// Checks everything; fails only when the file cannot be read.
    package mutating func run() throws {
        do {
            let contents = try ProofContents(
                file, size: try file.status().size, progress: progress)
            try judge(contents)
        } catch let fault as ProofContents.Fault {
            report(.proofForm, name, fault.detail)
        }
    }

    mutating func report(_ code: FindingCode, _ subject: String, _ detail: String = "") {
        findings.append(Finding(code, subject: subject, ["detail": detail]))
    }

    private mutating func judge(_ contents: ProofContents) throws {
        try judgeList(contents)
        let bytes = try contents.bytes(ProofNames.claims, limit: Self.largestReport)
        guard let value = try? JSONValue(parsing: bytes), let claims = ProofClaims(value),
            Array(value.readableText.utf8) == bytes
        else { return report(.proofForm, name, ProofNames.claims) }
        self.claims = claims
        guard contents.folder == claims.names.folder,
            contents.time == ProofZIP.time(of: claims.made),
            contents.programs == [ProofNames.script]
        else { return report(.proofForm, name, contents.folder) }
        var links = ProofLinks()
        try judgeSums(contents, claims)
        try judgeSeals(contents, claims)
        try judgeEvidence(contents, claims, &links)
        try judgeLedger(contents, claims, &links)
        if claims.document != nil { try judgeDocument(contents, claims) }
        try judgeReport(contents, claims, links)
    }

    /// The list says every file but itself and the script, and nothing else.
    private mutating func judgeList(_ contents: ProofContents) throws {
        let listed = try contents.bytes(ProofNames.list, limit: Self.largestReport)
        let files = contents.digests.filter {
            ![ProofNames.list, ProofNames.script].contains($0.key)
        }
        let expected = ProofList.bytes(files.map { ($0.key, $0.value.sha512) })
        guard listed != expected else { return }
        let lines = Set(String(decoding: listed, as: UTF8.self).split(separator: "\n"))
        let wrong = String(decoding: expected, as: UTF8.self).split(separator: "\n")
            .filter { !lines.contains($0) }.prefix(5).map { String($0.dropFirst(130)) }
        report(
            .proofFile, name, wrong.isEmpty ? ProofNames.list : wrong.joined(separator: ", "))
    }

    /// What report and script must be, and that there is no file beside those that they speak of.
    private mutating func judgeReport(
        _ contents: ProofContents, _ claims: ProofClaims, _ links: ProofLinks
    ) throws {
        let checks = ProofChecks(
            try contents.bytes(ProofNames.checks, limit: Self.largestReport))
        if checks?.checks != claims.checks { report(.proofClaims, name, ProofNames.checks) }
        for file in ProofReport.files(claims)
        where contents.digests[file.name]?.sha512 != file.sha512 {
            report(.proofClaims, name, file.name)
        }
        let extra = contents.names.subtracting(links.names(claims))
        let missing = links.names(claims).subtracting(contents.names)
        for file in (extra.union(missing)).sorted().prefix(5) { report(.proofForm, name, file) }
        guard let list = contents.digests[ProofNames.list]?.sha512 else { return }
        let script = ProofScript(
            claims, records: links.records, ledger: links.ledger, list: list)
        let expected = try? script.bytes()
        if expected.map({ ProofFile.sha512(of: $0) })
            != contents.digests[ProofNames.script]?.sha512
        {
            report(.proofScript, name)
        }
    }
}

/// What was read of the links on the way, from which the script follows.
struct ProofLinks {
    var records: [Int: EvidenceRecord] = [:]
    var ledger: ProofOfEntry?
    /// Roots of time-stamp authorities that were used.
    var roots: [Certificate] = []
    /// Files that evidence and ledger account for.
    var files: Set<String> = []

    /// Every name that a proof of this kind has.
    func names(_ claims: ProofClaims) -> Set<String> {
        var names: Set = [
            ProofNames.script, ProofNames.list, ProofNames.page, ProofNames.claims,
            ProofNames.checks,
        ]
        for version in claims.versions.map(\.number) {
            let layout = claims.names.layout.at(version)
            let bundle = claims.document == nil ? [layout.tar, layout.segments] : []
            for name in bundle + [layout.sums, layout.seal] {
                names.insert(ProofNames.record(name))
            }
            names.insert(ProofNames.seal(version))
        }
        for number in claims.roots.indices { names.insert(ProofNames.root(number + 1)) }
        if let document = claims.document {
            names.insert(ProofNames.record(BundleLayout.mets))
            names.insert(ProofNames.record(document.mets))
            names.insert(ProofNames.document(named: document.name))
        }
        return names.union(files)
    }
}
