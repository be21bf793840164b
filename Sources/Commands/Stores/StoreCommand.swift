import ArgumentParser
import Console
import Records
import Repository

/// `luutru store`: the stores that keep copies beside the primary one.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Kho bản sao · Stores that keep copies.",
        discussion: HelpText.discussion(""),
        subcommands: [
            Add.self, List.self, Check.self, Sync.self, Retire.self, Promote.self,
        ])

    /// `luutru store list`: every store, whether it is there, and what it lacks.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Các kho bản sao · Every store and what it lacks.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                let standings = try archive.storeStandings()
                if standings.isEmpty, !face.isJSON { face.note(CopyPhrases.none) }
                for standing in standings {
                    face.give(
                        "store", StoreReport.json(standing),
                        text: StoreReport.text(standing, face.language))
                }
                let ending = try archive.catalogLag() > 0 ? ExitStatus.incomplete : .done
                guard let copies = try archive.copyStanding() else { return ending }
                for finding in StoreReport.findings(of: copies) {
                    face.give(
                        "finding", finding.json(face.language), text: finding.text(face.language))
                }
                return copies.counts.overdue > 0 ? .findings : ending
            }
        }
    }

    /// `luutru store sync`: brings stores up to date.
    struct Sync: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sync", abstract: "Chép phần còn thiếu · Bring stores up to date.",
            discussion: HelpText.discussion(
                "Không nêu tên thì mọi kho bản sao. Kho vắng mặt thì chờ lần sau (mã 3)."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Tên kho bản sao · Names of stores.") var names: [String] = []

        func run() throws {
            try common.run { face in
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let reports = try common.write(face) { archive in
                    try archive.syncStores(names, progress: { progress.add(bytes: $0) })
                }
                progress.finish()
                for report in reports {
                    face.give(
                        "storeSynced", StoreReport.json(report, face.language),
                        text: StoreReport.text(report, face.language))
                }
                return StoreReport.ending(reports)
            }
        }
    }

    /// `luutru store check`: looks through stores without reading the bundles.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Xem nhanh kho bản sao · Look through stores without reading the bundles.",
            discussion: HelpText.discussion("Đọc từng tệp: luutru audit run --store TÊN."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Tên kho bản sao · Names of stores.") var names: [String] = []

        func run() throws {
            try common.run { face in
                let checks = try common.openToRead(face).checkStores(names)
                for check in checks {
                    face.give(
                        "storeChecked", StoreReport.json(check, face.language),
                        text: StoreReport.text(check, face.language))
                }
                let findings = checks.flatMap(\.findings)
                if findings.containsErrors { return .findings }
                return findings.isEmpty ? .done : .incomplete
            }
        }
    }
}
