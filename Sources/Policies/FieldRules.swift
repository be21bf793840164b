package import Records

/// The circular's tables of elements (TT 05/2025 Annex I; lengths in characters, digits for numbers).
package enum FieldRules {
    private static let annex = "TT 05/2025 Annex I"

    /// Rules of `dossier.yaml` by key.
    package static let dossier: [String: FieldRule] = table([
        FieldRule("arcFileCode", "Mã hồ sơ lưu trữ", .text, 100, annex),
        FieldRule("title", "Tiêu đề hồ sơ", .text, 1000, annex),
        FieldRule("maintenance", "Thời hạn lưu trữ", .period, 100, annex),
        FieldRule("mode", "Chế độ sử dụng", .code(.mode), 30, annex),
        FieldRule("language", "Ngôn ngữ", .codes(.language), 100, annex),
        FieldRule("startDate", "Thời gian bắt đầu", .date, 10, annex),
        FieldRule("endDate", "Thời gian kết thúc", .date, 10, annex),
        FieldRule("keyword", "Từ khóa", .text, 100, annex),
        FieldRule("totalDoc", "Tổng số tài liệu", .number, 10, annex),
        FieldRule("numberOfPaper", "Số lượng tờ", .number, 10, annex),
        FieldRule("numberOfPage", "Số lượng trang", .number, 10, annex),
        FieldRule("format", "Tình trạng vật lý", .code(.condition), 50, annex),
        FieldRule("inforSign", "Ký hiệu thông tin", .text, 30, annex),
        FieldRule("confidenceLevel", "Mức độ tin cậy", .code(.confidence), 40, annex),
        FieldRule("paperFileCode", "Mã hồ sơ gốc giấy", .text, 100, annex),
        FieldRule("riskRecovery", "Chế độ dự phòng", .boolean, 1, annex),
        FieldRule("riskRecoveryStatus", "Tình trạng dự phòng", .code(.recoveryStatus), 2, annex),
        FieldRule("description", "Ghi chú", .text, 2000, annex),
        FieldRule("organId", "Mã định danh cơ quan", .text, 35, "NĐ 30/2020 Annex VI"),
        FieldRule(
            "fileCatalog", "Năm hình thành hồ sơ hoặc mục lục", .text, 20, "NĐ 30/2020 Annex VI"),
        FieldRule("fileNotation", "Số và ký hiệu hồ sơ", .text, 20, "NĐ 30/2020 Annex VI"),
        FieldRule("fonds", "Mã phông", .text, 35, "TT 05/2025 Art. 4"),
        FieldRule("inventory", "Mục lục", .text, 200, "TT 05/2025 Art. 4"),
        FieldRule("series", "Nhóm hồ sơ", .text, 200, "TT 05/2025 Art. 4"),
        FieldRule("accession", "Mã đăng ký nộp", .text, 100, "TT 05/2025 Ch. IV"),
        FieldRule("transferredBy", "Bên giao nộp", .text, 200, "TT 05/2025 Ch. IV"),
        FieldRule("location", "Nơi để tài liệu giấy", .text, 200, "TT 05/2025 Annex I"),
        FieldRule("retentionRow", "Dòng của bảng thời hạn", .text, 50, "TT 10/2022"),
        FieldRule("retentionPeriod", "Thời hạn chính xác", .text, 100, "TT 10/2022"),
        FieldRule("links", "Liên kết", .text, 60_000, "docs/dossier-folder.md"),
    ])

    /// Rules of `documents.csv` by column.
    package static let document: [String: FieldRule] = table([
        FieldRule("arcFileCode", "Mã hồ sơ lưu trữ", .text, 100, annex),
        FieldRule("docId", "Mã định danh tài liệu", .text, 25, annex),
        FieldRule("docCode", "Mã lưu trữ của tài liệu", .text, 100, annex),
        FieldRule("docOrdinal", "Số thứ tự", .ordinal, 7, annex),
        FieldRule("maintenance", "Thời hạn lưu trữ", .period, 100, annex),
        FieldRule("typeName", "Tên loại tài liệu", .code(.typeName), 10, annex),
        FieldRule("codeNumber", "Số của tài liệu", .text, 11, annex),
        FieldRule("codeNotation", "Ký hiệu của tài liệu", .text, 30, annex),
        FieldRule("issuedDate", "Ngày, tháng, năm tài liệu", .day, 10, annex),
        FieldRule("organName", "Cơ quan, tổ chức, cá nhân ban hành", .text, 200, annex),
        FieldRule("subject", "Trích yếu nội dung", .text, 500, annex),
        FieldRule("language", "Ngôn ngữ", .codes(.language), 100, annex),
        FieldRule("numberOfPage", "Số lượng trang", .number, 4, annex),
        FieldRule("inforSign", "Ký hiệu thông tin", .text, 30, annex),
        FieldRule("keyword", "Từ khóa", .text, 100, annex),
        FieldRule("mode", "Chế độ sử dụng", .code(.mode), 20, annex),
        FieldRule("confidenceLevel", "Mức độ tin cậy", .code(.confidence), 30, annex),
        FieldRule("autograph", "Bút tích", .text, 2000, annex),
        FieldRule("format", "Tình trạng vật lý", .code(.condition), 50, annex),
        FieldRule("process", "Quy trình xử lý", .boolean, 1, annex),
        FieldRule("riskRecovery", "Chế độ dự phòng", .boolean, 1, annex),
        FieldRule("riskRecoveryStatus", "Tình trạng dự phòng", .code(.recoveryStatus), 2, annex),
        FieldRule("description", "Ghi chú", .text, 500, annex),
        FieldRule("typePic", "Loại ảnh", .code(.pictureType), 2, annex),
        FieldRule("archivesNumber", "Số lưu trữ", .text, 50, annex),
        FieldRule("eventName", "Tên sự kiện", .text, 500, annex),
        FieldRule("imageTitle", "Tiêu đề ảnh", .text, 500, annex),
        FieldRule("photographer", "Tác giả ảnh", .text, 300, annex),
        FieldRule("photoPlace", "Địa điểm chụp", .text, 300, annex),
        FieldRule("photoTime", "Thời gian chụp", .date, 10, annex),
        FieldRule("colour", "Màu sắc", .code(.colour), 2, annex),
        FieldRule("filmSize", "Cỡ phim, ảnh", .text, 30, annex),
        FieldRule("docAttached", "Tài liệu đi kèm", .boolean, 1, annex),
        FieldRule("typeMedia", "Loại phim, ghi âm", .code(.recordingType), 2, annex),
        FieldRule("movieTitle", "Tiêu đề phim, ghi âm", .text, 500, annex),
        FieldRule("recorder", "Tác giả", .text, 300, annex),
        FieldRule("recordPlace", "Địa điểm ghi", .text, 300, annex),
        FieldRule("recordDate", "Thời gian ghi", .date, 10, annex),
        FieldRule("playTime", "Thời lượng", .text, 8, annex),
        FieldRule("quality", "Chất lượng", .text, 50, annex),
    ])

    /// The column that names a document's file.
    package static let file = FieldRule(
        "file", "Tệp của tài liệu", .text, 1024, "docs/dossier-folder.md")

    /// Elements a dossier must have, in the circular's order.
    package static let requiredOfDossier = [
        "organId", "fileCatalog", "fileNotation", "title", "maintenance", "mode", "language",
        "startDate",
        "endDate", "riskRecovery",
    ]

    /// Columns a document of a kind must fill.
    package static func required(of kind: DocumentKind) -> [String] {
        switch kind {
        case .text:
            ["typeName", "issuedDate", "organName", "subject", "language", "numberOfPage", "mode"]
        case .picture: ["typePic", "mode"]
        case .recording: ["typeMedia", "mode"]
        }
    }

    /// The dossier's own elements that depend on another (TT 05/2025 Annex I, rows 10, 15, 17).
    package static func requiredBesides(confidenceLevel: String?, riskRecovery: String?) -> [String]
    {
        (confidenceLevel == "02" ? ["numberOfPaper", "paperFileCode"] : [])
            + (riskRecovery == "1" ? ["riskRecoveryStatus"] : [])
    }

    private static func table(_ rules: [FieldRule]) -> [String: FieldRule] {
        Dictionary(uniqueKeysWithValues: rules.map { ($0.element, $0) })
    }
}
