/// What the commands of incidents say.
package enum IncidentPhrases {
    package static let none = Phrase("Không có sự cố nào.", "There are no incidents.")
    package static let noneOpen = Phrase(
        "Không có sự cố nào đang mở; {closed} sự cố đã đóng: luutru incident list --all",
        "No incident is open; {closed} are closed: luutru incident list --all")
    package static let line = Phrase(
        "SỰ CỐ {number}  {state}\n    kho {store} · mở {opened} · hạn báo cáo {deadline}, {reported}\n    {findings} phát hiện, còn {damage} chỗ hỏng",
        "INCIDENT {number}  {state}\n    store {store} · opened {opened} · to be reported by {deadline}, {reported}\n    {findings} findings, {damage} still damaged"
    )
    package static let open = Phrase("ĐANG MỞ", "OPEN")
    package static let overdue = Phrase(
        "ĐANG MỞ, QUÁ HẠN BÁO CÁO", "OPEN, THE REPORT IS OVERDUE")
    package static let closed = Phrase("đã đóng {at}", "closed {at}")
    package static let unresolved = Phrase(
        "đã đóng {at}, còn hỏng hóc", "closed {at}, damage is left")
    package static let reported = Phrase("đã báo cáo {at}", "reported {at}")
    package static let unreported = Phrase("chưa báo cáo", "not reported")
    package static let act = Phrase(
        "    {at}  {change} · {agent}{text}", "    {at}  {change} · {agent}{text}")
    package static let damage = Phrase(
        "    {at}  {code}  {object} {path}", "    {at}  {code}  {object} {path}")
    package static let damageAgain = Phrase(
        "    {at}  {code}  {object} {path} · {count} lần, lần cuối {last}",
        "    {at}  {code}  {object} {path} · {count} times, last {last}")
    package static let repair = Phrase(
        "    {at}  sửa: {ending}  {object} · {source} · {agent}",
        "    {at}  repair: {ending}  {object} · {source} · {agent}")
    package static let repairAwaits = Phrase(
        "    {at}  sửa: {ending}  {object} · {source} · kho vắng mặt: {away} · {agent}",
        "    {at}  repair: {ending}  {object} · {source} · stores that were away: {away} · {agent}")
    package static let noted = Phrase(
        "ĐÃ GHI vào sự cố {number}", "NOTED in the incident {number}")
    package static let nowClosed = Phrase("ĐÃ ĐÓNG sự cố {number}", "CLOSED the incident {number}")
    package static let written = Phrase(
        "Đã ghi biên bản {path} · {bytes}", "Wrote the minutes {path} · {bytes}")
    package static let opened = Phrase(
        "  SỰ CỐ {numbers}: báo cáo trong 24 giờ; luutru incident show, luutru incident report",
        "  INCIDENT {numbers}: to be reported within 24 hours; luutru incident show, luutru incident report"
    )
    package static let noticed = Phrase(
        "Đã báo sự cố {numbers}", "Told of the incidents {numbers}")
    package static let standing = Phrase(
        "SỰ CỐ ĐANG MỞ: {count}, quá hạn báo cáo {overdue}: luutru incident list",
        "OPEN INCIDENTS: {count}, reports overdue {overdue}: luutru incident list")
}
