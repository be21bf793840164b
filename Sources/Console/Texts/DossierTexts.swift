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
            "chỗ này không đúng cách viết của tệp ({detail})",
            "sửa chỗ này: mỗi dòng một \"tên: giá trị\"; giá trị có dấu : hoặc # thì đặt trong ngoặc kép",
            "the text breaks its form here ({detail})",
            "mend this place: one \"name: value\" a line; quote a value that holds : or #"),
        .textNotUTF8: text(
            "chữ ở đây không phải UTF-8", "mở tệp rồi lưu lại với bảng mã UTF-8",
            "the text here is not UTF-8", "open the file and save it as UTF-8"),
        .textControl: text(
            "có ký tự điều khiển ở đây", "xóa ký tự đó, hoặc lưu lại tệp dạng văn bản",
            "a control character stands here", "delete it, or save the file as plain text"),
        .textNotFlat: text(
            "ở đây có neo, bí danh, thẻ hoặc giá trị lồng nhau của YAML",
            "chỉ viết \"tên: giá trị\"; giá trị bắt đầu bằng & * ! [ { thì đặt trong ngoặc kép",
            "an anchor, alias, tag or nested value of YAML stands here",
            "write only \"name: value\"; quote a value that begins with & * ! [ {"),
        .quoteUnclosed: text(
            "dấu ngoặc kép mở trong dòng này không được đóng",
            "đóng ngoặc; dấu ngoặc kép trong ô thì viết hai lần (\"\")",
            "a quote opened in this row is not closed",
            "close it; write a quote inside a cell twice (\"\")"),
        .keyUnknown: text(
            "không có trường {element}{nearest}",
            "sửa tên trường theo docs/dossier-folder.md, hoặc bỏ dòng này",
            "there is no field {element}{nearest}",
            "correct the name after docs/dossier-folder.md, or remove the line"),
        .columnUnknown: text(
            "không có cột {element}{nearest}",
            "sửa tên cột theo docs/dossier-folder.md, hoặc bỏ cột này",
            "there is no column {element}{nearest}",
            "correct the name after docs/dossier-folder.md, or remove the column"),
        .columnTwice: text(
            "{element} có hai lần", "giữ lại một", "{element} stands twice", "keep one of them"),
        .columnMissing: text(
            "thiếu cột {element} ({vietnamese}; {rule})",
            "thêm cột {element} vào dòng đầu và điền cho mỗi tài liệu",
            "the column {element} ({vietnamese}) is missing ({rule})",
            "add {element} to the header and fill it in for each document"),
        .columnNameless: text(
            "ô {value} nằm ở cột không có tên", "đặt tên cột ở dòng đầu, hoặc xóa ô này",
            "the cell {value} stands in a column without a name",
            "name the column in the header, or clear the cell"),
        .rowLength: text(
            "dòng có {found} ô, dòng đầu có {expected} cột",
            "kiểm tra dấu phân cách và dấu ngoặc kép của dòng này",
            "the row has {found} cells, the header {expected} columns",
            "check the separators and quotes of this row"),
        .fieldRequired: text(
            "thiếu {element} ({vietnamese}; {rule})", "điền {element}{form}",
            "{element} ({vietnamese}) is missing ({rule})", "fill in {element}{form}"),
        .fieldTooLong: text(
            "{element} ({vietnamese}) dài {length} ký tự, nhiều nhất {limit} ({rule}): {value}",
            "rút ngắn còn {limit} ký tự",
            "{element} ({vietnamese}) has {length} characters, at most {limit} ({rule}): {value}",
            "shorten it to {limit} characters"),
        .fieldNotNumber: text(
            "{element} ({vietnamese}) phải là số nguyên ({rule}): {value}",
            "chỉ viết chữ số; số thứ tự bắt đầu từ 1",
            "{element} ({vietnamese}) must be a whole number ({rule}): {value}",
            "write digits only; ordinals begin with 1"),
        .fieldNotBoolean: text(
            "{element} ({vietnamese}) phải là 1 hoặc 0 ({rule}): {value}",
            "viết 1 (có) hoặc 0 (không)",
            "{element} ({vietnamese}) must be 1 or 0 ({rule}): {value}", "write 1 (yes) or 0 (no)"),
        .fieldNotCode: text(
            "{element} ({vietnamese}) không có trong danh mục ({rule}): {value}{nearest}",
            "dùng một trong: {allowed}",
            "{element} ({vietnamese}) is not in the code list ({rule}): {value}{nearest}",
            "use one of: {allowed}"),
        .fieldNotDate: text(
            "{element} ({vietnamese}) không phải ngày có thật ({rule}): {value}",
            "viết DD/MM/YYYY, MM/YYYY hoặc YYYY",
            "{element} ({vietnamese}) is not a date that exists ({rule}): {value}",
            "write DD/MM/YYYY, MM/YYYY or YYYY"),
        .fieldNotDay: text(
            "{element} ({vietnamese}) không phải ngày có thật ({rule}): {value}", "viết DD/MM/YYYY",
            "{element} ({vietnamese}) is not a day that exists ({rule}): {value}",
            "write DD/MM/YYYY"),
        .fieldControl: text(
            "{element} có ký tự điều khiển", "gõ lại giá trị này",
            "{element} holds a control character", "type it again"),
        .periodUnspecified: text(
            "thời hạn lưu trữ 07 (khác) cần thời hạn chính xác ({rule})",
            "viết thời hạn vào maintenance, ví dụ \"15 năm\", hoặc vào retentionPeriod",
            "retention 07 (other) needs the exact period ({rule})",
            "write it in maintenance, such as \"15 năm\", or in retentionPeriod"),
        .periodDiffers: text(
            "retentionPeriod ghi {value}, nhưng maintenance ghi {expected} ({rule})",
            "giữ một thời hạn: sửa maintenance, hoặc bỏ retentionPeriod",
            "retentionPeriod says {value}, but maintenance {expected} ({rule})",
            "keep one period: correct maintenance, or remove retentionPeriod"),
        .codeForm: text(
            "{element} ({vietnamese}) ghi {value}, theo hồ sơ phải là {expected} ({rule})",
            "sửa, hoặc để trống để chương trình tự điền",
            "{element} ({vietnamese}) says {value}, after the dossier it should be {expected} ({rule})",
            "correct it, or leave it empty to have it filled in"),
        .kindUnclear: text(
            "dòng này vừa là ảnh (typePic) vừa là phim, ghi âm (typeMedia)", "xóa một trong hai ô",
            "the row is a picture (typePic) and a recording (typeMedia) at once",
            "clear one of the two cells"),
        .datesOrder: text(
            "thời gian bắt đầu {start} sau thời gian kết thúc {end} ({rule})",
            "sửa startDate hoặc endDate",
            "the start {start} is after the end {end} ({rule})", "correct startDate or endDate"),
        .dateOutside: text(
            "ngày {value} nằm ngoài thời gian của hồ sơ ({start} – {end})",
            "kiểm tra ngày của tài liệu, hoặc startDate, endDate",
            "the date {value} is outside the dossier's ({start} – {end})",
            "check the document's date, or startDate and endDate"),
    ]

    private static let counts: [FindingCode: FindingText] = [
        .totalDiffers: text(
            "totalDoc ghi {expected} tài liệu, danh sách có {found} ({rule})",
            "sửa totalDoc, hoặc bổ sung tài liệu còn thiếu",
            "totalDoc says {expected} documents, the list has {found} ({rule})",
            "correct totalDoc, or add what is missing"),
        .pageSumDiffers: text(
            "numberOfPage ghi {expected} trang, cộng danh sách được {found} ({rule})",
            "sửa numberOfPage, hoặc số trang của từng tài liệu",
            "numberOfPage says {expected} pages, the list adds up to {found} ({rule})",
            "correct numberOfPage, or the documents' pages"),
        .pagesDiffer: text(
            "{file} có {found} trang, danh sách ghi {expected} ({rule})",
            "đếm lại; sửa số trang hoặc thay đúng tệp",
            "{file} has {found} pages, the list says {expected} ({rule})",
            "count again; correct the number or bring the right file"),
        .pagesEncrypted: text(
            "PDF có mật khẩu, không đếm được số trang",
            "lưu lại tệp không mật khẩu trước khi nộp, nếu không thì sau này có thể không ai mở được",
            "the PDF is encrypted, its pages were not counted",
            "save it without a password before it is handed over, or some day nobody can open it"),
        .pagesUnknown: text(
            "không đếm được số trang của PDF ({reason})",
            "mở thử tệp; nếu mở được thì số trang không được kiểm",
            "the PDF's pages could not be counted ({reason})",
            "try to open it; if it opens, its pages went unchecked"),
        .ordinalTwice: text(
            "số thứ tự {value} có hai lần", "sửa docOrdinal", "the ordinal {value} stands twice",
            "correct docOrdinal"),
        .codeTwice: text(
            "mã tài liệu {value} có hai lần", "sửa docCode",
            "the document code {value} stands twice", "correct docCode"),
        .dossierEmpty: text(
            "hồ sơ không có tài liệu nào", "thêm tài liệu vào documents.csv",
            "the dossier has no documents", "add documents to documents.csv"),
        .limitDocuments: text(
            "nhiều hơn {limit} tài liệu", "chia hồ sơ", "more than {limit} documents",
            "divide the dossier"),
        .limitFindings: text(
            "còn nữa; chỉ báo {limit} phát hiện đầu", "sửa các lỗi đã báo rồi chạy lại",
            "there are more; only the first {limit} are reported", "mend these and run again"),
        .limitRow: text(
            "dòng dài hơn {limit} byte", "rút ngắn; xem dòng này có thiếu dấu ngoặc kép đóng không",
            "the row is longer than {limit} bytes",
            "shorten it; see whether a closing quote is missing"),
        .limitColumns: text(
            "nhiều hơn {limit} cột", "bỏ các cột không dùng", "more than {limit} columns",
            "remove the columns that are not used"),
    ]

    private static let files: [FindingCode: FindingText] = [
        .folderMissing: text(
            "không có tệp hay thư mục này", "xem lại đường dẫn", "there is no such file or folder",
            "check the path"),
        .dossierFileMissing: text(
            "thiếu dossier.yaml", "tạo dossier.yaml theo docs/dossier-folder.md",
            "dossier.yaml is missing", "make dossier.yaml after docs/dossier-folder.md"),
        .listMissing: text(
            "thiếu documents.csv", "xuất danh sách tài liệu từ bảng tính thành documents.csv",
            "documents.csv is missing", "export the list of documents as documents.csv"),
        .fileMissing: text(
            "không có tệp {value}{nearest}", "chép tệp vào thư mục, hoặc sửa cột file",
            "there is no file {value}{nearest}",
            "put the file into the folder, or correct the column file"),
        .fileExtra: text(
            "tệp này không có trong documents.csv",
            "thêm một dòng cho nó, hoặc chuyển nó ra khỏi thư mục",
            "documents.csv does not list this file",
            "add a row for it, or move it out of the folder"),
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
            "thư mục rỗng, không giữ trong gói", "xóa nó khi tiện",
            "an empty folder, not kept in the bundle",
            "delete it at leisure"),
        .nameCollision: text(
            "tên trùng với {other} khi không phân biệt hoa thường hoặc cách gõ dấu",
            "đổi tên một tệp",
            "the name is the same as {other} but for case or Unicode form", "rename one of them"),
        .nameWindows: text(
            "Windows không giữ được tên này", "đổi tên nếu hồ sơ sẽ mở trên Windows",
            "Windows cannot hold this name", "rename it if the dossier is to be opened on Windows"),
        .nameControl: text(
            "tên có ký tự điều khiển", "đổi tên tệp", "the name holds a control character",
            "rename the file"),
        .nameNotUTF8: text(
            "tên tệp không phải UTF-8", "đổi tên tệp", "the name is not UTF-8", "rename the file"),
        .pathOutside: text(
            "đường dẫn ra ngoài thư mục hồ sơ: {value}", "chép tệp vào thư mục hồ sơ",
            "the path leaves the dossier's folder: {value}", "copy the file into the folder"),
        .formatNotAccepted: text(
            "định dạng ngoài danh mục ({rule}): {format} ({count} tệp)",
            "nên chuyển sang PDF/A hoặc định dạng trong danh mục trước khi ký",
            "format outside the list ({rule}): {format} ({count} files)",
            "convert it to PDF/A or a listed format before signing"),
        .limitFileSize: text(
            "tệp lớn hơn {limit} byte", "chia tệp", "the file is larger than {limit} bytes",
            "divide it"),
        .limitDepth: text(
            "thư mục sâu hơn {limit} tầng", "bớt tầng thư mục", "deeper than {limit} folders",
            "use fewer levels"),
        .limitPath: text(
            "đường dẫn dài hơn {limit} byte", "rút ngắn tên",
            "the path is longer than {limit} bytes", "shorten the names"),
    ]
}
