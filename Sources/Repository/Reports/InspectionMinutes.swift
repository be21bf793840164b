import Records
import Retrieval

/// Fills the inspection minutes (biên bản kiểm tra, TT 05/2025) from what was done.
struct InspectionMinutes {
    private let report: ActivityReport
    private let words: MinutesWords

    init(_ report: ActivityReport, _ words: MinutesWords) {
        self.report = report
        self.words = words
    }

    func minutes(at now: Instant) -> Minutes {
        Minutes(
            agency: report.agencyName, heading: "BIÊN BẢN",
            subject: "Kiểm tra tài liệu lưu trữ số và cơ sở dữ liệu tài liệu lưu trữ",
            facts: [
                ("Kho lưu trữ", report.archive.text), ("Mã cơ quan", report.agencyCode),
                ("Kỳ kiểm tra", report.period),
                ("Khối lượng đang giữ", report.holding),
            ],
            sections: [summary, runs, repairs, incidents, conclusion],
            signers: ["Người lập biên bản", "Người vận hành hệ thống", "Lãnh đạo đơn vị"],
            made: now, software: Software.text, archive: report.archive)
    }

    private var summary: Minutes.Section {
        let stores = Dictionary(grouping: report.runs, by: \.store.text).sorted { $0.key < $1.key }
        let rows = stores.map { name, runs in
            let checked = runs.map(\.checked).saturatedSum
            let bytes = runs.map(\.bytes).saturatedSum
            let damaged = runs.map(\.damaged).saturatedSum
            return [
                name, String(runs.count), String(checked), String(bytes), String(damaged),
                runs.last?.ended.minutesText ?? "",
            ]
        }
        return Minutes.Section(
            "Nội dung kiểm tra: đọc lại từng byte, so với giá trị băm ghi lúc tiếp nhận",
            table: Minutes.Table(
                [
                    "Kho", "Số lần", "Lượt hồ sơ đã đọc", "Byte đã đọc", "Lượt hồ sơ hỏng",
                    "Lần cuối",
                ], rows, empty: "Không có lần kiểm tra nào trong kỳ."))
    }

    private var runs: Minutes.Section {
        Minutes.Section(
            "Các lần kiểm tra",
            table: Minutes.Table(
                [
                    "Bắt đầu", "Kết thúc", "Kho", "Phạm vi", "Hồ sơ", "Byte", "Hỏng", "Kết quả",
                    "Tài khoản",
                ],
                report.runs.map { run in
                    [
                        run.started.minutesText, run.ended.minutesText, run.store.text,
                        ActivityWords.scope(run.scope), String(run.checked), String(run.bytes),
                        String(run.damaged), ActivityWords.result(run), run.agent,
                    ]
                }, empty: "Không có."))
    }

    private var repairs: Minutes.Section {
        Minutes.Section(
            "Khôi phục",
            table: Minutes.Table(
                [
                    "Thời điểm", "Kho", "Hồ sơ (mã gói)", "Loại hỏng", "Kết quả", "Lấy từ kho",
                    "Tài khoản",
                ],
                report.repairs.map { repair in
                    [
                        repair.at.minutesText, repair.store.text,
                        repair.object?.text ?? "ngoài hồ sơ",
                        repair.kind.map { words.damage($0) } ?? "–",
                        IncidentMinutes.ending(repair.ending), repair.source ?? "–", repair.agent,
                    ]
                }, empty: "Không có lần khôi phục nào."))
    }

    private var incidents: Minutes.Section {
        Minutes.Section(
            "Sự cố",
            table: Minutes.Table(
                ["Số", "Kho", "Phát hiện", "Báo cáo", "Đóng", "Phát hiện lỗi", "Còn hỏng"],
                report.incidents.map { incident in
                    [
                        String(incident.number), incident.store, incident.opened.minutesText,
                        incident.reported?.minutesText ?? "chưa",
                        incident.closed?.minutesText ?? "đang mở", String(incident.findings),
                        String(incident.openDamage),
                    ]
                }, empty: "Không có sự cố nào."))
    }

    private var conclusion: Minutes.Section {
        let open = report.incidents.filter { $0.openDamage > 0 }.count
        let blank = String(repeating: ".", count: 110)
        let verdict =
            report.runs.isEmpty
            ? "Trong kỳ không có lần kiểm tra nào: chưa kết luận được."
            : open > 0
                ? "Còn \(open) sự cố chưa khắc phục xong."
                : "Mọi hỏng hóc phát hiện trong kỳ (nếu có) không còn mở lúc lập biên bản."
        return Minutes.Section("Kết luận, kiến nghị", [verdict, blank, blank])
    }
}

/// The backup log (nhật ký sao lưu, TT 05/2025): what each store took on each day.
struct BackupLog {
    private let report: ActivityReport

    init(_ report: ActivityReport) { self.report = report }

    func minutes(at now: Instant) -> Minutes {
        Minutes(
            agency: report.agencyName, heading: "NHẬT KÝ SAO LƯU",
            subject: "Sao lưu tài liệu lưu trữ số và cơ sở dữ liệu tài liệu lưu trữ",
            facts: [
                ("Kho lưu trữ", report.archive.text), ("Mã cơ quan", report.agencyCode),
                ("Kỳ ghi nhật ký", report.period), ("Khối lượng đang giữ", report.holding),
            ],
            sections: [backups, changes],
            signers: ["Người lập", "Người vận hành hệ thống"], made: now,
            software: Software.text, archive: report.archive)
    }

    private var backups: Minutes.Section {
        Minutes.Section(
            "Các ngày sao lưu, mỗi kho một dòng; mỗi lần đều có kho nhận xác nhận",
            table: Minutes.Table(
                [
                    "Ngày", "Kho nhận", "Vật mang", "Nơi đặt", "Số lần", "Phiên bản", "Byte",
                    "Từ", "Đến", "Tài khoản",
                ],
                report.backups.map { backup in
                    [
                        CivilDate(backup.day)?.slashedText ?? backup.day, backup.store.text,
                        backup.store.medium, backup.store.place, String(backup.receipts),
                        String(backup.versions), String(backup.bytes),
                        String(backup.first.minutesText.suffix(8)),
                        String(backup.last.minutesText.suffix(8)), backup.agent,
                    ]
                }, empty: "Không có lần sao lưu nào trong kỳ."))
    }

    private var changes: Minutes.Section {
        Minutes.Section(
            "Thay đổi kho bản sao, diễn tập khôi phục",
            table: Minutes.Table(
                ["Thời điểm", "Việc", "Kho", "Kết quả", "Tài khoản"],
                report.events.map { event in
                    [
                        event.at.minutesText, ActivityWords.event(event), event.store.text,
                        event.outcome, event.agent,
                    ]
                }, empty: "Không có."))
    }
}
