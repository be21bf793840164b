package import Records

/// What the findings of exports and imports say.
package enum ExportTexts {
    private static func text(
        _ vietnamese: String, _ english: String,
        _ remedy: (String, String) = (
            "dùng một bản xuất khác còn nguyên, hoặc xuất lại: luutru export",
            "use another export that is whole, or export again: luutru export"
        )
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedy.0), en: .init(english, remedy.1))
    }

    private static let again = (
        "chạy lại cùng lệnh luutru export vào cùng thư mục",
        "run the same luutru export into the same folder again"
    )

    package static let all: [FindingCode: FindingText] = [
        .exportCardWrong: text(
            "export.json thiếu hoặc không đọc được", "export.json is missing or cannot be read"),
        .exportUnfinished: text(
            "bản xuất chưa xong", "the export is not finished", again),
        .exportManifestWrong: text(
            "manifest-sha512.txt sai ở dòng {line}", "manifest-sha512.txt is wrong in line {line}"),
        .exportFileMissing: text(
            "thiếu tệp mà manifest-sha512.txt nêu",
            "a file that manifest-sha512.txt names is missing"),
        .exportFileExtra: text(
            "tệp lạ, manifest-sha512.txt không nêu",
            "strange file that manifest-sha512.txt does not name",
            (
                "xem tệp này từ đâu đến; nếu không thuộc bản xuất, chuyển nó ra ngoài",
                "find out where this file comes from; if it is not the export's, move it out"
            )),
        .exportFileChanged: text(
            "nội dung đã thay đổi: SHA-512 phải là {expected}, nay là {found}",
            "the content changed: SHA-512 should be {expected}, is {found}"),
        .exportCountsWrong: text(
            "export.json nói {what}: {expected}, đếm được {found}",
            "export.json says {what}: {expected}, counted {found}"),
        .exportLedgerWrong: text(
            "phần sổ cái của bản xuất sai ở dòng {line}",
            "the export's ledger is wrong in line {line}"),
        .exportDossierMissing: text(
            "hồ sơ có trong sổ cái nhưng không có trong bản xuất",
            "the ledger tells of this dossier, but the export does not hold it",
            (
                "sửa hồ sơ trong kho (luutru audit run), rồi xuất lại vào cùng thư mục",
                "mend the dossier in the archive (luutru audit run), then export again into the same folder"
            )),
        .exportDossierChanged: text(
            "hồ sơ có phiên bản mới trong lúc xuất", "the dossier got a later version meanwhile",
            again),
        .exportNameImpossible: text(
            "đĩa đích không ghi được tên này: {reason}",
            "the target disk cannot write this name: {reason}",
            (
                "xuất ra đĩa khác, hoặc dùng --form ocfl",
                "export to another disk, or use --form ocfl"
            )),
        .registerContradictory: text(
            "sổ đăng ký tự mâu thuẫn: mã {code} là của mục khác, hoặc phông ở trên chính nó",
            "the registers contradict themselves: the code {code} is another's, or the fonds stands above itself",
            (
                "không nhập gì; sửa ở kho gốc, rồi xuất lại",
                "nothing was imported; mend it in the archive it comes from, then export again"
            )),
        .importRefused: text(
            "không nhập hồ sơ này", "the dossier is not imported",
            (
                "xem các phát hiện ở trên; nếu con dấu là của cơ quan, nêu chứng thư: --trust TỆP",
                "see the findings above; if the seal is the agency's, give its certificate: --trust FILE"
            )),
    ]
}
