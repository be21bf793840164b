import Records

/// The minutes of a drill, in Vietnamese, on a page that stands alone and prints on A4.
enum DrillPage {
    static func text(of report: DrillReport) -> String {
        """
        <!DOCTYPE html>
        <html lang="vi">
        <head>
        <meta charset="utf-8">
        <title>Biên bản diễn tập phục hồi dữ liệu</title>
        <style>\(style)</style>
        </head>
        <body>
        <p class="agency">\(escaped(report.agencyName))</p>
        <h1>BIÊN BẢN DIỄN TẬP PHỤC HỒI DỮ LIỆU</h1>
        <p>Bắt đầu: \(report.started.vietnamText). Kết thúc: \(report.finished.vietnamText).</p>
        <p>Kho lưu trữ: \(escaped(report.archive.text)). Người chạy: \(escaped(report.agent)). Hạt giống: \(report.seed).</p>
        <p>Số hồ sơ: \(report.dossiers.count), \(report.bytes) byte. Kho thật chỉ được đọc.</p>
        <p class="verdict">KẾT QUẢ: \(report.isPassed ? "ĐẠT" : "KHÔNG ĐẠT")</p>
        <h2>1. Hỏng hóc đã tạo trong kho diễn tập</h2>
        <table>
        <tr><th>Hỏng hóc</th><th>Phát hiện</th><th>Mã</th><th>Thời gian phát hiện</th><th>Khắc phục</th><th>Thời gian khắc phục</th></tr>
        \(report.trials.map(row).joined(separator: "\n"))
        </table>
        <h2>2. Lập lại mục lục</h2>
        <p>\(rebuilt(report))</p>
        <h2>3. Tài liệu đã phục hồi và đối chiếu</h2>
        <table>
        <tr><th>Hồ sơ</th><th>Tài liệu</th><th>Byte</th><th>SHA-256</th><th>Đúng</th><th>Thời gian</th></tr>
        \(report.restored.map(row).joined(separator: "\n"))
        </table>
        \(unrestored(report))
        <div class="signs"><p>Người thực hiện</p><p>Thủ trưởng đơn vị</p></div>
        </body>
        </html>

        """
    }

    private static let style = """
        @page { size: A4; margin: 20mm } body { font: 12pt serif; margin: 2em auto; max-width: 60em }
        h1 { font-size: 15pt; text-align: center } h2 { font-size: 12pt }
        table { border-collapse: collapse; width: 100%; font-size: 10pt }
        th, td { border: 1px solid; padding: 3pt; text-align: left; overflow-wrap: anywhere }
        .verdict { font-weight: bold } .signs { display: flex; justify-content: space-around; margin: 3em 0 6em }
        """

    private static func row(_ trial: DrillReport.Trial) -> String {
        cells([
            name(of: trial.harm), trial.isFound ? "có" : "KHÔNG",
            trial.codes.joined(separator: " "), seconds(trial.findMicroseconds),
            trial.isMended ? "có" : "KHÔNG", seconds(trial.mendMicroseconds),
        ])
    }

    private static func row(_ item: DrillReport.Restored) -> String {
        cells([
            item.object.text, item.document, String(item.bytes), item.sha256.hex,
            item.isRight ? "đúng" : "SAI", seconds(item.microseconds),
        ])
    }

    private static func rebuilt(_ report: DrillReport) -> String {
        guard !report.trials.isEmpty else { return "Không làm: không có hồ sơ nào lấy ra được." }
        let outcome = report.isRebuildEqual ? "giống hệt trước" : "KHÁC trước"
        return "\(seconds(report.rebuildMicroseconds)); \(outcome)."
    }

    /// What is damaged in the archive itself, with what is to be done; nothing where all was taken out.
    private static func unrestored(_ report: DrillReport) -> String {
        guard !report.unrestored.isEmpty else { return "" }
        let rows = report.unrestored.map { item in
            cells([
                item.object.text, item.codes.joined(separator: " "),
                item.commands.joined(separator: "; rồi "),
            ])
        }
        return """
            <h2>4. Hồ sơ hỏng trong kho chính, không phục hồi được từ đó</h2>
            <table>
            <tr><th>Hồ sơ</th><th>Mã</th><th>Việc cần làm</th></tr>
            \(rows.joined(separator: "\n"))
            </table>
            """
    }

    private static func cells(_ texts: [String]) -> String {
        "<tr>" + texts.map { "<td>" + escaped($0) + "</td>" }.joined() + "</tr>"
    }

    private static func name(of harm: DrillReport.Harm) -> String {
        switch harm {
        case .flip: "Một bit bị lật"
        case .cut: "Gói bị cắt ngắn"
        case .swap: "Hai tệp bị đổi chỗ"
        case .delete: "Hồ sơ bị xóa"
        case .staleStore: "Kho bản sao lùi về trạng thái cũ"
        case .rolledBackCatalog: "Mục lục lùi về trạng thái cũ"
        case .lostTile: "Mất cây băm của sổ cái"
        }
    }

    private static func seconds(_ microseconds: Int64) -> String {
        let milliseconds = max(0, microseconds) / 1000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000),\(String(repeating: "0", count: 3 - rest.count))\(rest) giây"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
