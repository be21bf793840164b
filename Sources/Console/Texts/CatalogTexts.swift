package import Records

/// What the findings of `catalog check` say.
package enum CatalogTexts {
    private static let remedy = (
        "dựng lại danh mục từ bản lưu: luutru catalog rebuild",
        "make the catalog again from the store: luutru catalog rebuild"
    )

    private static func text(_ vietnamese: String, _ english: String) -> FindingText {
        FindingText(vi: .init(vietnamese, remedy.0), en: .init(english, remedy.1))
    }

    package static let all: [FindingCode: FindingText] = [
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
