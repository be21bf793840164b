package import Records

/// What the findings of packaging itself say.
package enum PackageTexts {
    package static let all: [FindingCode: FindingText] = [
        .alreadyArchived: FindingText(
            vi: .init(
                "hồ sơ có mã {code} đã được lưu trữ: {id}",
                "xem hồ sơ đó: luutru show {id}; nếu là hồ sơ khác, sửa fileNotation trong dossier.yaml"
            ),
            en: .init(
                "a dossier with the code {code} is already archived: {id}",
                "look at it: luutru show {id}; if this is another dossier, change fileNotation in dossier.yaml"
            )),
        .agencyDiffers: FindingText(
            vi: .init(
                "organId {organ} khác mã cơ quan của kho ({agency})",
                "kiểm tra organId, hoặc nêu fonds: nếu hồ sơ thuộc phông của cơ quan khác"),
            en: .init(
                "organId {organ} is not the archive's agency ({agency})",
                "check organId, or name fonds: when the dossier belongs to another agency's fonds")),
        .fileChanged: FindingText(
            vi: .init(
                "tệp thay đổi trong lúc đóng gói",
                "đợi cho đến khi không ai sửa hồ sơ nữa, rồi đóng gói lại"),
            en: .init(
                "the file changed while it was packaged",
                "wait until nobody edits the dossier, then package it again")),
    ]
}
