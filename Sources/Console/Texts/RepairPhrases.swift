package import Repository

/// What the command of repairs says.
package enum RepairPhrases {
    package static let nothing = Phrase(
        "Không có hỏng hóc nào đang mở: luutru audit run tìm trước khi sửa.",
        "No damage is open: luutru audit run finds it before it is mended.")
    package static let repaired = Phrase(
        "ĐÃ SỬA  {store}: {object}\n    {kind}; {files} tệp, lấy {bytes} từ {source}",
        "REPAIRED  {store}: {object}\n    {kind}; {files} files, {bytes} taken from {source}")
    package static let repairable = Phrase(
        "SỬA ĐƯỢC  {store}: {object}\n    {kind}; {files} tệp: luutru repair {id}",
        "CAN BE REPAIRED  {store}: {object}\n    {kind}; {files} files: luutru repair {id}")
    package static let sound = Phrase(
        "LÀNH  {store}: {object}\n    {kind}", "SOUND  {store}: {object}\n    {kind}")
    package static let noCopy = Phrase(
        "KHÔNG CÒN BẢN LÀNH  {store}: {object}\n    {kind}; {files} tệp. KHÔNG XÓA GÌ: tìm bản sao lưu cũ, bản xuất, bản in; lập biên bản sự cố",
        "NO GOOD COPY IS LEFT  {store}: {object}\n    {kind}; {files} files. DELETE NOTHING: look for old backups, exports, paper; report the incident"
    )
    package static let copyAway = Phrase(
        "KHO GIỮ BẢN SAO VẮNG MẶT  {store}: {object}\n    {kind}; {files} tệp. Chưa hỏi được kho {away}: gắn lại, rồi luutru repair {id}",
        "A COPY IS AWAY  {store}: {object}\n    {kind}; {files} files. Not asked: {away}. Mount it, then luutru repair {id}"
    )
    package static let unmended = Phrase(
        "CÒN SAI, KHÔNG PHẢI DO BYTE HỎNG  {store}: {object}\n    {kind}; {files} tệp",
        "STILL WRONG, AND NOT BY DAMAGED BYTES  {store}: {object}\n    {kind}; {files} files")
    package static let untouched = Phrase(
        "CÒN SAI, KHÔNG SỬA GÌ  {store}: {object}",
        "STILL WRONG, NOTHING WAS MENDED  {store}: {object}")
    package static let promote = Phrase(
        "    Sổ cái của kho chính không tự sửa: nếu một bản sao còn đúng, luutru store promote TÊN --reason …",
        "    The primary ledger is never mended: where a copy is right, luutru store promote NAME --reason …"
    )
    package static let beside = Phrase(
        "sổ cái, chính sách, chi tiết, bằng chứng", "ledger, policy, details, evidence")
    package static let file = Phrase(
        "    {path}: {kind}{segments}{before}", "    {path}: {kind}{segments}{before}")
    package static let before = Phrase(
        " · đã sửa từ trước, do lần chạy bị ngắt hoặc do store sync",
        " · mended before, by a run that was cut short or by a sync")
    package static let segments = Phrase(" · MiB {numbers}", " · MiB {numbers}")

    /// What a kind of damage is called.
    package static func kind(_ kind: DamageKind?) -> Phrase {
        switch kind {
        case .transient:
            Phrase(
                "lỗi thoáng qua, đọc lại thì đúng", "a passing fault, right at the second reading")
        case .memory:
            Phrase(
                "sai trong bộ nhớ, đúng trên đĩa: kiểm tra RAM",
                "wrong in memory, right on the medium: test the RAM")
        case .extra: Phrase("tệp lạ", "a file that belongs to nothing")
        case .overlaid:
            Phrase(
                "bị phủ bởi phiên bản hoặc dấu xóa lạ",
                "covered by a strange version or delete marker")
        case .metadata: Phrase("tệp quản lý bị sửa", "a file of the package was changed")
        case .medium: Phrase("vật mang hỏng", "damage on the medium")
        case .truncated: Phrase("bị cắt ngắn", "cut off")
        case .missing: Phrase("mất tệp", "missing")
        case .replaced:
            Phrase("bị thay bằng một gói khác", "another whole bundle was put in its place")
        case nil:
            Phrase("nay đều đúng, không phải sửa", "all is right now, nothing was to be mended")
        }
    }
}
