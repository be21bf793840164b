/// What the commands of the ledger say.
package enum LedgerPhrases {
    package static let sound = Phrase(
        "SỔ CÁI NGUYÊN VẸN: {entries} mục, đã ký {signed}\n    gốc {root}",
        "LEDGER INTACT: {entries} entries, {signed} signed\n    root {root}")
    package static let wrong = Phrase(
        "SỔ CÁI SAI: {entries} mục, đã ký {signed}\n    gốc {root}",
        "LEDGER WRONG: {entries} entries, {signed} signed\n    root {root}")
    package static let checkpointDamaged = Phrase(
        "ĐIỂM KIỂM TRA HỎNG: {files}; sổ cái khớp → luutru ledger verify, rồi chuyển tệp ấy đi nơi khác",
        "CHECKPOINT DAMAGED: {files}; the ledger fits → luutru ledger verify, then move the file away"
    )
    package static let clockBehind = Phrase(
        "ĐỒNG HỒ MÁY CHẬM HƠN SỔ CÁI: mục cuối ghi lúc {at}; chưa ghi thêm được gì → chỉnh đồng hồ máy",
        "THE CLOCK STANDS BEFORE THE LEDGER'S LAST ENTRY of {at}: nothing can be entered → set the clock"
    )
    package static let catalogBehind = Phrase(
        "DANH MỤC CŨ HƠN SỔ CÁI {count} mục, điều ghi dưới đây có thể thiếu → luutru catalog check",
        "THE CATALOG LACKS {count} entries of the ledger, what follows may be incomplete → luutru catalog check"
    )
    package static let stamped = Phrase(
        "    dấu thời gian trên {size} mục: {at} {authority}",
        "    time-stamp over {size} entries: {at} {authority}")
    package static let lastShown = Phrase(
        "  điểm kiểm tra đưa ra ngoài: {at}", "  checkpoint shown outside: {at}")
    package static let lastOwn = Phrase(
        "  điểm kiểm tra chỉ có dấu thời gian dùng thử của kho, chưa ai bên ngoài thấy: {at}",
        "  checkpoint stamped by the own trial authority only, seen by nobody outside: {at}")
    package static let contradicted = Phrase(
        "NHÂN CHỨNG BIẾT MỘT SỔ CÁI KHÁC ({at}): luutru ledger verify",
        "THE WITNESS KNOWS ANOTHER LEDGER ({at}): luutru ledger verify")
    package static let lastFailed = Phrase(
        "  điểm kiểm tra CHƯA ra ngoài đủ, lần thử cuối {at}: luutru ledger witness",
        "  checkpoint NOT shown to all, last tried {at}: luutru ledger witness")
    package static let witnessed = Phrase(
        "ĐÃ ĐƯA RA NGOÀI điểm kiểm tra trên {size} mục: {reached}",
        "SHOWN OUTSIDE: the checkpoint over {size} entries: {reached}")
    package static let witnessedByItself = Phrase(
        "CHỈ nơi cấp dấu thời gian dùng thử của kho thấy điểm kiểm tra trên {size} mục, chưa ai bên ngoài",
        "ONLY the archive's own trial authority saw the checkpoint over {size} entries, nobody outside"
    )
    package static let notWitnessed = Phrase(
        "CHƯA ĐƯA RA NGOÀI ĐỦ: điểm kiểm tra trên {size} mục",
        "NOT SHOWN TO ALL: the checkpoint over {size} entries")
    package static let consistent = Phrase(
        "{to} mục nối tiếp đúng {from} mục cũ", "the {to} entries grew out of the old {from}")
    package static let inconsistent = Phrase(
        "{to} mục không nối tiếp {from} mục cũ",
        "the {to} entries did not grow out of the old {from}")
    package static let proved = Phrase(
        "mục {entry} nằm trong sổ cái {size} mục",
        "entry {entry} stands in the ledger of {size} entries")
    package static let none = Phrase("(không có mục nào)", "(no entry)")
    package static let signed = Phrase("đã ký {signed}", "{signed} signed")
}
