package import Records

/// What findings of the catalog say.
package enum CatalogTexts {
    private static let remedy = (
        "dựng lại danh mục từ bản lưu: luutru catalog rebuild",
        "make the catalog again from the store: luutru catalog rebuild"
    )

    private static func text(_ vietnamese: String, _ english: String) -> FindingText {
        FindingText(vi: .init(vietnamese, remedy.0), en: .init(english, remedy.1))
    }

    package static let all: [FindingCode: FindingText] = [
        .catalogBehind: FindingText(
            vi: .init(
                "danh mục chưa có {count} mục cuối của sổ cái: lệnh ghi trước bị dừng, hoặc catalog.sqlite là bản cũ; câu trả lời có thể thiếu",
                "chạy luutru catalog check; lệnh ghi nào cũng bổ sung danh mục"
            ),
            en: .init(
                "the catalog lacks the last {count} entries of the ledger: a run that wrote was killed, or catalog.sqlite is an old one; answers may be incomplete",
                "run luutru catalog check; any command that writes brings the catalog up to date"
            )),
        .catalogRowMissing: text(
            "danh mục thiếu mục này mà bản lưu có (bảng {table})",
            "the catalog lacks this, which the store has (table {table})"),
        .catalogRowExtra: text(
            "danh mục có mục này mà bản lưu không có (bảng {table})",
            "the catalog has this, which the store does not (table {table})"),
        .catalogRowDifferent: text(
            "danh mục ghi khác bản lưu (bảng {table}, cột: {columns})",
            "the catalog says something else than the store (table {table}, columns: {columns})"),
        .catalogIndexDifferent: text(
            "chỉ mục tìm kiếm không khớp với các dòng của danh mục",
            "the search index does not fit the catalog's rows"),
    ]
}
