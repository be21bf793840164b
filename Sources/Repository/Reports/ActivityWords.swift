import Cataloging
import Records
import Retrieval

/// What the acts of a report are called in Vietnamese.
enum ActivityWords {
    static func scope(_ scope: String) -> String {
        switch scope {
        case AuditRun.everything: "toàn bộ"
        case AuditRun.due: "phần đến hạn"
        case "part": "một phần"
        case "objects": "hồ sơ được chọn"
        case "evidence": "gia hạn bằng chứng"
        default: scope
        }
    }

    static func result(_ run: ActivityReport.Run) -> String {
        let end = run.isComplete ? "" : ", chưa hết"
        return (run.hasFailed ? "CÓ LỖI" : "đạt") + end
    }

    static func event(_ event: ActivityReport.Event) -> String {
        switch (event.act, event.change) {
        case (LedgerAct.drill, _): "diễn tập khôi phục"
        case (_, "add"): "thêm kho bản sao"
        case (_, "retire"): "ngừng dùng kho bản sao"
        case (_, "promote"): "đưa bản sao lên làm kho chính"
        default: event.change.isEmpty ? event.act : event.change
        }
    }
}

extension ActivityReport {
    var period: String { "từ \(from.slashedText) đến hết \(to.slashedText)" }
    var holding: String { "\(dossiers) hồ sơ, \(documents) tài liệu, \(bytes) byte" }

    /// Everything as one table for spreadsheets, by kind and then by time.
    var table: Minutes.Table {
        var rows = runs.map { run in
            [
                "kiểm tra", run.started.utcSecondsText, run.ended.utcSecondsText, run.store.text,
                ActivityWords.scope(run.scope), String(run.checked), String(run.bytes),
                String(run.damaged), ActivityWords.result(run), run.agent,
            ]
        }
        rows += backups.map { backup in
            [
                "sao lưu", backup.first.utcSecondsText, backup.last.utcSecondsText,
                backup.store.text,
                backup.store.place, String(backup.versions), String(backup.bytes), "",
                "đã xác nhận",
                backup.agent,
            ]
        }
        rows += repairs.map { repair in
            [
                "khôi phục", repair.at.utcSecondsText, repair.at.utcSecondsText, repair.store.text,
                repair.object?.text ?? "", "1", String(repair.transferred), "",
                IncidentMinutes.ending(repair.ending), repair.agent,
            ]
        }
        rows += incidents.map { incident in
            [
                "sự cố", incident.opened.utcSecondsText, incident.closed?.utcSecondsText ?? "",
                incident.store, "số \(incident.number)", "", "", String(incident.findings),
                incident.isOpen ? "đang mở" : "đã đóng", "",
            ]
        }
        rows += events.map { event in
            [
                ActivityWords.event(event), event.at.utcSecondsText, event.at.utcSecondsText,
                event.store.text, "", "", "", "", event.outcome, event.agent,
            ]
        }
        return Minutes.Table(
            [
                "Việc", "Bắt đầu (UTC)", "Kết thúc (UTC)", "Kho", "Phạm vi, nơi đặt",
                "Hồ sơ, phiên bản", "Byte", "Hỏng, phát hiện", "Kết quả", "Tài khoản",
            ], rows, empty: "")
    }
}
