package import Records

/// What the findings of the store, its ledger and its policy say.
package enum StoreTexts {
    private static func text(
        _ vietnamese: String, _ english: String,
        _ remedy: (String, String) = (
            "lấy lại tệp này từ một bản sao còn tốt, rồi chạy lại: luutru audit run",
            "restore this file from a good copy, then run again: luutru audit run"
        )
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedy.0), en: .init(english, remedy.1))
    }

    private static let strange = (
        "xem tệp này từ đâu đến; nếu không thuộc kho, chuyển nó ra ngoài",
        "find out where this file comes from; if it is not the store's, move it out"
    )
    private static let ledgerRemedy = (
        "không ghi thêm; khôi phục ledger/ từ bản sao, rồi chạy: luutru catalog check",
        "write nothing more; restore ledger/ from a copy, then run: luutru catalog check"
    )

    private static let ledgerTreeRemedy = (
        "luutru audit run dựng lại từ các mục; nếu lặp lại, kiểm tra ổ đĩa",
        "luutru audit run makes it again from the entries; if it comes back, check the disk"
    )
    private static let unsignedRemedy = (
        "lệnh ghi kế tiếp sẽ ký", "the next command that writes signs them"
    )
    private static let checkpointRemedy = (
        "đối chiếu với khóa trong key-sheet.txt và policy/ledger-*.vkey; nếu là khóa mới hơn thì chính ổ đĩa này đã bị đưa về trước",
        "compare with the key in key-sheet.txt and policy/ledger-*.vkey; if its key is a newer one, this disk was rolled back"
    )

    package static let all: [FindingCode: FindingText] = [
        .objectExtraFile: text(
            "tệp lạ trong thư mục của hồ sơ", "strange file in the object's folder", strange),
        .objectDeclarationMissing: text(
            "thiếu tệp khai báo đối tượng OCFL", "the OCFL object declaration is missing"),
        .objectDeclarationWrong: text(
            "nội dung khai báo đối tượng OCFL bị thay đổi",
            "the OCFL object declaration was changed"),
        .objectVersionMissing: text(
            "thiếu thư mục phiên bản {file}", "version folder {file} is missing"),
        .versionExtraFile: text(
            "tệp lạ trong thư mục phiên bản", "strange file in a version's folder", strange),
        .contentExtraFile: text(
            "tệp nội dung không có trong bản kê", "content file that the inventory does not list",
            strange),
        .inventoryUnreadable: text(
            "bản kê OCFL không đọc được", "the OCFL inventory cannot be read"),
        .sidecarMissing: text("thiếu mã băm kèm bản kê", "the inventory's digest file is missing"),
        .sidecarWrong: text(
            "mã băm kèm bản kê không khớp với bản kê",
            "the inventory's digest file does not match the inventory"),
        .inventoryMissing: text("thiếu bản kê OCFL", "the OCFL inventory is missing"),
        .inventoriesDiffer: text(
            "bản kê của phiên bản khác bản kê của đối tượng",
            "the version's inventory differs from the object's"),
        .rootDeclarationWrong: text(
            "khai báo kho OCFL thiếu hoặc bị thay đổi",
            "the storage root's declaration is missing or changed"),
        .rootLayoutWrong: text(
            "ocfl_layout.json thiếu hoặc bị thay đổi", "ocfl_layout.json is missing or changed"),
        .rootExtensionWrong: text(
            "cấu hình cách xếp thư mục thiếu hoặc bị thay đổi",
            "the layout extension's configuration is missing or changed"),
        .rootExtraFile: text("tệp lạ trong kho", "strange file in the storage root", strange),
        .rootEmptyFolder: text(
            "thư mục rỗng trong kho", "empty folder in the storage root",
            (
                "lệnh ghi tiếp theo của luutru sẽ dọn nó",
                "the next luutru command that writes removes it"
            )),
        .contentMissing: text("thiếu tệp {file}", "file {file} is missing"),
        .contentDigestWrong: text(
            "nội dung đã thay đổi: SHA-512 phải là {expected}, nay là {found}",
            "the content changed: SHA-512 should be {expected}, is {found}"),
        .inventoryForm: text(
            "bản kê không đúng từng byte như luutru đã ghi",
            "the inventory is not byte for byte as luutru wrote it"),
        .inventoryPath: text(
            "bản kê nêu một đường dẫn mà luutru không bao giờ ghi: {path}",
            "the inventory names a path that luutru never writes: {path}", strange),
        .inventoryReplaced: text(
            "bản kê không phải bản đã ghi trong sổ cái",
            "the inventory is not the one the ledger names"),
        .objectUnexpected: text(
            "thư mục không mang tên của một hồ sơ", "folder that is not named after a dossier",
            strange),
        .objectMissing: text(
            "không còn hồ sơ này trong kho", "the dossier is no longer in the store"),
        .objectWithoutEntry: text(
            "hồ sơ nằm trong kho nhưng sổ cái không ghi",
            "the dossier lies in the store but the ledger does not tell of it",
            ledgerRemedy),
        .fileUnreadable: text(
            "đĩa không đọc được tệp: {reason}", "the disk cannot read the file: {reason}"),
        .ledgerSuspect: text(
            "sổ cái ngắn hơn trước hoặc thiếu mục: {detail}",
            "the ledger is shorter than it was or lacks entries: {detail}",
            ledgerRemedy),
        .ledgerEntryWrong: text(
            "mục {entry} của sổ cái bị thay đổi", "ledger entry {entry} was changed", ledgerRemedy),
        .ledgerInconsistent: text(
            "mục {entry} của sổ cái không nối tiếp mục trước",
            "ledger entry {entry} does not follow the one before",
            ledgerRemedy),
        .ledgerShrunk: text(
            "sổ cái ngắn hơn nơi này đã biết ({entry} mục)",
            "the ledger is shorter than this knew ({entry} entries)",
            ledgerRemedy),
        .ledgerFork: text(
            "sổ cái ở đây không phải sổ cái đã ký: ở mục {entry} gốc cây khác",
            "the ledger here is not the one that was signed: at entry {entry} its root is another",
            ledgerRemedy),
        .ledgerTreeDamaged: text(
            "cây của sổ cái thiếu hoặc sai từ mục {entry}",
            "the ledger's tree is missing or wrong from entry {entry}",
            ledgerTreeRemedy),
        .ledgerUnsignedTail: text(
            "{count} mục cuối chưa có chữ ký", "the last {count} entries are not signed yet",
            unsignedRemedy),
        .checkpointWrong: text(
            "tệp này không phải điểm kiểm tra do kho này ký",
            "this is no checkpoint that this archive signed", checkpointRemedy),
        .checkpointMissing: text(
            "sổ cái chưa có điểm kiểm tra nào", "the ledger has no checkpoint yet",
            unsignedRemedy),
        .checkpointStampWrong: text(
            "dấu thời gian của điểm kiểm tra không khớp: {detail}",
            "the checkpoint's time-stamp does not fit: {detail}",
            (
                "chuyển checkpoint.stamped và checkpoint.tst đi nơi khác, rồi chạy: luutru ledger witness",
                "move checkpoint.stamped and checkpoint.tst away, then run: luutru ledger witness"
            )),
        .witnessFile: text(
            "không ghi được điểm kiểm tra cho nhân chứng: {detail}",
            "the checkpoint could not be written for the witness: {detail}",
            (
                "kiểm tra ổ đĩa của witness.file, rồi chạy: luutru ledger witness",
                "check the mount of witness.file, then run: luutru ledger witness"
            )),
        .witnessCommand: text(
            "chương trình của nhân chứng không xong: {detail}",
            "the witness's program did not succeed: {detail}",
            (
                "chạy tay chương trình ấy, rồi: luutru ledger witness",
                "run that program by hand, then: luutru ledger witness"
            )),
        .policyFileWrong: text(
            "tệp chính sách không phải bản đã ghi trong sổ cái",
            "the policy file is not the one the ledger names"),
        .policyFileMissing: text(
            "thiếu tệp chính sách mà sổ cái đã ghi",
            "a policy file that the ledger names is missing"),
        .registerLost: text(
            "tệp đăng ký này mất hoặc bị sửa: mã và trạng thái ghi trong đó không còn trong danh mục",
            "this file of a register is gone or changed: its codes and states are in the catalog no more",
            (
                "khôi phục tệp từ bản sao, rồi chạy: luutru catalog rebuild; trước đó luutru không ghi gì vào sổ đăng ký",
                "restore the file from a copy, then run: luutru catalog rebuild; until then nothing is entered in the registers"
            )),
        .policyFileUnadopted: text(
            "tệp chính sách này không được mục nào của sổ cái ghi nhận",
            "no ledger entry adopted this policy file", strange),
        .bundleUnreadable: text(
            "sổ cái ghi hồ sơ này nhưng gói trong kho bị hỏng, không còn, hoặc không phải gói đã niêm phong",
            "the ledger tells of this dossier, but its bundle in the store is damaged, gone or not the one that was sealed",
            (
                "đừng dựng lại danh mục; lấy lại gói từ một bản sao còn tốt, rồi chạy: luutru verify",
                "do not rebuild the catalog for it; restore the bundle from a good copy, then run: luutru verify"
            )),
        .storeCardWrong: text(
            "store.json không phải bản mà mục {entry} của sổ cái ghi",
            "store.json is not what ledger entry {entry} says"),
        .dossierDamaged: text(
            "lần kiểm tra cuối ({at}) thấy hồ sơ này bị hỏng",
            "the last audit ({at}) found this dossier damaged",
            (
                "khôi phục các tệp hỏng từ bản sao, rồi chạy: luutru audit run {subject}",
                "restore the damaged files from a copy, then run: luutru audit run {subject}"
            )),
        .keyReadable: text(
            "quyền {mode} của tệp này để người khác đọc được khóa",
            "its mode {mode} lets others read the key",
            ("chạy: chmod 600 {subject}", "run: chmod 600 {subject}")),
        .storeExtraFile: text(
            "tệp lạ trong bản lưu", "a file that does not belong in the store", strange),
        .storePlaceWrong: text(
            "ở chỗ của một thư mục của kho, hay của sổ cái, là một thứ khác: {found}",
            "something else stands in the place of a folder of the store, or of its ledger: {found}",
            (
                "kho bản sao: luutru repair --all; kho chính, và trong ocfl/ nơi repair để lại nó: bỏ nó đi, đặt lại chính thư mục hoặc mount --bind, rồi luutru audit run",
                "in a copy: luutru repair --all; in the primary store, and below ocfl/ where repair leaves it: take it away, put the folder itself back or mount --bind, then luutru audit run"
            )),
        .storeReadMeWrong: text(
            "README.txt của bản lưu bị thiếu hoặc không phải bản luutru viết",
            "the store's README.txt is missing or is not the one that luutru writes",
            ("chạy: luutru repair --all", "run: luutru repair --all")),
        .detailsFileWrong: text(
            "tệp chi tiết không khớp với tên của nó hoặc bị thiếu",
            "a details file is missing or is not what its name says"),
    ]
}
