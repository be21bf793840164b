import ArgumentParser
import Console
import Records
import Repository

/// `luutru repair`: mends what audits noted, from copies that are right.
struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Sửa hỏng hóc từ bản sao · Mend damage from good copies.",
        discussion: HelpText.discussion(
            "Dùng ghi nhận của luutru audit run, không đọc lại cả kho. Tệp hỏng được giữ trong recovered/."
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var identifiers: IdentifierOptions
    @Flag(name: .long, help: "Mọi hỏng hóc đã ghi nhận · All damage that was noted.") var all =
        false
    @Flag(name: .long, help: "Chỉ phân loại, không ghi · Tell what is wrong, write nothing.")
    var dryRun = false

    func run() throws {
        try common.run { face in
            let names = try identifiers.names()
            guard all == names.isEmpty else {
                throw ArchiveFailure(
                    .usage, subject: "repair", ["detail": "ID… | --all"])
            }
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            var isBehind = false
            let report = try common.write(face, for: dryRun ? .reading : .auditing) { archive in
                isBehind = try archive.catalogLag() > 0
                return try archive.repair(names, isDryRun: dryRun) { progress.add(bytes: $0) }
            }
            progress.finish()
            RepairReportText.give(report, to: face)
            if report.hasLoss { return .findings }
            if dryRun, report.items.contains(where: { $0.ending == .repairable }) {
                return .findings
            }
            return report.isComplete && !isBehind ? .done : .incomplete
        }
    }
}

/// How repairs are shown.
enum RepairReportText {
    static func give(_ report: RepairReport, to face: Face) {
        if report.items.isEmpty, report.findings.isEmpty, !face.isJSON {
            face.note(RepairPhrases.nothing)
        }
        for item in report.items {
            face.give("repair", json(item, face.language), text: text(item, face.language))
        }
        for finding in report.findings {
            face.give("finding", finding.json(face.language), text: finding.text(face.language))
        }
    }

    private static func json(_ item: RepairItem, _ language: Language) -> JSONValue {
        [
            "store": .string(item.store), "object": item.object.map { .string($0.text) } ?? .null,
            "ending": .string(item.ending.rawValue),
            "kind": item.kind.map { .string($0.rawValue) } ?? .null,
            "transferred": .number(item.transferred),
            "source": item.source.map { .string($0) } ?? .null,
            "away": .array(item.away.map { .string($0) }),
            "remaining": .array(item.remaining.map { $0.json(language) }),
            "files": .array(
                item.damages.map { damage in
                    [
                        "path": .string(damage.path), "kind": .string(damage.kind.rawValue),
                        "segments": .array(damage.segments.map { .number($0) }),
                        "segmentCount": .number(damage.segmentCount),
                        "mendable": .boolean(damage.isMendable),
                        "mendedBefore": .boolean(damage.isMendedBefore),
                    ]
                }),
        ]
    }

    private static func text(_ item: RepairItem, _ language: Language) -> String {
        let phrase =
            switch item.ending {
            case .repaired: RepairPhrases.repaired
            case .repairable: RepairPhrases.repairable
            case .sound: RepairPhrases.sound
            case .noCopy: RepairPhrases.noCopy
            case .copyAway: RepairPhrases.copyAway
            // Nothing was read a second time where nothing could be read, or no bytes are at fault.
            case .unmended where item.damages.isEmpty: RepairPhrases.untouched
            case .unmended: RepairPhrases.unmended
            }
        let head = phrase.text(
            language,
            [
                "store": item.store,
                "object": item.object?.text ?? RepairPhrases.beside.text(language),
                "id": item.object?.text ?? "--all",
                "kind": RepairPhrases.kind(item.kind).text(language),
                "files": String(item.damages.count), "bytes": Progress.size(item.transferred),
                "source": item.source ?? "–", "away": item.away.joined(separator: ", "),
            ])
        let files = item.damages.prefix(20).map { damage in
            let segments =
                damage.segments.isEmpty
                ? ""
                : RepairPhrases.segments.text(
                    language,
                    [
                        "numbers": damage.segments.prefix(10).map { String($0) }.joined(
                            separator: " ")
                    ])
            return RepairPhrases.file.text(
                language,
                [
                    "path": SafeText.shown(damage.path),
                    "kind": RepairPhrases.kind(damage.kind).text(language), "segments": segments,
                    "before": damage.isMendedBefore ? RepairPhrases.before.text(language) : "",
                ])
        }
        return ([head] + files + remaining(item, language)).joined(separator: "\n")
    }

    /// What is still wrong, and what can be done about a primary ledger that is.
    private static func remaining(_ item: RepairItem, _ language: Language) -> [String] {
        let ofLedger: Set<FindingCode> = [
            .ledgerInconsistent, .ledgerEntryWrong, .ledgerShrunk, .ledgerFork,
        ]
        let isLedger =
            item.store == ArchiveLayout.firstStore
            && item.remaining.contains { ofLedger.contains($0.code) }
        return item.remaining.prefix(20).map { $0.text(language) }
            + (isLedger ? [RepairPhrases.promote.text(language)] : [])
    }
}
