/// What the commands of copy stores say.
package enum CopyPhrases {
    package static let added = Phrase(
        "ĐÃ THÊM kho bản sao {name} ở {at}\n    {id}\n    chép hồ sơ vào: luutru store sync {name}",
        "ADDED the store {name} at {at}\n    {id}\n    copy the dossiers into it: luutru store sync {name}"
    )
    package static let none = Phrase(
        "Chưa có kho bản sao nào: luutru store add", "There are no stores yet: luutru store add")
    package static let line = Phrase(
        "{name}  {state}\n    {at} · {role} · {medium} · {place}\n    giữ {held} hồ sơ, thiếu {lacking}{since} · {ledger} · xác nhận gần nhất {last}",
        "{name}  {state}\n    {at} · {role} · {medium} · {place}\n    holds {held} dossiers, lacks {lacking}{since} · {ledger} · last receipt {last}"
    )
    package static let ledgerLags = Phrase(
        "sổ cái thiếu {lag} mục", "ledger lacks {lag} entries")
    package static let ledgerLeads = Phrase(
        "sổ cái biết thêm {lead} mục", "ledger knows {lead} entries more")
    package static let ledgerUnreadable = Phrase(
        "sổ cái không đọc được", "ledger cannot be read")
    package static let since = Phrase(" (từ {at})", " (since {at})")
    package static let ready = Phrase("SẴN SÀNG", "READY")
    package static let covered = Phrase(
        "SẴN SÀNG, THẺ CỦA KHO BỊ PHỦ: {detail}", "READY, ITS CARD IS COVERED: {detail}")
    package static let away = Phrase("VẮNG MẶT: {detail}", "AWAY: {detail}")
    package static let refused = Phrase(
        "BỊ TỪ CHỐI, xem tệp tài khoản: {detail}", "REFUSED, see the credentials' file: {detail}")
    package static let other = Phrase(
        "NHẦM Ổ ĐĨA: thấy {detail}", "ANOTHER DISK: found {detail}")
    package static let damaged = Phrase("HỎNG: {detail}", "DAMAGED: {detail}")
    package static let ahead = Phrase(
        "BIẾT NHIỀU HƠN KHO CHÍNH: {detail}", "KNOWS MORE THAN THE PRIMARY: {detail}")
    package static let fork = Phrase(
        "SỔ CÁI KHÁC KHO CHÍNH: {detail}", "ITS LEDGER IS NOT THE PRIMARY'S: {detail}")
    package static let unreadable = Phrase(
        "SỔ CÁI KHÔNG ĐỌC ĐƯỢC: {detail}", "ITS LEDGER CANNOT BE READ: {detail}")
    package static let synced = Phrase(
        "ĐỦ  {name}: chép thêm {taken} hồ sơ, {bytes}",
        "COMPLETE  {name}: {taken} dossiers copied, {bytes}")
    package static let unsynced = Phrase(
        "CHƯA ĐỦ  {name}: chép thêm {taken} hồ sơ, {bytes}, còn thiếu {lacking}",
        "NOT COMPLETE  {name}: {taken} dossiers copied, {bytes}, {lacking} lacking")
    package static let checked = Phrase(
        "{name}: xem {checked} hồ sơ, {wrong} sai",
        "{name}: {checked} dossiers looked at, {wrong} wrong")
    package static let retired = Phrase(
        "ĐÃ NGỪNG dùng kho bản sao {name}; không xóa gì trong đó\n    {successor}đọc lại {checked} hồ sơ, {bytes}",
        "RETIRED the store {name}; nothing in it was removed\n    {successor}{checked} dossiers read back, {bytes}"
    )
    package static let unretired = Phrase(
        "CHƯA NGỪNG kho bản sao {name}: {successor} chưa giữ đủ",
        "NOT RETIRED: the store {name} stays, for {successor} does not hold everything")
    package static let lastCopies = Phrase(
        "CHƯA NGỪNG kho bản sao {name}: bản lành cuối cùng của {count} hồ sơ nằm ở đó",
        "NOT RETIRED: the store {name} stays, for it has the last good copy of {count} dossiers")
    package static let lastFiles = Phrase(
        "CHƯA NGỪNG kho bản sao {name}: bản lành cuối cùng của {files} tệp ngoài hồ sơ nằm ở đó; chạy luutru repair --all trước",
        "NOT RETIRED: the store {name} stays, for it has the last good copy of {files} files beside the dossiers; run luutru repair --all first"
    )
    package static let noneGood = Phrase(
        "CHƯA NGỪNG kho bản sao {name}: mọi bản đã biết của {damaged} hồ sơ đều hỏng; chạy luutru repair --all trước",
        "NOT RETIRED: the store {name} stays, for every known copy of {damaged} dossiers is damaged; run luutru repair --all first"
    )
    package static let promoted = Phrase(
        "{name} NAY LÀ KHO CHÍNH, kỷ {epoch}; kho chính cũ đứng tên {former} trong stores:\n    còn thiếu {lacking} hồ sơ (xem tên và kích thước, chưa đọc từng gói), đã biết hỏng {damaged}",
        "{name} IS THE PRIMARY STORE NOW, epoch {epoch}; the old one is listed as {former}\n    dossiers it lacks: {lacking} (by names and sizes; no bundle was read), known to be damaged: {damaged}"
    )
    package static let abandoned = Phrase(
        "Việc đưa {name} lên làm kho chính đã bỏ dở: kho ấy không còn trong stores:",
        "The promotion of {name} that was begun is given up: the store is no longer listed in stores:"
    )
    package static let short = Phrase(
        "THIẾU BẢN SAO: {count} hồ sơ, {overdue} quá hạn: luutru store list",
        "SHORT OF COPIES: {count} dossiers, {overdue} overdue: luutru store list")
    package static let stores = Phrase(
        "  kho bản sao: {ready}/{count} sẵn sàng", "  stores: {ready} of {count} ready")
    package static let wrong = Phrase(
        "  KHO BẢN SAO SAI: {count} → xem luutru store check",
        "  STORES THAT ARE WRONG: {count} → see luutru store check")
}
