import Cataloging
import Evidence
import Files
import Network
package import Records
import SystemPackage

/// What became of telling those outside of incidents.
package struct NoticeOutcome: Sendable {
    /// Numbers of incidents that somebody was told of now.
    package internal(set) var sent: [Int64] = []
    /// Who could not be told; the next run tries again.
    package internal(set) var findings: [Finding] = []
}

extension Archive {
    /// How many notices nobody got yet.
    package func waitingNotices() throws -> Int64 {
        let ways = noticeWays
        guard !ways.isEmpty else { return 0 }
        return try catalog.incidents(onlyOpen: true).reduce(0) { sum, incident in
            sum + Int64(ways.count - (try sentWays(of: incident.number)).count)
        }
    }

    /// Tells the program and the mail server of each open incident, each once; who is away is a warning.
    package func notifyIncidents() throws -> NoticeOutcome {
        var outcome = NoticeOutcome()
        guard isWriter, !configuration.notices.isEmpty else { return outcome }
        for incident in try catalog.incidents(onlyOpen: true).reversed() {
            let sent = try sentWays(of: incident.number)
            for way in noticeWays where !sent.contains(way) {
                try world.stopIfInterrupted()
                let told = try tell(of: incident, by: way)
                outcome.findings += told.findings
                guard told.isTold else { continue }
                // Entered after it went out: a crash between tells somebody twice, never nobody.
                var facts = facts(of: incident, "notice")
                facts["way"] = .string(way)
                try record(draft(LedgerAct.incident, "replication", facts: facts))
                if !outcome.sent.contains(incident.number) { outcome.sent.append(incident.number) }
            }
        }
        return outcome
    }

    private var noticeWays: [String] {
        (configuration.notices.command == nil ? [] : ["command"])
            + (configuration.notices.mail == nil ? [] : ["mail"])
    }

    private func sentWays(of number: Int64) throws -> Set<String> {
        let ways = noticeWays
        return Set(
            try catalog.acts(onIncident: number).filter { $0.act.change == "notice" }
                .map { $0.act.way }
        ).intersection(ways)
    }

    private func tell(of incident: CatalogedIncident, by way: String) throws -> Telling {
        let listed = try listed(incident)
        let notice = IncidentNotice(
            incident: listed, archive: configuration.archive)
        guard way != "mail" else { return mail(notice) }
        let finding = try commandFinding(notice)
        return Telling(isTold: finding == nil, findings: [finding].compactMap { $0 })
    }

    private func commandFinding(_ notice: IncidentNotice) throws -> Finding? {
        guard let command = configuration.notices.command else { return nil }
        let file = layout.work.appending("notice.json")
        try world.volume.makeFolders(layout.work)
        try world.volume.replaceDurably(
            Array((notice.json.canonicalText + "\n").utf8), as: file)
        let (ending, said) = HookProgram.run(
            command, reading: file.string, seconds: configuration.notices.timeout)
        try world.volume.remove(file)
        let detail: String? =
            switch ending {
            case .status(0): nil
            case .status(let status): "exit \(status)"
            case .signal(let signal): "signal \(signal)"
            case .notStarted(let reason): Errno(rawValue: reason).description
            case .timedOut: "> \(configuration.notices.timeout) s"
            }
        return detail.map {
            let words = said.trimmed.isEmpty ? $0 : $0 + ": " + said.trimmed
            return Finding(
                .noticeCommand, .warning, subject: command,
                ["detail": words, "incident": String(notice.incident.number)])
        }
    }

    private func mail(_ notice: IncidentNotice) -> Telling {
        guard let mail = configuration.notices.mail else {
            return Telling(isTold: true, findings: [])
        }
        func finding(_ code: FindingCode, _ subject: String, _ detail: String) -> Finding {
            Finding(
                code, .warning, subject: subject,
                ["detail": detail, "incident": String(notice.incident.number)])
        }
        func untold(_ detail: String) -> Telling {
            Telling(isTold: false, findings: [finding(.noticeMail, mail.server, detail)])
        }
        do {
            // One who got it is enough: sent again, it would come to them at every run.
            return Telling(
                isTold: true,
                findings: try send(notice, by: mail).map {
                    finding(.noticeReceiver, $0.address, $0.reply)
                })
        } catch let failure as NetworkFailure {
            return untold("\(failure.reason.rawValue): \(failure.detail)")
        } catch let failure as ArchiveFailure {
            return untold(failure.reason.rawValue)
        } catch {
            return untold(FailureReport(describing: error).code)
        }
    }

    private func send(
        _ notice: IncidentNotice, by mail: NoticePolicy.Mail
    ) throws -> [RefusedReceiver] {
        let login = try mail.credentials.map { try noticeLogin(beside($0)) }
        return try SMTPClient.send(
            SMTPMessage(
                server: mail.server, from: mail.from, to: mail.to,
                bytes: notice.mail(from: mail.from, to: mail.to, at: world.now()),
                login: login, authorities: mail.roots.map { beside($0).string },
                timeout: mail.timeout))
    }

    private func beside(_ path: String) -> FilePath {
        FilePath(path).isAbsolute ? FilePath(path) : layout.root.pushing(FilePath(path))
    }

    /// Account and password of the mail server, of a file that nobody else may read.
    private func noticeLogin(_ file: FilePath) throws -> (user: String, password: String) {
        let failure = ArchiveFailure(.noticeCredentials, subject: file.string)
        guard let status = try world.volume.status(file), status.kind == .file,
            status.permissions & 0o077 == 0,
            let bytes = try world.volume.readIfSmall(file, limit: 4096)
        else { throw failure }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 2 || (lines.count == 3 && lines[2].isEmpty),
            !lines[0].isEmpty, !lines[1].isEmpty
        else { throw failure }
        return (String(lines[0]), String(lines[1]))
    }
}

/// What came of telling somebody of an incident in one way.
private struct Telling {
    /// Whether at least one got the notice.
    let isTold: Bool
    let findings: [Finding]
}
