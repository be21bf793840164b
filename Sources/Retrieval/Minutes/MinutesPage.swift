import Records

/// Minutes as one page of HTML for paper A4: no script, no picture, nothing from a network.
package struct MinutesPage {
    private let documents: [Minutes]

    /// Several minutes follow each other, each on a new sheet.
    package init(_ documents: [Minutes]) { self.documents = documents }

    /// The whole page; equal minutes give equal bytes.
    package var text: String {
        let title = documents.map { $0.heading + " – " + $0.subject }.joined(separator: "; ")
        return """
            <!DOCTYPE html>
            <html lang="vi">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(Self.escaped(title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            \(documents.map { part($0) }.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private func part(_ minutes: Minutes) -> String {
        let facts = minutes.facts.map { label, value in
            "<tr><th scope=\"row\">\(Self.escaped(label))</th><td>\(Self.escaped(value))</td></tr>"
        }
        let signers = minutes.signers.map { signer in
            "<td>\(Self.escaped(signer))<br><small>(ký, ghi rõ họ tên)</small></td>"
        }
        return """
            <section>
            <header>
            <p class="agency">\(Self.escaped(minutes.agency))</p>
            <p class="nation"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b class="motto">Độc lập - Tự do - Hạnh phúc</b></p>
            </header>
            <p class="place">………………, ngày …… tháng …… năm ………</p>
            <h1>\(Self.escaped(minutes.heading))</h1>
            <p class="subject">\(Self.escaped(minutes.subject))</p>
            <table class="about">
            \(facts.joined(separator: "\n"))
            </table>
            \(minutes.sections.enumerated().map { section($1, $0 + 1) }.joined(separator: "\n"))
            <table class="hands"><tr>\(signers.joined())</tr></table>
            <p class="made">Lập từ sổ cái của kho lúc \(Self.escaped(minutes.made.minutesText)) bằng \
            \(Self.escaped(minutes.software)) · \(Self.escaped(minutes.archive.text))</p>
            </section>
            """
    }

    private func section(_ section: Minutes.Section, _ number: Int) -> String {
        let head = "<h2>\(number). \(Self.escaped(section.title))</h2>"
        let paragraphs = section.paragraphs.map { "<p>\(Self.escaped($0))</p>" }
        return ([head] + paragraphs + (section.table.map { [table($0)] } ?? []))
            .joined(separator: "\n")
    }

    private func table(_ table: Minutes.Table) -> String {
        guard !table.rows.isEmpty else { return "<p>\(Self.escaped(table.empty))</p>" }
        func row(_ cells: [String], _ tag: String) -> String {
            "<tr>" + cells.map { Self.cell($0, tag) }.joined() + "</tr>"
        }
        return "<table class=\"list\"><thead>\(row(table.head, "th"))</thead><tbody>\n"
            + table.rows.map { row($0, "td") }.joined(separator: "\n") + "\n</tbody></table>"
    }

    /// Only what is long, as paths and identifiers are, may be broken within a word.
    private static func cell(_ text: String, _ tag: String) -> String {
        let isShort = text.split(separator: " ").allSatisfy { $0.utf8.count <= 12 }
        let name = isShort ? " class=\"short\"" : ""
        return "<\(tag)\(name)>\(escaped(text))</\(tag)>"
    }

    private static func escaped(_ text: String) -> String { FindingAidPage.escaped(text) }

    private static let style = """
        @page { size: A4; margin: 20mm 15mm 20mm 25mm;
          @bottom-right { content: "Trang " counter(page) "/" counter(pages); font: 9pt serif; } }
        body { font: 12pt/1.4 "Times New Roman", "Liberation Serif", "Tinos", serif; color: #000; margin: 0 auto;
          max-width: 170mm; }
        header { display: flex; justify-content: space-between; gap: 6mm; text-align: center; font-size: 11pt; }
        header p { margin: 0; flex: 1; }
        header .nation { flex: 1.6; }
        .agency { text-transform: uppercase; font-weight: bold; }
        .motto { border-bottom: 0.7pt solid #000; }
        .place { text-align: right; font-style: italic; margin: 4mm 0; }
        h1 { font-size: 15pt; text-align: center; margin: 0; }
        .subject { text-align: center; font-weight: bold; margin: 0 0 4mm; }
        h2 { font-size: 12pt; margin: 4mm 0 1.5mm; break-after: avoid; }
        p { margin: 1mm 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; }
        .about th, .about td, .list th, .list td { border: 0.5pt solid #555; padding: 1mm 1.5mm; text-align: left;
          vertical-align: top; overflow-wrap: anywhere; }
        .about th { width: 48mm; }
        .list { font-size: 9.5pt; }
        .list thead { display: table-header-group; }
        .list thead th { background: #eee; print-color-adjust: exact; -webkit-print-color-adjust: exact;
          overflow-wrap: normal; }
        .list .short { overflow-wrap: normal; }
        tr { break-inside: avoid; }
        .hands { margin: 8mm 0 24mm; }
        .hands td { text-align: center; font-weight: bold; vertical-align: top; }
        .hands small { font-weight: normal; font-style: italic; }
        .made { font-size: 8.5pt; color: #333; }
        section + section { break-before: page; }
        @media screen { body { padding: 8mm; } section + section { border-top: 1pt solid #555; padding-top: 6mm; } }
        """
}
