package import Records

/// What findings and failures of incidents and their notices say.
package enum IncidentTexts {
    private static func text(
        _ vietnamese: String, _ remedyVi: String, _ english: String, _ remedyEn: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVi), en: .init(english, remedyEn))
    }

    package static let all: [FindingCode: FindingText] = [
        .noticeCommand: text(
            "chưa báo được sự cố {incident} bằng lệnh của cơ quan: {detail}",
            "sửa lệnh ở notify: trong luutru.yaml; lần chạy sau báo lại",
            "the program was not told of incident {incident}: {detail}",
            "mend the program under notify: in luutru.yaml; the next run tries again"),
        .noticeMail: text(
            "chưa gửi được thư báo sự cố {incident}: {detail}",
            "kiểm tra notify-mail: trong luutru.yaml và máy chủ thư; lần chạy sau gửi lại",
            "the mail about incident {incident} was not taken: {detail}",
            "check notify-mail: in luutru.yaml and the mail server; the next run tries again"),
        .noticeReceiver: text(
            "máy chủ thư không nhận địa chỉ này cho thư báo sự cố {incident}: {detail}; người khác đã nhận được",
            "sửa to: của notify-mail: trong luutru.yaml, tự báo cho người này",
            "the mail server refused this address for the mail about incident {incident}: {detail}; others got it",
            "correct to: of notify-mail: in luutru.yaml, and tell this one yourself"),
    ]

    package static let failures: [String: FindingText] = [
        "LT-NOTICE-CREDENTIALS": text(
            "tệp tài khoản thư {subject} không có, người khác đọc được, hoặc không đúng hai dòng",
            "ghi hai dòng: tài khoản, mật khẩu; chmod 600",
            "the mail account's file {subject} is missing, open to others, or not of two lines",
            "write two lines: account, password; chmod 600"),
        "LT-INCIDENT-UNKNOWN": text(
            "không có sự cố số {subject}", "xem luutru incident list",
            "there is no incident {subject}", "see luutru incident list"),
        "LT-INCIDENT-CLOSED": text(
            "sự cố {subject} đã đóng", "xem luutru incident show {subject}",
            "the incident {subject} is closed", "see luutru incident show {subject}"),
        "LT-INCIDENT-DAMAGE-OPEN": text(
            "sự cố {subject} còn {count} chỗ hỏng: không đóng",
            "chạy luutru repair --all rồi luutru audit run; không còn bản lành thì đóng với --unresolved",
            "the incident {subject} still has {count} pieces of damage: not closed",
            "run luutru repair --all, then luutru audit run; where no good copy is left, close it with --unresolved"
        ),
    ]
}

extension Catalogue {
    /// What a kind of finding says in Vietnamese, its facts left out, as minutes name it.
    package static func minutesWording(of code: FindingCode) -> String {
        guard let text = findings[code]?.vietnamese.explanation else { return code.text }
        var shown = text
        for name in Template.names(in: text) { shown = shown.replacing("{\(name)}", with: "…") }
        return shown
    }
}
