import Records

/// A finding aid as a table: UTF-8 with a byte order mark, RFC 4180, headings in Vietnamese.
struct FindingAidCSV: FindingAidWriter {
    private let output: TextOutput
    private var fonds = ""
    private var inventory: FindingAid.Section?
    private var series: FindingAid.Section?
    private var count = 0

    private static let headings = [
        "STT", "Mã phông", "Mục lục", "Tên mục lục", "Nhóm", "Tên nhóm", "Mã hồ sơ",
        "Tiêu đề hồ sơ", "Bắt đầu", "Kết thúc", "Thời hạn lưu trữ", "Chế độ sử dụng", "Ngôn ngữ",
        "Số tài liệu", "Số trang", "Số tờ", "Nơi để", "Từ khóa", "Mã hồ sơ gốc giấy", "Ghi chú",
        "Mã gói",
    ]

    init(_ output: TextOutput) { self.output = output }

    mutating func begin(_ aid: FindingAid) throws {
        fonds = aid.entry.code
        // Without the mark, spreadsheets take the text for one in their own old code page.
        try output.put("\u{FEFF}")
        try row(Self.headings)
    }

    mutating func open(_ section: FindingAid.Section, isSeries: Bool) throws {
        if isSeries { series = section } else { inventory = section }
    }

    mutating func close(isSeries: Bool) throws {
        if isSeries { series = nil } else { inventory = nil }
    }

    mutating func add(_ dossier: FindingAidDossier) throws {
        count += 1
        try row([
            String(count), fonds, inventory?.code ?? "", inventory?.name ?? "",
            series?.code ?? "", series?.name ?? "", dossier.dossier.code, dossier.dossier.title,
            dossier.field(.startDate), dossier.field(.endDate), dossier.period, dossier.access,
            dossier.language, String(dossier.documents), dossier.field(.numberOfPage),
            dossier.field(.numberOfPaper), dossier.location, dossier.field(.keyword),
            dossier.field(.paperFileCode), dossier.field(.description), dossier.object.text,
        ])
    }

    mutating func end() throws {}

    private func row(_ cells: [String]) throws {
        try output.put(cells.map { Self.cell($0) }.joined(separator: ",") + "\r\n")
    }

    /// A cell that no spreadsheet takes for a formula.
    static func cell(_ text: String) -> String {
        var text = text.plain
        if text.utf8.contains(0x0A) { text = text.replacing("\n", with: " ") }
        let first = text.unicodeScalars.first { !blanks.contains($0) }
        if let first, formulaSigns.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x3B }) else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private static let blanks: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{FEFF}"]
    /// Those that begin a formula, also as wide letters; the last stands for a control character.
    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "＝", "＋", "－", "＠", "\u{FFFD}",
    ]
}
