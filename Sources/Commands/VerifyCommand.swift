import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru verify`: reads bundles or dossiers whole and says whether they are what was stored.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Kiểm tra gói hoặc hồ sơ · Verify bundles or dossiers.",
        discussion: HelpText.discussion(
            "Tệp .tar không cần kho: .segments, .sums, .sums.p7s lấy ở bên cạnh; gói chứng minh .zip (luutru proof) cũng thế. "
                + "Mã hồ sơ cần --archive."
        ))

    @OptionGroup var common: CommonOptions
    @Argument(
        help:
            "Tệp .tar, .zip hoặc mã hồ sơ · A .tar or .zip file, or a dossier's identifier or code."
    )
    var targets: [String]
    @Option(
        name: .long,
        help: "Chứng thư được tin cậy, PEM; nhiều lần được · Trusted certificate, repeatable.")
    var trust: [String] = []
    @Option(name: .long, help: "Phiên bản của hồ sơ · Version of the dossier.") var version: Int?

    func run() throws {
        try common.run { face in
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            var verification = Verification(
                archive: common.archivePathIfNamed, trust: trust.map { FilePath($0).absolute },
                version: version, world: .machine(), progress: { progress.add(bytes: $0) })
            var worst = ExitStatus.done
            for target in targets {
                let report = try verification.verify(target, at: FilePath(target).absolute)
                progress.finish()
                Self.give(report, to: face)
                switch report.verdict {
                case .invalid: worst = .findings
                case .untrusted where worst == .done: worst = .untrusted
                default: break
                }
            }
            return worst
        }
    }

    private static func give(_ report: VerificationReport, to face: Face) {
        let language = face.language
        let phrase =
            switch report.verdict {
            case .valid: Phrases.valid
            case .invalid: Phrases.invalid
            case .untrusted: Phrases.untrusted
            }
        var lines = [phrase.text(language, ["subject": report.subject])]
        var payload: [String: JSONValue] = [
            "subject": .string(report.subject), "verdict": .string(report.verdict.rawValue),
            "bytes": .number(report.bytes),
            "findings": .array(report.findings.map { $0.json(language) }),
        ]
        if let signer = report.signer, let fingerprint = report.fingerprint {
            payload["signer"] = .string(signer)
            payload["fingerprint"] = .string(fingerprint)
            lines.append(
                Phrases.sealedBy.text(
                    language, ["signer": SafeText.shown(signer), "fingerprint": fingerprint]))
        }
        lines += report.findings.map { $0.text(language) }
        face.give("verification", .object(payload), text: lines.joined(separator: "\n"))
    }
}
