package import Records

/// What the findings of a dossier's folder and its lists say.
package enum DossierTexts {
    private static func text(
        _ vietnamese: String, _ remedyVietnamese: String, _ english: String, _ remedyEnglish: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVietnamese), en: .init(english, remedyEnglish))
    }

    /// Texts by code.
    package static let all: [FindingCode: FindingText] = fields.merging(files) { one, _ in one }
        .merging(counts) { one, _ in one }

    private static let fields: [FindingCode: FindingText] = [
        .textUnreadable: text(
            "không đọc được tệp ({reason} {detail})", "sửa chỗ này, hoặc lưu lại tệp dạng UTF-8",
            "the file cannot be read ({reason} {detail})", "mend this place, or save the file as UTF-8"),
        .keyUnknown: text(
            "không có trường {element}{nearest}", "sửa tên trường theo docs/dossier-folder.md, hoặc bỏ dòng này",
            "there is no field {element}{nearest}", "correct the name after docs/dossier-folder.md, or remove the line"),
        .columnUnknown: text(
            "không có cột {element}{nearest}", "sửa tên cột theo docs/dossier-folder.md, hoặc bỏ cột này",
            "there is no column {element}{nearest}", "correct the name after docs/dossier-folder.md, or remove the column"),
        .columnTwice: text(
            "{element} có hai lần", "giữ lại một", "{element} stands twice", "keep one of them"),
        .columnMissing: text(
            "thiếu cột {element}", "thêm cột {element}", "the column {element} is missing", "add the column {element}"),
        .rowLength: text(
            "dòng có {found} ô, dòng đầu có {expected} cột", "kiểm tra dấu phân cách và dấu ngoặc kép của dòng này",
            "the row has {found} cells, the header {expected} columns", "check the separators and quotes of this row"),
        .fieldRequired: text(
            "thiếu {element} ({vietnamese})", "điền {element}", "{element} ({vietnamese}) is missing", "fill in {element}"),
        .fieldTooLong: text(
            "{element} ({vietnamese}) dài {length}, nhiều nhất {limit}: {value}", "rút ngắn",
            "{element} ({vietnamese}) has {length}, at most {limit}: {value}", "shorten it"),
        .fieldNotNumber: text(
            "{element} ({vietnamese}) phải là số: {value}", "chỉ viết chữ số",
            "{element} ({vietnamese}) must be a number: {value}", "write digits only"),
        .fieldNotBoolean: text(
            "{element} ({vietnamese}) phải là 1 hoặc 0: {value}", "viết 1 (có) hoặc 0 (không)",
            "{element} ({vietnamese}) must be 1 or 0: {value}", "write 1 (yes) or 0 (no)"),
        .fieldNotCode: text(
            "{element} ({vietnamese}) không có trong danh mục: {value}", "dùng một trong: {allowed}",
            "{element} ({vietnamese}) is not in the code list: {value}", "use one of: {allowed}"),
        .fieldNotDate: text(
            "{element} ({vietnamese}) không phải ngày có thật: {value}", "viết DD/MM/YYYY, MM/YYYY hoặc YYYY",
            "{element} ({vietnamese}) is not a date that exists: {value}", "write DD/MM/YYYY, MM/YYYY or YYYY"),
        .fieldNotDay: text(
            "{element} ({vietnamese}) không phải ngày có thật: {value}", "viết DD/MM/YYYY",
            "{element} ({vietnamese}) is not a day that exists: {value}", "write DD/MM/YYYY"),
        .fieldControl: text(
            "{element} có ký tự điều khiển", "gõ lại giá trị này", "{element} holds a control character", "type it again"),
        .periodUnspecified: text(
            "thời hạn lưu trữ 07 (khác) cần thời hạn chính xác", "viết thời hạn vào maintenance, ví dụ \"15 năm\", hoặc vào retentionPeriod",
            "retention 07 (other) needs the exact period", "write it in maintenance, such as \"15 năm\", or in retentionPeriod"),
        .datesOrder: text(
            "thời gian bắt đầu {start} sau thời gian kết thúc {end}", "sửa startDate hoặc endDate",
            "the start {start} is after the end {end}", "correct startDate or endDate"),
        .dateOutside: text(
            "ngày {value} nằm ngoài thời gian của hồ sơ ({start} – {end})", "kiểm tra ngày của tài liệu, hoặc startDate, endDate",
            "the date {value} is outside the dossier's ({start} – {end})", "check the document's date, or startDate and endDate"),
    ]

    private static let counts: [FindingCode: FindingText] = [
        .totalDiffers: text(
            "totalDoc ghi {expected} tài liệu, danh sách có {found}", "sửa totalDoc, hoặc bổ sung tài liệu còn thiếu",
            "totalDoc says {expected} documents, the list has {found}", "correct totalDoc, or add what is missing"),
        .pageSumDiffers: text(
            "numberOfPage ghi {expected} trang, cộng danh sách được {found}", "sửa numberOfPage, hoặc số trang của từng tài liệu",
            "numberOfPage says {expected} pages, the list adds up to {found}", "correct numberOfPage, or the documents' pages"),
        .pagesDiffer: text(
            "{file} có {found} trang, danh sách ghi {expected}", "đếm lại; sửa số trang hoặc thay đúng tệp",
            "{file} has {found} pages, the list says {expected}", "count again; correct the number or bring the right file"),
        .pagesUnknown: text(
            "không đếm được số trang của PDF ({reason})", "mở thử tệp; nếu mở được thì số trang không được kiểm",
            "the PDF's pages could not be counted ({reason})", "try to open it; if it opens, its pages went unchecked"),
        .ordinalTwice: text(
            "số thứ tự {value} có hai lần", "sửa docOrdinal", "the ordinal {value} stands twice", "correct docOrdinal"),
        .codeTwice: text(
            "mã tài liệu {value} có hai lần", "sửa docCode", "the document code {value} stands twice", "correct docCode"),
        .dossierEmpty: text(
            "hồ sơ không có tài liệu nào", "thêm tài liệu vào documents.csv",
            "the dossier has no documents", "add documents to documents.csv"),
        .limitDocuments: text(
            "nhiều hơn {limit} tài liệu", "chia hồ sơ", "more than {limit} documents", "divide the dossier"),
        .limitFindings: text(
            "còn nữa; chỉ báo {limit} lỗi đầu", "sửa các lỗi đã báo rồi chạy lại",
            "there are more; only the first {limit} are reported", "mend these and run again"),
    ]

    private static let files: [FindingCode: FindingText] = [
        .folderMissing: text(
            "không có thư mục hồ sơ này", "xem lại đường dẫn", "there is no such dossier folder", "check the path"),
        .dossierFileMissing: text(
            "thiếu dossier.yaml", "tạo dossier.yaml theo docs/dossier-folder.md",
            "dossier.yaml is missing", "make dossier.yaml after docs/dossier-folder.md"),
        .listMissing: text(
            "thiếu documents.csv", "xuất danh sách tài liệu từ bảng tính thành documents.csv",
            "documents.csv is missing", "export the list of documents as documents.csv"),
        .fileMissing: text(
            "không có tệp {value}{nearest}", "chép tệp vào thư mục, hoặc sửa cột file",
            "there is no file {value}{nearest}", "put the file into the folder, or correct the column file"),
        .fileExtra: text(
            "tệp này không có trong documents.csv", "thêm một dòng cho nó, hoặc chuyển nó ra khỏi thư mục",
            "documents.csv does not list this file", "add a row for it, or move it out of the folder"),
        .fileTwice: text(
            "hai dòng cùng nêu tệp {value}", "sửa cột file của một dòng",
            "two rows name the file {value}", "correct the column file of one row"),
        .fileEmpty: text(
            "tệp rỗng", "thay bằng tệp đúng", "the file is empty", "bring the right file"),
        .sourceUnreadable: text(
            "không đọc được tệp: {reason}", "sửa quyền đọc hoặc chép lại tệp",
            "the file cannot be read: {reason}", "mend its permissions or copy it again"),
        .fileLink: text(
            "đây là liên kết, không phải tệp", "thay bằng chính tệp đó",
            "this is a link, not a file", "put the file itself here"),
        .fileDevice: text(
            "đây là thiết bị, ống dẫn hoặc socket", "chuyển nó ra khỏi thư mục",
            "this is a device, a pipe or a socket", "move it out of the folder"),
        .fileLeftOut: text(
            "tệp tạm của chương trình khác, không đưa vào gói", "xóa nó khi tiện",
            "a program's working file, left out of the bundle", "delete it at leisure"),
        .folderEmpty: text(
            "thư mục rỗng, không giữ trong gói", "xóa nó khi tiện", "an empty folder, not kept in the bundle",
            "delete it at leisure"),
        .nameCollision: text(
            "tên trùng với {other} khi không phân biệt hoa thường hoặc cách gõ dấu", "đổi tên một tệp",
            "the name is the same as {other} but for case or Unicode form", "rename one of them"),
        .nameWindows: text(
            "Windows không giữ được tên này", "đổi tên nếu hồ sơ sẽ mở trên Windows",
            "Windows cannot hold this name", "rename it if the dossier is to be opened on Windows"),
        .nameNotUTF8: text(
            "tên tệp không phải UTF-8", "đổi tên tệp", "the name is not UTF-8", "rename the file"),
        .pathOutside: text(
            "đường dẫn ra ngoài thư mục hồ sơ: {value}", "chép tệp vào thư mục hồ sơ",
            "the path leaves the dossier's folder: {value}", "copy the file into the folder"),
        .formatNotAccepted: text(
            "định dạng ngoài danh mục TT 05/2025: {format} ({count} tệp)", "nên chuyển sang PDF/A hoặc định dạng trong danh mục trước khi ký",
            "format outside the list of TT 05/2025: {format} ({count} files)", "convert it to PDF/A or a listed format before signing"),
        .limitFileSize: text(
            "tệp lớn hơn {limit} byte", "chia tệp", "the file is larger than {limit} bytes", "divide it"),
        .limitDepth: text(
            "thư mục sâu hơn {limit} tầng", "bớt tầng thư mục", "deeper than {limit} folders", "use fewer levels"),
        .limitPath: text(
            "đường dẫn dài hơn {limit} byte", "rút ngắn tên", "the path is longer than {limit} bytes", "shorten the names"),
    ]
}
