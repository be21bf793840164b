package import Repository

/// Short texts about time-stamps and evidence, in both languages.
package enum EvidencePhrases {
    package static let stamped = Phrase(
        "Đã đóng dấu thời gian: lô {batch}, {versions} phiên bản, {at}\n  tổ chức: {authority}",
        "Stamped: batch {batch}, {versions} versions, {at}\n  authority: {authority}")
    package static let nothingWaits = Phrase(
        "Không có phiên bản nào chờ dấu thời gian.", "No version waits for a time-stamp.")
    package static let notStamped = Phrase(
        "Chưa đóng được dấu thời gian; {waiting} phiên bản vẫn chờ, hồ sơ đã lưu an toàn.",
        "Not stamped; {waiting} versions go on waiting, the dossiers are archived.")

    package static let proved = Phrase(
        "{subject}: đã chứng minh, có từ {since}", "{subject}: proved, there since {since}")
    package static let unproved = Phrase(
        "{subject}: chưa chứng minh được với những gì đang có",
        "{subject}: not to be proved with what is given")
    package static let disproved = Phrase("{subject}: SAI", "{subject}: WRONG")
    package static let exportWaits = Phrase(
        "  chưa có bản ghi bằng chứng cho phiên bản: {versions}",
        "  no evidence record yet for versions: {versions}")
    package static let batchHolds = Phrase(
        "  lô {batch}: {versions} phiên bản, {at}, {authority}; gia hạn trước {until} ({reason})",
        "  batch {batch}: {versions} versions, {at}, {authority}; renew before {until} ({reason})")
    package static let batchOverdue = Phrase(
        "  lô {batch}: {versions} phiên bản, {at}, {authority}; QUÁ HẠN GIA HẠN {until} ({reason})",
        "  batch {batch}: {versions} versions, {at}, {authority}; RENEWAL OVERDUE {until} ({reason})"
    )

    package static let lapsed = Phrase(
        "{count} LÔ BẰNG CHỨNG HẾT HẠN TRƯỚC KHI GIA HẠN, không sửa lại được: luutru evidence status",
        "{count} BATCHES HAD ENDED BEFORE THEY WERE RENEWED, which cannot be mended: luutru evidence status"
    )
    package static let renewed = Phrase(
        "Đã gia hạn dấu thời gian của {batches} lô: lần {renewal}, {at}\n  tổ chức: {authority}",
        "Renewed the time-stamps of {batches} batches: renewal {renewal}, {at}\n  authority: {authority}"
    )
    package static let rehashed = Phrase(
        "Đã băm lại {versions} phiên bản của {batches} lô bằng {digest}: lần {renewal}, {at}\n  tổ chức: {authority}",
        "Hashed {versions} versions of {batches} batches again with {digest}: renewal {renewal}, {at}\n  authority: {authority}"
    )
    package static let notRenewed = Phrase("CHƯA GIA HẠN", "NOT RENEWED")
    package static let wouldRenew = Phrase(
        "Các lô sẽ được gia hạn: {due}", "Batches that would be renewed: {due}")
    package static let nothingDue = Phrase(
        "Chưa lô nào đến hạn gia hạn.", "No batch is due for renewal.")
    package static let due = Phrase(
        "Các lô đến hạn gia hạn: {due}", "Batches due for renewal: {due}")

    /// Why a proof ends.
    package static func reason(_ word: String) -> Phrase {
        switch word {
        case "certificate": Phrase("chứng thư hết hạn", "a certificate ends")
        case "algorithm": Phrase("thuật toán hết giá trị", "an algorithm ends")
        case "age": Phrase("dấu đã lâu", "age")
        default: Phrase("không đọc được dấu", "its token cannot be read")
        }
    }

    /// How the evidence of an archive stands.
    package static func standing(_ state: EvidenceStanding.State) -> Phrase {
        switch state {
        case .none:
            Phrase(
                "chưa khai tổ chức cấp dấu thời gian ({waiting} phiên bản đã niêm phong bằng con dấu)",
                "no time-stamp authority configured ({waiting} versions are sealed)")
        case .pending:
            Phrase(
                "{waiting} phiên bản chờ dấu thời gian từ {since}; {batches} lô đã có",
                "{waiting} versions wait for a time-stamp since {since}; {batches} batches are stamped"
            )
        case .stamped:
            Phrase("đủ, {batches} lô", "complete, {batches} batches")
        case .notIndependent:
            Phrase(
                "đủ, {batches} lô, nhưng có dấu của nơi cấp dùng thử (không độc lập)",
                "complete, {batches} batches, some by the trial authority (not independent)")
        }
    }
}
