import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

extension AuditCommand {
    /// `luutru audit report`: inspection minutes and backup log of some days.
    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "Biên bản kiểm tra, nhật ký sao lưu · Inspection minutes, backup log.",
            discussion: HelpText.discussion(
                "HTML tự đủ, in khổ A4; CSV cho bảng tính. Không có -o thì ghi ra màn hình; không bao giờ ghi đè."
            ))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Từ ngày · First day.") var from: String
        @Option(name: .long, help: "Đến hết ngày · Last day.") var to: String
        @Flag(name: .long, help: "Cả hai, HTML · Both, HTML.") var html = false
        @Flag(name: .long, help: "Bảng tính · A table.") var csv = false
        @Option(name: .long, help: "Một mẫu · One form: kiem-tra | sao-luu.") var form: String?
        @Option(name: .shortAndLong, help: "Tệp đích · Target file.") var output: String?

        func run() throws {
            try common.run { face in
                let form = try chosenForm()
                guard let from = try RegisterDay.parse(from, "--from"),
                    let to = try RegisterDay.parse(to, "--to")
                else { return .usage }
                let archive = try common.openToRead(face)
                let report = try archive.activity(from: from, to: to)
                guard let output else {
                    let text = archive.text(of: report, as: form, IncidentReport.words)
                    face.give("activity", ActivityJSON.json(report), text: text)
                    return .done
                }
                guard output != "-", !output.isEmpty else {
                    throw ArchiveFailure(
                        .usage, subject: output, ["detail": "-o: một tệp · a file"])
                }
                let path = FilePath(output).absolute
                let bytes = try archive.write(
                    report: archive.text(of: report, as: form, IncidentReport.words), to: path)
                face.give(
                    "minutes",
                    [
                        "path": .string(path.string), "form": .string(form.rawValue),
                        "bytes": .number(bytes),
                    ],
                    text: IncidentPhrases.written.text(
                        face.language,
                        ["path": SafeText.shown(path.string), "bytes": Progress.size(bytes)]))
                return .done
            }
        }

        private func chosenForm() throws -> ActivityForm {
            guard [html, csv, form != nil].count(where: { $0 }) <= 1 else {
                let detail =
                    "--html, --csv, --form: chỉ một trong ba; --csv là cả hai mẫu · "
                    + "one of them alone; --csv has both forms"
                throw ArchiveFailure(.usage, subject: "audit report", ["detail": detail])
            }
            guard let form else { return csv ? .table : .both }
            guard let chosen = ActivityForm(rawValue: form),
                chosen == .inspection || chosen == .backups
            else {
                throw ArchiveFailure(
                    .usage, subject: form,
                    ["detail": "--form \(form): kiem-tra | sao-luu"])
            }
            return chosen
        }
    }
}

/// The report of activity as programs read it.
enum ActivityJSON {
    static func json(_ report: ActivityReport) -> JSONValue {
        [
            "archive": .string(report.archive.text), "agencyName": .string(report.agencyName),
            "from": .string(report.from.isoText), "to": .string(report.to.isoText),
            "dossiers": .number(report.dossiers), "documents": .number(report.documents),
            "bytes": .number(report.bytes), "runs": .array(report.runs.map { json($0) }),
            "backups": .array(report.backups.map { json($0) }),
            "repairs": .array(report.repairs.map { json($0) }),
            "incidents": .array(report.incidents.map { IncidentReport.json($0) }),
            "events": .array(report.events.map { json($0) }),
        ]
    }

    private static func id(_ store: ActivityReport.Store) -> JSONValue {
        store.id.map { .string($0.text) } ?? .null
    }

    private static func json(_ run: ActivityReport.Run) -> JSONValue {
        [
            "started": .string(run.started.utcText), "ended": .string(run.ended.utcText),
            "store": .string(run.store.name), "storeId": id(run.store), "scope": .string(run.scope),
            "checked": .number(run.checked), "bytes": .number(run.bytes),
            "damaged": .number(run.damaged), "complete": .boolean(run.isComplete),
            "failed": .boolean(run.hasFailed), "agent": .string(run.agent),
        ]
    }

    private static func json(_ backup: ActivityReport.Backup) -> JSONValue {
        [
            "day": .string(backup.day), "store": .string(backup.store.name),
            "storeId": id(backup.store),
            "medium": .string(backup.store.medium), "place": .string(backup.store.place),
            "receipts": .number(backup.receipts), "versions": .number(backup.versions),
            "bytes": .number(backup.bytes), "first": .string(backup.first.utcText),
            "last": .string(backup.last.utcText), "agent": .string(backup.agent),
        ]
    }

    private static func json(_ repair: ActivityReport.Repair) -> JSONValue {
        [
            "at": .string(repair.at.utcText), "store": .string(repair.store.name),
            "storeId": id(repair.store),
            "object": repair.object.map { .string($0.text) } ?? .null,
            "kind": repair.kind.map { .string($0.rawValue) } ?? .null,
            "ending": repair.ending.map { .string($0.rawValue) } ?? .null,
            "source": repair.source.map { .string($0) } ?? .null,
            "transferred": .number(repair.transferred), "agent": .string(repair.agent),
        ]
    }

    private static func json(_ event: ActivityReport.Event) -> JSONValue {
        [
            "at": .string(event.at.utcText), "act": .string(event.act),
            "change": .string(event.change), "store": .string(event.store.name),
            "storeId": id(event.store),
            "outcome": .string(event.outcome), "agent": .string(event.agent),
        ]
    }
}
