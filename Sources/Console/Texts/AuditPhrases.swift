/// What the commands of audits say.
package enum AuditPhrases {
    package static let stopped = Phrase(
        "  dừng trước khi đọc hết: luutru audit run{options} --resume",
        "  stopped before the end: luutru audit run{options} --resume")
    package static let stoppedForGood = Phrase(
        "  dừng trước khi đọc hết; lần sau đọc lại từ đầu",
        "  stopped before the end; the next run reads all of it anew")
    package static let lacking = Phrase(
        "  chưa đọc hết: còn thiếu phần", "  not all of it was read: parts are lacking")
    package static let earlier = Phrase(
        "  các phần trước của lần này: {checked} hồ sơ, hỏng {damaged}, {findings} phát hiện",
        "  earlier parts of this run: {checked} dossiers, {damaged} damaged, {findings} findings")
    package static let settled = Phrase(
        "  {count} phát hiện trong báo cáo đã cũ: sau đó chỗ ấy đã được sửa hoặc đọc lại, nay không hỏng",
        "  {count} findings of the reports are history: what they tell of was mended or read again since, and is right"
    )
    package static let outlook = Phrase(
        "{store}  đọc hết trong {days} ngày\n    {due} hồ sơ đến hạn, {dueBytes}; tất cả {bytes}\n    cần {needed} đêm ở {rate}/s, còn {left} đêm{missing}",
        "{store}  all to be read within {days} days\n    {due} dossiers due, {dueBytes}; {bytes} in all\n    takes {needed} nights at {rate}/s, {left} nights left{missing}"
    )
    package static let missing = Phrase(
        " · THIẾU {count} đêm: mở rộng window:, tăng rate: hoặc days: trong luutru.yaml",
        " · {count} nights SHORT: widen window:, raise rate: or days: in luutru.yaml")
    package static let oldest = Phrase(
        "    lâu nhất chưa đọc: {object}, {at}; phải đọc trước {deadline}",
        "    longest unread: {object}, {at}; to be read before {deadline}")
}
