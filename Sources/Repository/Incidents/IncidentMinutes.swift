import Files
package import Records
import Retrieval
package import SystemPackage

/// What kinds of damage and findings are called in minutes; the faces know.
package struct MinutesWords: Sendable {
    package let damage: @Sendable (DamageKind) -> String
    package let finding: @Sendable (FindingCode) -> String

    package init(
        damage: @escaping @Sendable (DamageKind) -> String,
        finding: @escaping @Sendable (FindingCode) -> String
    ) {
        self.damage = damage
        self.finding = finding
    }
}

extension Archive {
    /// The minutes of an incident and its recovery (biên bản sự cố và khôi phục, TT 05/2025) as a page of HTML.
    package func incidentPage(_ number: Int64, _ words: MinutesWords) throws -> String {
        let shown = try incident(number)
        return MinutesPage([IncidentMinutes(shown, words).minutes(at: world.now())]).text
    }

    /// Writes a report to a new file outside the archive; never over another one.
    package func write(report text: String, to path: FilePath) throws -> Int64 {
        let parent = path.removingLastComponent()
        guard try world.volume.status(parent)?.kind == .folder else {
            throw ArchiveFailure(
                .usage, subject: parent.string,
                ["detail": "không có thư mục · no folder \(parent.string)"])
        }
        try ExportTarget.requireOutside(path, volume: world.volume)
        do {
            return try MinutesFile.write(text, to: path, volume: world.volume)
        } catch DeliveryFailure.targetExists(let path) {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }
}

/// Fills the minutes of one incident.
struct IncidentMinutes {
    private let shown: ShownIncident
    private let words: MinutesWords

    init(_ shown: ShownIncident, _ words: MinutesWords) {
        self.shown = shown
        self.words = words
    }

    func minutes(at now: Instant) -> Minutes {
        let listed = shown.listed
        return Minutes(
            agency: shown.agencyName, heading: "BIÊN BẢN",
            subject: "Sự cố và khôi phục dữ liệu tài liệu lưu trữ số, sự cố số \(listed.number)",
            facts: [
                ("Kho lưu trữ", shown.archive.text), ("Mã cơ quan", shown.agencyCode),
                ("Kho xảy ra sự cố", listed.store),
                ("Thời điểm phát hiện", listed.opened.minutesText),
                ("Hạn báo cáo (24 giờ)", listed.deadline.minutesText),
                ("Đã báo cáo", listed.reported?.minutesText ?? "chưa"),
                ("Tình trạng", state),
            ],
            sections: [found, repaired, course, assessment],
            signers: ["Người lập biên bản", "Người vận hành hệ thống", "Lãnh đạo đơn vị"],
            made: now, software: Software.text, archive: shown.archive)
    }

    private var state: String {
        let listed = shown.listed
        guard let closed = listed.closed else {
            return "đang mở, còn \(listed.openDamage) chỗ hỏng"
        }
        return "đã đóng lúc " + closed.minutesText
            + (listed.isUnresolved ? ", còn hỏng hóc không khắc phục được" : "")
    }

    private var found: Minutes.Section {
        let dossiers = Set(shown.damages.compactMap(\.object)).count
        let rows = shown.damages.map { damage in
            [
                damage.at.minutesText, damage.last.minutesText, "\(damage.count)",
                damage.object?.text ?? "–", damage.path, damage.code.text,
                words.finding(damage.code),
            ]
        }
        let total = shown.listed.findings
        let isCut = rows.count == ShownIncident.mostDamages
        let more = isCut ? " Bảng ghi \(rows.count) chỗ hỏng đầu." : ""
        return Minutes.Section(
            "Diễn biến, thiệt hại: những gì kiểm tra phát hiện",
            [
                "\(total) phát hiện của mọi lần kiểm tra, \(rows.count) chỗ hỏng ở \(dossiers) hồ sơ."
                    + more
            ],
            table: Minutes.Table(
                [
                    "Lần đầu", "Lần cuối", "Số lần", "Hồ sơ (mã gói)", "Tệp", "Mã lỗi",
                    "Nội dung",
                ], rows,
                empty: "Không có phát hiện nào."))
    }

    private var repaired: Minutes.Section {
        let rows = shown.repairs.map { repair in
            let mended = repair.files.count(where: \.isMended)
            return [
                repair.at.minutesText, repair.object?.text ?? "ngoài hồ sơ",
                repair.kind.map { words.damage($0) } ?? "–",
                "\(mended)/\(repair.files.count)", Self.source(repair),
                "\(repair.transferred)", Self.ending(repair.ending), repair.agent,
            ]
        }
        return Minutes.Section(
            "Biện pháp và kết quả khôi phục",
            table: Minutes.Table(
                [
                    "Thời điểm", "Hồ sơ (mã gói)", "Loại hỏng", "Tệp đã sửa", "Lấy từ kho",
                    "Byte đã lấy", "Kết quả", "Tài khoản",
                ], rows, empty: "Chưa có lần khôi phục nào được ghi trong sổ cái."))
    }

    private var course: Minutes.Section {
        Minutes.Section(
            "Quá trình xử lý",
            table: Minutes.Table(
                ["Thời điểm", "Việc", "Tài khoản", "Nội dung"],
                shown.acts.map { act in
                    [act.at.minutesText, Self.word(act), act.agent, Self.text(act)]
                }, empty: ""))
    }

    /// What no machine can know.
    private var assessment: Minutes.Section {
        let blank = String(repeating: ".", count: 110)
        return Minutes.Section(
            "Nguyên nhân, kiến nghị và ý kiến của các bên", [blank, blank, blank])
    }

    /// The store that gave right bytes, and those that were away and hold them.
    private static func source(_ repair: ShownIncident.Repair) -> String {
        let away = repair.away.isEmpty ? nil : "vắng: " + repair.away.joined(separator: ", ")
        let known = [repair.source, away].compactMap { $0 }
        return known.isEmpty ? "–" : known.joined(separator: "; ")
    }

    static func ending(_ ending: RepairItem.Ending?) -> String {
        switch ending {
        case .repaired: "đã sửa, đọc lại đúng"
        case .repairable: "sửa được, chưa sửa"
        case .sound: "nay đã đúng, không phải sửa"
        case .unmended: "chưa sửa được, còn hỏng"
        case .noCopy: "KHÔNG CÒN BẢN LÀNH, giữ nguyên"
        case .copyAway: "chưa sửa được, kho giữ bản sao đang vắng mặt"
        case nil: "–"
        }
    }

    private static func word(_ act: ShownIncident.Act) -> String {
        switch act.change {
        case "open": "mở sự cố"
        case "note": act.count == nil ? "ghi chú" : "kiểm tra lại"
        case "notice": act.way == "mail" ? "thông báo qua thư" : "thông báo qua lệnh"
        case "close": "đóng sự cố"
        default: act.change
        }
    }

    private static func text(_ act: ShownIncident.Act) -> String {
        [act.text, act.count.map { "\($0) phát hiện" }].compactMap { $0 }.joined(separator: "; ")
    }
}
