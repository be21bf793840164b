import ArgumentParser
import Console
import Records
import Repository

/// `luutru search`: finds documents and dossiers by words, with or without dấu.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Tìm hồ sơ, tài liệu · Find dossiers and documents.",
        discussion: HelpText.discussion(
            "Gõ có dấu hay không dấu đều được; \"…\" tìm cả cụm, * ở cuối từ tìm phần đầu của từ."))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Từ cần tìm · Words.") var words: [String] = []
    @Option(name: .long, help: "Từ ngày · From date: 2024-01-01, 01/2024, 2024.") var from: String?
    @Option(name: .long, help: "Đến ngày · To date.") var to: String?
    @Option(name: .long, help: "Cơ quan ban hành · Issuing agency.") var organ: String?
    @Option(name: .long, help: "Loại tài liệu, mã hoặc tên · Type, code or name.") var type: String?
    @Option(name: .long, help: "Số, ký hiệu · Number and sign: 1123/QĐ-UBND.") var number: String?
    @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?
    @Option(name: .long, help: "Số kết quả nhiều nhất · At most so many hits.") var limit = 20
    @Option(name: .long, help: "Thứ tự · Order: newest | relevance.") var sort: SortOrder = .newest

    /// The two orders of hits.
    enum SortOrder: String, ExpressibleByArgument, CaseIterable {
        case newest, relevance
    }

    func run() throws {
        try common.run { face in
            let archive = try common.openToRead(face)
            let hits = try archive.search(try request())
            for hit in hits { Self.give(hit, to: face) }
            if hits.isEmpty { face.note(Phrases.noHits) }
            return .done
        }
    }

    private func request() throws -> SearchRequest {
        var request = SearchRequest()
        request.words = words.joined(separator: " ")
        request.from = try from.map { try Self.date($0, "--from") }
        request.to = try to.map { try Self.date($0, "--to") }
        request.organ = organ
        request.type = type
        request.number = number
        request.fonds = fonds
        guard (1...10_000).contains(limit) else {
            throw ArchiveFailure(.usage, subject: "--limit", ["detail": "--limit: 1…10000"])
        }
        request.limit = limit
        request.isRanked = sort == .relevance
        return request
    }

    private static func date(_ text: String, _ option: String) throws -> CivilDate {
        guard let date = CivilDate(text) else {
            throw ArchiveFailure(
                .usage, subject: option,
                ["detail": "\(option): YYYY-MM-DD, DD/MM/YYYY, MM/YYYY, YYYY"])
        }
        return date
    }

    private static func give(_ hit: Hit, to face: Face) {
        let language = face.language
        let what =
            hit.document.map { Phrases.hitDocument.text(language, ["document": String($0)]) }
            ?? Phrases.hitDossier.text(language)
        let about = [hit.number, hit.issued, hit.organ].filter { !$0.isEmpty }.joined(
            separator: " · ")
        let matched = hit.matched.map { "\($0.field): \($0.text)" }.joined(separator: "; ")
        var lines = [
            "\(hit.object.text)  \(what)  \(hit.dossierCode)", "  " + SafeText.shown(hit.title),
        ]
        if !about.isEmpty { lines.append("  " + SafeText.shown(about)) }
        if !matched.isEmpty {
            lines.append(
                "  " + Phrases.matched.text(language, ["matched": SafeText.shown(matched)]))
        }
        var payload: [String: JSONValue] = [
            "dossier": [
                "id": .string(hit.object.text), "code": .string(hit.dossierCode),
                "title": .string(hit.dossierTitle),
            ],
            "title": .string(hit.title), "number": .string(hit.number),
            "issued": .string(hit.issued),
            "organ": .string(hit.organ),
            "matched": .array(
                hit.matched.map { ["field": .string($0.field), "text": .string($0.text)] }),
        ]
        payload["document"] = hit.document.map { .number(Int64($0)) } ?? .null
        face.give("hit", .object(payload), text: lines.joined(separator: "\n"))
    }
}
