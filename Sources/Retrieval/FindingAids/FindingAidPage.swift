import Records

/// A finding aid as one page of HTML for paper A4: no script, no picture, nothing from a network.
struct FindingAidPage: FindingAidWriter {
    private let output: TextOutput
    private var hasTable = false
    private var count = 0

    init(_ output: TextOutput) { self.output = output }

    mutating func begin(_ aid: FindingAid) throws {
        let name = aid.entry.values[.name, default: aid.entry.code]
        try output.put(
            """
            <!DOCTYPE html>
            <html lang="vi">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(Self.escaped(aid.entry.code + " – " + name))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <header>
            <p class="agency">\(Self.escaped(aid.agencyName))</p>
            <h1>Mục lục hồ sơ</h1>
            <p class="fonds">\(Self.escaped(name))</p>
            <p class="code">Mã phông: \(Self.escaped(aid.entry.code))</p>
            </header>
            <table class="about">

            """)
        for (label, value) in aid.description {
            try output.put(
                "<tr><th scope=\"row\">\(Self.escaped(label))</th><td>\(Self.escaped(value))</td></tr>\n"
            )
        }
        try output.put(
            "</table>\n<p class=\"made\">Lập ngày \(Self.escaped(Self.day(aid.made)))"
                + " bằng \(Self.escaped(aid.software)) · \(Self.escaped(aid.identifier))</p>\n")
    }

    mutating func open(_ section: FindingAid.Section, isSeries: Bool) throws {
        try closeTable()
        let (tag, word) = isSeries ? ("h3", "Nhóm") : ("h2", "Mục lục")
        let name = section.name.isEmpty ? "" : " – " + section.name
        try output.put(
            "<\(tag)>\(word) \(Self.escaped(section.code + name))"
                + " <small>\(Self.escaped(Self.words(section.extent)))</small></\(tag)>\n")
    }

    mutating func close(isSeries: Bool) throws { try closeTable() }

    mutating func add(_ dossier: FindingAidDossier) throws {
        if !hasTable {
            try output.put(Self.tableHead)
            hasTable = true
        }
        count += 1
        let pages = [
            dossier.field(.numberOfPaper).isEmpty ? "" : dossier.field(.numberOfPaper) + " tờ",
            dossier.field(.numberOfPage).isEmpty ? "" : dossier.field(.numberOfPage) + " trang",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        let cells = [
            ("number", String(count)), ("code", dossier.dossier.code), ("", dossier.dossier.title),
            ("", dossier.dates), ("", dossier.period), ("number", String(dossier.documents)),
            ("", pages), ("", dossier.location), ("", dossier.field(.description)),
        ]
        let row = cells.map { name, text in
            (name.isEmpty ? "<td>" : "<td class=\"\(name)\">") + Self.escaped(text) + "</td>"
        }
        try output.put("<tr>" + row.joined() + "</tr>\n")
    }

    mutating func end() throws {
        try closeTable()
        if count == 0 { try output.put("<p>Phông chưa có hồ sơ.</p>\n") }
        try output.put("</body>\n</html>\n")
    }

    private mutating func closeTable() throws {
        if hasTable { try output.put("</tbody></table>\n") }
        hasTable = false
    }

    /// How much stands somewhere, in words.
    static func words(_ extent: FindingAid.Extent) -> String {
        "\(extent.dossiers) hồ sơ · \(extent.documents) tài liệu · \(extent.size)"
    }

    private static func day(_ instant: Instant) -> String {
        CivilDate(instant.vietnamText.prefix(10))?.slashedText ?? ""
    }

    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { "<>&\"'".unicodeScalars.contains($0) }) else {
            return text.plain
        }
        var result = ""
        for character in text.plain.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static let tableHead = """
        <table class="dossiers">
        <colgroup><col class="w1"><col class="w2"><col class="w3"><col class="w4"><col class="w5"><col class="w6">\
        <col class="w7"><col class="w8"><col class="w9"></colgroup>
        <thead><tr><th>STT</th><th>Mã hồ sơ</th><th>Tiêu đề hồ sơ</th><th>Thời gian</th><th>Thời hạn</th>\
        <th>Số tài liệu</th><th>Số tờ, trang</th><th>Nơi để</th><th>Ghi chú</th></tr></thead>
        <tbody>

        """

    private static let style = """
        @page { size: A4 landscape; margin: 15mm 12mm 16mm 15mm;
          @bottom-right { content: "Trang " counter(page) "/" counter(pages); font: 9pt serif; } }
        body { font: 11pt/1.35 "Times New Roman", "Liberation Serif", "Tinos", serif; color: #000; margin: 0 auto;
          max-width: 270mm; }
        header { text-align: center; margin: 0 0 5mm; }
        .agency { text-transform: uppercase; font-weight: bold; margin: 0 0 4mm; }
        h1 { font-size: 16pt; text-transform: uppercase; margin: 0 0 1mm; }
        .fonds { font-size: 13pt; font-weight: bold; margin: 0; }
        .code { margin: 0; }
        .made { font-size: 9pt; margin: 2mm 0 5mm; }
        h2 { font-size: 13pt; margin: 6mm 0 2mm; break-after: avoid; }
        h3 { font-size: 11.5pt; margin: 4mm 0 2mm; break-after: avoid; }
        small { font-weight: normal; font-size: 10pt; white-space: nowrap; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: 0.5pt solid #555; padding: 1mm 1.5mm; text-align: left; vertical-align: top;
          overflow-wrap: break-word; }
        .about th { width: 55mm; font-weight: bold; }
        .about td { white-space: pre-line; }
        .dossiers { table-layout: fixed; font-size: 10pt; }
        .dossiers thead { display: table-header-group; }
        .dossiers thead th { text-align: center; vertical-align: middle; background: #eee;
          print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .dossiers tr { break-inside: avoid; }
        .number { text-align: right; }
        .w1 { width: 11mm; } .w2 { width: 45mm; } .w4 { width: 27mm; } .w5 { width: 19mm; } .w6 { width: 15mm; }
        .w7 { width: 20mm; } .w8 { width: 29mm; } .w9 { width: 34mm; }
        @media screen { body { padding: 8mm; } }
        """
}
