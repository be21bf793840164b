import Records

/// What failures and findings of the registers say: of fonds, inventories, accessions.
package enum RegisterTexts {
    private static func text(
        _ vietnamese: String, _ remedyVietnamese: String, _ english: String, _ remedyEnglish: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVietnamese), en: .init(english, remedyEnglish))
    }

    /// Texts of failures by code.
    package static let failures: [String: FindingText] = [
        "LT-REGISTER-UNKNOWN": text(
            "chưa đăng ký {subject}{nearest}", "xem danh sách: luutru {register} list",
            "{subject} is not registered{nearest}", "look at the list: luutru {register} list"),
        "LT-REGISTER-NOT-YET": text(
            "{subject} chưa có vào ngày {day}", "chọn ngày muộn hơn, hoặc bỏ --as-of, --from, --on",
            "{subject} was not there yet on {day}", "choose a later day, or leave the date out"),
        "LT-REGISTER-SEVERAL": text(
            "có nhiều mục mang mã {subject}: {nearest}",
            "nêu phông bằng --fonds, hoặc dùng mã định danh urn:uuid:…",
            "several entries have the code {subject}: {nearest}",
            "name the fonds with --fonds, or use the identifier urn:uuid:…"),
        "LT-REGISTER-CODE-TAKEN": text(
            "mã {subject} là, hoặc đã từng là, mã của {holder}",
            "chọn mã khác: một mã chỉ chỉ một đối tượng, cả mã cũ",
            "the code {subject} is, or once was, that of {holder}",
            "choose another: a code names one thing only, old codes too"),
        "LT-REGISTER-FIELD": text(
            "{subject} ({vietnamese}): {fault}",
            "sửa giá trị; dài nhất {length} ký tự ({rule}){form}",
            "{subject} ({vietnamese}): {fault}",
            "correct the value; at most {length} characters ({rule}){form}"),
        "LT-REGISTER-CYCLE": text(
            "{subject} không thể ở trên hoặc sau {other}: đường đi quay về chính nó",
            "xem cây phông: luutru list --tree; chọn phông khác",
            "{subject} cannot be above or after {other}: the way leads back to itself",
            "look at the tree: luutru list --tree; choose another fonds"),
        "LT-REGISTER-UNCHANGED": text(
            "{subject} đã đúng như vậy, không có gì để ghi",
            "xem: luutru {register} show {subject}",
            "{subject} is already so, nothing was written", "see: luutru {register} show {subject}"),
        "LT-REGISTER-LOST": text(
            "{subject} mất, bị sửa hoặc chưa có trong danh mục: mã ghi trong đó có thể bị cấp lần nữa",
            "khôi phục {subject} từ bản sao, rồi chạy: luutru catalog rebuild",
            "{subject} is gone, changed or not in the catalog: a code that it gave could be given again",
            "restore {subject} from a copy, then run: luutru catalog rebuild"),
        "LT-REGISTER-TOO-MUCH": text(
            "một lần thay đổi đụng tới quá nhiều mục của {subject}", "chia thành nhiều lần nhỏ hơn",
            "one change touches too much of {subject}", "divide it into smaller ones"),
    ]
}
