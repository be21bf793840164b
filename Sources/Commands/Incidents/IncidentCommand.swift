import ArgumentParser
import Console
import Records
import Repository

/// `luutru incident`: what audits found and people must answer for.
struct IncidentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident", abstract: "Sự cố · Incidents.",
        discussion: HelpText.discussion(
            "Kiểm tra thấy lỗi thì tự mở sự cố; luật buộc báo cáo trong 24 giờ."),
        subcommands: [List.self, Show.self, Note.self, Close.self, Report.self])

    /// `luutru incident list`: every incident, the newest first.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Các sự cố · Every incident.",
            discussion: HelpText.discussion("Mã 1 khi có sự cố đang mở."))

        @OptionGroup var common: CommonOptions
        @Flag(name: .long, help: "Cả sự cố đã đóng · Closed ones, too.") var all = false

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                let incidents = try archive.incidents(onlyOpen: !all)
                if incidents.isEmpty, !face.isJSON {
                    face.note(try Self.none(in: archive, face.language))
                }
                for incident in incidents {
                    face.give(
                        "incident", IncidentReport.json(incident),
                        text: IncidentReport.text(incident, face.language))
                }
                if incidents.contains(where: \.isOpen) { return .findings }
                return try archive.catalogLag() > 0 ? .incomplete : .done
            }
        }

        /// That none is open, and how many were closed.
        private static func none(in archive: Archive, _ language: Language) throws -> String {
            let closed = try archive.incidents(onlyOpen: false).count
            guard closed > 0 else { return IncidentPhrases.none.text(language) }
            return IncidentPhrases.noneOpen.text(language, ["closed": String(closed)])
        }
    }

    /// `luutru incident show`: one incident with all that the ledger tells of it.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Một sự cố · One incident.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Số sự cố · Number.") var number: Int64

        func run() throws {
            try common.run { face in
                let shown = try common.openToRead(face).incident(number)
                face.give(
                    "incidentShown", IncidentReport.json(shown),
                    text: IncidentReport.text(shown, face.language))
                return shown.listed.isOpen ? .findings : .done
            }
        }
    }

    /// `luutru incident note`: writes something down.
    struct Note: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "note", abstract: "Ghi chú · Write something down.",
            discussion: HelpText.discussion(
                "--reported: đã báo cáo cơ quan có thẩm quyền, nêu báo cáo ai và cách nào."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Số sự cố · Number.") var number: Int64
        @Argument(help: "Nội dung · Text.") var text: String
        @Flag(name: .long, help: "Đã báo cáo · It was reported.") var reported = false

        func run() throws {
            try common.run { face in
                try common.write(face, for: .auditing) {
                    try $0.noteIncident(number, text, isReport: reported)
                }
                face.give(
                    "incidentNoted",
                    ["number": .number(number), "reported": .boolean(reported)],
                    text: IncidentPhrases.noted.text(face.language, ["number": String(number)]))
                return .done
            }
        }
    }

    /// `luutru incident close`: the matter is done with.
    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close", abstract: "Đóng sự cố · Close an incident.",
            discussion: HelpText.discussion("Còn hỏng hóc thì bị từ chối (mã 4)."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Số sự cố · Number.") var number: Int64
        @Option(name: .long, help: "Lý do · Reason.") var reason: String
        @Flag(name: .long, help: "Dù còn hỏng hóc · Although damage is left.")
        var unresolved = false

        func run() throws {
            try common.run { face in
                try common.write(face, for: .auditing) {
                    try $0.closeIncident(number, because: reason, isUnresolved: unresolved)
                }
                face.give(
                    "incidentClosed", ["number": .number(number)],
                    text: IncidentPhrases.nowClosed.text(
                        face.language, ["number": String(number)]))
                return .done
            }
        }
    }
}
