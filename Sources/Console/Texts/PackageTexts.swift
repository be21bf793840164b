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
        .codeTaken: FindingText(
            vi: .init(
                "mã {code} đã là mã của {holder}",
                "xem hồ sơ đó: luutru show {id}; rồi ghi mã khác"),
            en: .init(
                "the code {code} is that of {holder}",
                "look at it: luutru show {id}; then give another code")),
        .codeAlike: FindingText(
            vi: .init(
                "mã {code} chỉ khác mã {other} của {holder} ở chữ hoa, dấu hoặc khoảng trắng",
                "gõ mã nào cũng tìm ra cả hai; nếu nhầm, sửa mã: luutru show {id}"),
            en: .init(
                "the code {code} differs from the code {other} of {holder} only in case, marks or blanks",
                "either code finds both; if it is a mistake, mend it: luutru show {id}")),
        .agencyDiffers: FindingText(
            vi: .init(
                "organId {organ} khác mã cơ quan của kho ({agency})",
                "kiểm tra organId, hoặc nêu fonds: nếu hồ sơ thuộc phông của cơ quan khác"),
            en: .init(
                "organId {organ} is not the archive's agency ({agency})",
                "check organId, or name fonds: when the dossier belongs to another agency's fonds")),
        .fondsUnregistered: FindingText(
            vi: .init(
                "phông {fonds} chưa đăng ký{nearest}",
                "sửa fonds: trong dossier.yaml, hoặc đăng ký: luutru fonds add --code \"{fonds}\" --name TÊN"
            ),
            en: .init(
                "the fonds {fonds} is not registered{nearest}",
                "correct fonds: in dossier.yaml, or register it: luutru fonds add --code \"{fonds}\" --name NAME"
            )),
        .fondsClosed: FindingText(
            vi: .init(
                "phông {fonds} ({name}) đã đóng{successors}",
                "ghi phông kế tiếp vào fonds: của dossier.yaml, hoặc mở lại: luutru fonds amend \"{fonds}\" --state open"
            ),
            en: .init(
                "the fonds {fonds} ({name}) is closed{successors}",
                "name the fonds that followed it in dossier.yaml, or open it again: luutru fonds amend \"{fonds}\" --state open"
            )),
        .inventoryUnregistered: FindingText(
            vi: .init(
                "phông {fonds} chưa có mục lục {inventory}{nearest}",
                "sửa inventory:, hoặc đăng ký: luutru inventory add --fonds \"{fonds}\" --code \"{inventory}\" --name TÊN"
            ),
            en: .init(
                "the fonds {fonds} has no inventory {inventory}{nearest}",
                "correct inventory:, or register it: luutru inventory add --fonds \"{fonds}\" --code \"{inventory}\" --name NAME"
            )),
        .seriesUnregistered: FindingText(
            vi: .init(
                "mục lục {inventory} chưa có nhóm {series}{nearest}",
                "sửa series:, hoặc thêm: luutru inventory amend \"{inventory}\" --fonds \"{fonds}\" --series \"{series}=TÊN\""
            ),
            en: .init(
                "the inventory {inventory} has no series {series}{nearest}",
                "correct series:, or add it: luutru inventory amend \"{inventory}\" --fonds \"{fonds}\" --series \"{series}=NAME\""
            )),
        .accessionUnregistered: FindingText(
            vi: .init(
                "chưa đăng ký lần nộp {accession}{nearest}",
                "sửa accession:, hoặc đăng ký: luutru accession add --code \"{accession}\" --fonds \"{fonds}\" --from-agency BÊN_GIAO --received NGÀY"
            ),
            en: .init(
                "the accession {accession} is not registered{nearest}",
                "correct accession:, or register it: luutru accession add --code \"{accession}\" --fonds \"{fonds}\" --from-agency WHO --received DAY"
            )),
        .supersededSame: FindingText(
            vi: .init(
                "tệp này trùng từng byte với tài liệu {document} đang lưu",
                "kiểm tra lại tệp định thay; nếu chỉ sửa mô tả, dùng --set"),
            en: .init(
                "the file is byte for byte the document {document} that is kept",
                "check which file was meant; to change the description alone use --set")),
        .fileChanged: FindingText(
            vi: .init(
                "tệp thay đổi trong lúc đóng gói",
                "đợi cho đến khi không ai sửa hồ sơ nữa, rồi đóng gói lại"),
            en: .init(
                "the file changed while it was packaged",
                "wait until nobody edits the dossier, then package it again")),
    ]
}
