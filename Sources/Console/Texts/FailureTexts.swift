/// What failures say: the run could not do what it was asked.
package enum FailureTexts {
    /// Texts by code; a test proves that every code of every target has one.
    package static let all: [String: FindingText] = disk.merging(archive) { one, _ in one }
        .merging(ledger) { one, _ in one }.merging(store) { one, _ in one }
        .merging(catalog) { one, _ in one }.merging(key) { one, _ in one }
        .merging(RegisterTexts.failures) { one, _ in one }
        .merging(export) { one, _ in one }.merging(EvidenceTexts.failures) { one, _ in one }
        .merging(KeyTexts.failures) { one, _ in one }
        .merging(StampTexts.failures) { one, _ in one }
        .merging(ProofTexts.failures) { one, _ in one }
        .merging(BucketTexts.failures) { one, _ in one }
        .merging(CopyTexts.failures) { one, _ in one }
        .merging(IncidentTexts.failures) { one, _ in one }

    private static func text(
        _ vietnamese: String, _ remedyVietnamese: String, _ english: String, _ remedyEnglish: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVietnamese), en: .init(english, remedyEnglish))
    }

    private static let disk: [String: FindingText] = [
        "LT-DISK-NOT-FOUND": text(
            "không có {subject}", "xem lại đường dẫn", "there is no {subject}", "check the path"),
        "LT-DISK-FULL": text(
            "đĩa đầy khi ghi {subject}", "giải phóng chỗ rồi chạy lại; chưa có gì bị ghi dở",
            "the disk is full while writing {subject}",
            "make room and run again; nothing is left half-written"),
        "LT-DISK-QUOTA": text(
            "hết hạn mức đĩa khi ghi {subject}", "xin thêm hạn mức rồi chạy lại",
            "the disk quota is used up while writing {subject}", "get more quota and run again"),
        "LT-DISK-READ-ONLY": text(
            "đĩa chỉ cho đọc: {subject}", "gắn lại đĩa ở chế độ ghi rồi chạy lại",
            "the disk is read-only: {subject}", "mount it writable and run again"),
        "LT-DISK-PERMISSION": text(
            "không có quyền với {subject}", "chạy bằng tài khoản có quyền, hoặc sửa quyền của tệp",
            "no permission for {subject}",
            "run as an account that may, or change the file's permissions"),
        "LT-DISK-INPUT-OUTPUT": text(
            "đĩa báo lỗi đọc ghi ở {subject}", "kiểm tra đĩa; đừng ghi thêm trước khi biết vì sao",
            "the disk reports an input/output error at {subject}",
            "check the disk before writing more"),
        "LT-DISK-EXISTS": text(
            "đã có {subject}", "chọn tên khác hoặc chuyển tệp đó đi", "{subject} is already there",
            "choose another name or move it away"),
        "LT-DISK-NAME-TOO-LONG": text(
            "tên quá dài cho hệ thống tệp: {subject}", "rút ngắn tên",
            "the name is too long for the file system: {subject}",
            "shorten the name"),
        "LT-DISK-FAILED": text(
            "hệ thống tệp từ chối ({call}, {reason}): {subject}", "kiểm tra đĩa và đường dẫn",
            "the file system refused ({call}, {reason}): {subject}", "check the disk and the path"),
        "LT-FAILED": text(
            "lỗi không lường trước: {detail}", "báo lại cho người bảo trì cùng lệnh đã gõ",
            "unforeseen failure: {detail}", "report it to the maintainers with the command typed"),
    ]

    private static let export: [String: FindingText] = [
        "LT-EXPORT-OTHER": text(
            "thư mục {subject} chứa một bản xuất đã xong, hoặc của kho hay phạm vi khác",
            "chọn thư mục mới hoặc rỗng",
            "the folder {subject} holds a finished export, or one of another archive or scope",
            "choose a new or empty folder"),
        "LT-IMPORT-FORM": text(
            "{subject} không phải bản xuất dạng ocfl, cũng không phải kho OCFL của luutru",
            "nêu thư mục có export.json (luutru export --form ocfl) hoặc 0=ocfl_1.1",
            "{subject} is neither an export of the form ocfl nor an OCFL root of luutru",
            "name the folder with export.json (luutru export --form ocfl) or 0=ocfl_1.1"),
        "LT-IMPORT-ARCHIVE-NOT-FRESH": text(
            "kho {subject} đã có hồ sơ hoặc việc khác trong sổ cái",
            "tạo kho mới bằng luutru init rồi nhập vào đó",
            "the archive {subject} already holds dossiers or other acts",
            "make a new archive with luutru init and import into it"),
        "LT-IMPORT-UNFINISHED": text(
            "kho {subject} đang nhập dở", "chạy lại: luutru import {source}",
            "an import into the archive {subject} was interrupted",
            "run again: luutru import {source}"),
    ]

    private static let archive: [String: FindingText] = [
        "LT-ARCHIVE-NONE": text(
            "không có kho lưu trữ ở {subject}",
            "dùng --archive THƯ_MỤC hoặc LUUTRU_ARCHIVE, hoặc tạo kho: luutru init",
            "there is no archive at {subject}",
            "give --archive DIR or LUUTRU_ARCHIVE, or make one: luutru init"),
        "LT-ARCHIVE-NOT-NAMED": text(
            "chưa nói kho lưu trữ ở đâu",
            "dùng --archive THƯ_MỤC sau tên lệnh, hoặc đặt LUUTRU_ARCHIVE",
            "no archive was named", "give --archive DIR after the command, or set LUUTRU_ARCHIVE"),
        "LT-ARCHIVE-FOLDER-NOT-EMPTY": text(
            "thư mục {subject} không rỗng", "chọn thư mục mới hoặc rỗng cho kho",
            "the folder {subject} is not empty", "choose a new or empty folder for the archive"),
        "LT-ARCHIVE-LOCKED": text(
            "kho đang được một lệnh khác ghi: {holder}", "đợi lệnh đó xong rồi chạy lại",
            "another run is writing to the archive: {holder}",
            "wait until it has finished and run again"),
        "LT-ARCHIVE-CONFIGURATION": text(
            "luutru.yaml sai ở dòng {line}: {detail}", "sửa luutru.yaml theo docs/operations.md",
            "luutru.yaml is wrong in line {line}: {detail}",
            "mend luutru.yaml after docs/operations.md"),
        "LT-ARCHIVE-STORE-AWAY": text(
            "không thấy bản lưu {subject}",
            "gắn lại đĩa chứa bản lưu rồi chạy lại; hồ sơ không bị coi là mất",
            "the store {subject} is away",
            "mount the disk that holds it and run again; nothing counts as lost"),
        "LT-ARCHIVE-STORE-FOREIGN": text(
            "thư mục {subject} là bản lưu của kho khác",
            "gắn đúng đĩa; luutru không ghi vào bản lưu lạ",
            "the folder {subject} is a store of another archive",
            "mount the right disk; luutru never writes to a foreign store"),
        "LT-ARCHIVE-LEDGER-SUSPECT": text(
            "sổ cái đáng ngờ: {detail}; kho chỉ mở để đọc",
            "khôi phục {subject} từ bản sao, rồi chạy: luutru catalog check",
            "the ledger is suspect: {detail}; the archive opens for reading only",
            "restore {subject} from a copy, then run: luutru catalog check"),
        "LT-ARCHIVE-CHECKPOINT-DAMAGED": text(
            "điểm kiểm tra {subject} không phải bản kho này đã ký; kho chỉ mở để đọc",
            "chạy: luutru ledger verify; chỉ sai tệp này thì chuyển nó đi nơi khác, lệnh ghi sau ký lại",
            "the checkpoint {subject} is not as this archive signed it; the archive opens for reading only",
            "run: luutru ledger verify; where only this file is wrong move it away: the next command that writes signs anew"
        ),
        "LT-ARCHIVE-CATALOG-MISSING": text(
            "chưa có danh mục catalog.sqlite", "dựng lại từ bản lưu: luutru catalog rebuild",
            "there is no catalog.sqlite", "make it again from the store: luutru catalog rebuild"),
        "LT-ARCHIVE-CATALOG-OTHER": text(
            "catalog.sqlite là danh mục của kho khác: {other}",
            "dựng lại danh mục của kho này: luutru catalog rebuild",
            "catalog.sqlite is the catalog of another archive: {other}",
            "make this archive's own again: luutru catalog rebuild"),
        "LT-ARCHIVE-UNKNOWN-RECORD": text(
            "không có hồ sơ hay tài liệu {subject}{nearest}",
            "tìm bằng: luutru search, hoặc: luutru list",
            "no dossier or document {subject}{nearest}",
            "look for it: luutru search, or: luutru list"),
        "LT-ARCHIVE-SEVERAL-RECORDS": text(
            "{subject} chỉ đến nhiều hồ sơ: {nearest}", "dùng mã đầy đủ của một hồ sơ",
            "{subject} names several records: {nearest}", "give the full identifier of one"),
        "LT-ARCHIVE-UNKNOWN-VERSION": text(
            "hồ sơ {subject} không có phiên bản {version}",
            "xem các phiên bản: luutru show {subject}",
            "the dossier {subject} has no version {version}",
            "see its versions: luutru show {subject}"),
        "LT-ARCHIVE-UNKNOWN-DOCUMENT": text(
            "hồ sơ {subject} không có tài liệu {document}", "xem danh sách: luutru show {subject}",
            "the dossier {subject} has no document {document}",
            "see the list: luutru show {subject}"),
        "LT-ARCHIVE-SEVERAL-DOCUMENTS": text(
            "{document} chỉ đến nhiều tài liệu của {subject}: {nearest}",
            "dùng số thứ tự của tài liệu",
            "{document} names several documents of {subject}: {nearest}",
            "give the document's ordinal"),
        "LT-ARCHIVE-TARGET-EXISTS": text(
            "đã có tệp {subject}; luutru không ghi đè", "chọn tên khác cho tệp đích (-o, --report)",
            "the file {subject} exists; luutru never overwrites",
            "choose another name for the target (-o, --report)"),
        "LT-ARCHIVE-DOCUMENT-DAMAGED": text(
            "nội dung {subject} trong kho đã hỏng nên không giao",
            "chạy: luutru verify {id}, rồi khôi phục từ bản sao",
            "the content of {subject} is damaged in the store and was not delivered",
            "run: luutru verify {id}, then restore from a copy"),
        "LT-USAGE": text("{detail}", "xem: luutru --help", "{detail}", "see: luutru --help"),
        "LT-PATH-NONE": text(
            "không có tệp hay hồ sơ {subject}",
            "xem lại đường dẫn, hoặc cho --archive nếu là mã hồ sơ",
            "no file or dossier {subject}",
            "check the path, or give --archive when it is an identifier"),
        "LT-FIELD-IS-ACT": text(
            "{element} không phải là mô tả để sửa: chế độ sử dụng, thời hạn, nơi để và liên kết là việc ghi trong sổ cái, mã và số đếm là của hệ thống",
            "nơi để tài liệu: luutru move; liên kết: luutru link; chế độ sử dụng và thời hạn chưa có lệnh sửa",
            "{element} is no description to amend: access level, retention, place and links are acts in the ledger, codes and counts are the system's",
            "the place: luutru move; links: luutru link; access level and retention have no command yet"
        ),
        "LT-OUTPUT-LOST": text(
            "không ghi được kết quả ra đầu ra chuẩn",
            "giải phóng chỗ hoặc chọn nơi khác rồi chạy lại",
            "the results could not be written to standard output",
            "make room or choose another place and run again"),
        "LT-INTERRUPTED": text(
            "đã dừng theo yêu cầu; không có gì bị ghi dở", "chạy lại lệnh khi muốn",
            "stopped as asked; nothing is left half-written", "run the command again at will"),
    ]

    private static let ledgerRemedy = (
        "khôi phục ledger/ từ bản sao, rồi chạy: luutru catalog check",
        "restore ledger/ from a copy, then run: luutru catalog check"
    )

    private static let ledger: [String: FindingText] = [
        "LOG_ENTRY_MISMATCH": text(
            "mục {entry} của sổ cái bị thay đổi", ledgerRemedy.0,
            "ledger entry {entry} was changed", ledgerRemedy.1),
        "LOG_INCONSISTENT": text(
            "mục {entry} của sổ cái không nối tiếp mục trước", ledgerRemedy.0,
            "ledger entry {entry} does not follow the one before", ledgerRemedy.1),
        "LOG_TREE_SHRUNK": text(
            "sổ cái ngắn hơn trước (từng có {entry} mục)", ledgerRemedy.0,
            "the ledger is shorter than it was ({entry} entries)", ledgerRemedy.1),
        "LOG_CLOCK_BEHIND": text(
            "đồng hồ máy chậm hơn mục cuối của sổ cái", "chỉnh đồng hồ máy rồi chạy lại",
            "the clock stands before the ledger's last entry", "set the clock and run again"),
        "LOG_CLOCK_AHEAD": text(
            "đồng hồ máy đi trước mục cuối của sổ cái hơn 50 năm",
            "chỉnh đồng hồ máy rồi chạy lại: mục ghi với giờ sai sẽ chặn mọi lần ghi sau",
            "the clock stands more than 50 years after the ledger's last entry",
            "set the clock and run again: an entry with a wrong hour would stop every later one"),
        "LOG_ENTRY_TOO_LONG": text(
            "mục {entry} của sổ cái dài quá 65.535 byte", ledgerRemedy.0,
            "ledger entry {entry} is longer than 65,535 bytes", ledgerRemedy.1),
        "LOG_TREE_DAMAGED": text(
            "một mảnh của cây Merkle bị mất hoặc hỏng, gần mục {entry}", ledgerRemedy.0,
            "a tile of the Merkle tree is missing or damaged, near entry {entry}", ledgerRemedy.1),
        "LOG_DETAILS_MISMATCH": text(
            "một tệp trong details/ không khớp với tên của nó", "khôi phục tệp đó từ bản sao",
            "a file in details/ is not what its name says", "restore that file from a copy"),
    ]

    private static let store: [String: FindingText] = [
        "LT-STORE-OBJECT-EXISTS": text(
            "kho đã có đối tượng {subject}", "dùng mã gói khác, hoặc xem: luutru show {subject}",
            "the store already holds {subject}",
            "use another identifier, or see: luutru show {subject}"),
        "LT-STORE-NOT-THIS": text(
            "{subject} không phải bản lưu của kho này", "gắn đúng đĩa",
            "{subject} is not a store of this archive",
            "mount the right disk"),
        "LT-STORE-OBJECT-MISSING": text(
            "kho không còn đối tượng {subject}", "khôi phục từ bản sao; xem: luutru audit run",
            "the store no longer holds {subject}", "restore it from a copy; see: luutru audit run"),
        "LT-STORE-OBJECT-CHANGED": text(
            "{subject} trong kho không còn là bản đã ghi trong sổ cái",
            "chạy: luutru verify {subject}, rồi khôi phục từ bản sao",
            "{subject} in the store is no longer what the ledger says",
            "run: luutru verify {subject}, then restore from a copy"),
        "LT-STORE-TOO-MANY-VERSIONS": text(
            "{subject} đã có quá nhiều phiên bản", "lập hồ sơ mới nối tiếp hồ sơ này",
            "{subject} has too many versions", "make a new dossier that continues this one"),
        "LT-STORE-OBJECT-UNREADABLE": text(
            "bản kê của {subject} không đọc được", "xem: luutru verify {subject}",
            "the inventory of {subject} cannot be read", "see: luutru verify {subject}"),
        "LT-FILE-CHANGED": text(
            "tệp {subject} thay đổi trong lúc đóng gói", "đóng gói lại khi không ai sửa hồ sơ",
            "the file {subject} changed while it was packaged",
            "package again when nobody edits the dossier"),
        "LT-BUNDLE-READ-BACK": text(
            "{subject} vừa ghi xong, đọc lại thấy byte khác: bộ nhớ hoặc đĩa có lỗi; hồ sơ chưa được lưu trữ",
            "kiểm tra bộ nhớ và đĩa của máy, rồi đóng gói lại",
            "{subject} was just written and is read back with other bytes: memory or a disk is at fault; nothing of it was archived",
            "check the machine's memory and disks, then package again"),
    ]

    private static let rebuild = (
        "dựng lại từ bản lưu: luutru catalog rebuild",
        "make it again from the store: luutru catalog rebuild"
    )

    private static let catalog: [String: FindingText] = [
        "LT-CATALOG-MISSING": text(
            "không có danh mục catalog.sqlite", rebuild.0, "there is no catalog.sqlite", rebuild.1),
        "LT-CATALOG-EXISTS": text(
            "đã có tệp danh mục", "chuyển tệp đó đi", "the catalog's file exists", "move it away"),
        "LT-CATALOG-FOREIGN": text(
            "catalog.sqlite không phải danh mục của luutru", rebuild.0,
            "catalog.sqlite is not luutru's catalog", rebuild.1),
        "LT-CATALOG-NEWER": text(
            "danh mục do bản luutru mới hơn tạo",
            "dùng bản luutru mới hơn, hoặc: luutru catalog rebuild",
            "a newer luutru made the catalog", "use the newer luutru, or: luutru catalog rebuild"),
        "LT-CATALOG-OLDER": text(
            "danh mục do bản luutru cũ hơn tạo", rebuild.0, "an older luutru made the catalog",
            rebuild.1),
        "LT-CATALOG-DAMAGED": text("danh mục hỏng", rebuild.0, "the catalog is damaged", rebuild.1),
        "LT-CATALOG-BUSY": text(
            "danh mục đang bận", "đợi rồi chạy lại", "the catalog is busy", "wait and run again"),
        "LT-CATALOG-FULL": text(
            "đĩa đầy khi ghi danh mục", "giải phóng chỗ rồi chạy lại",
            "the disk is full while writing the catalog",
            "make room and run again"),
        "LT-CATALOG-READ-ONLY": text(
            "không ghi được danh mục", "sửa quyền của thư mục kho", "the catalog cannot be written",
            "mend the permissions of the archive's folder"),
        "LT-CATALOG-CONTRADICTION": text(
            "danh mục mâu thuẫn với bản lưu", rebuild.0, "the catalog contradicts the store",
            rebuild.1),
        "LT-CATALOG-VALUE": text(
            "một giá trị vượt quá mức danh mục giữ được", "báo lại cho người bảo trì",
            "a value is beyond what the catalog can hold", "report it to the maintainers"),
        "LT-CATALOG-FAILED": text(
            "cơ sở dữ liệu báo lỗi", rebuild.0, "the database failed", rebuild.1),
    ]

    private static let key: [String: FindingText] = [
        "LT-KEY-PASSPHRASE-MISSING": text(
            "khóa con dấu có mật khẩu nhưng chưa được cho",
            "dùng --passphrase-file, --ask-passphrase, hoặc sealPassphraseFile trong luutru.yaml",
            "the seal's key has a passphrase and none was given",
            "use --passphrase-file, --ask-passphrase, or sealPassphraseFile in luutru.yaml"),
        "LT-KEY-PASSPHRASE-WRONG": text(
            "mật khẩu của khóa con dấu không đúng", "kiểm tra tệp mật khẩu rồi chạy lại",
            "the passphrase of the seal's key is wrong", "check the passphrase and run again"),
        "LT-KEY-PASSPHRASE-FILE": text(
            "không có mật khẩu trong {subject}", "ghi mật khẩu vào dòng đầu của tệp",
            "there is no passphrase in {subject}", "write it in the file's first line"),
        "LT-KEY-MISSING": text(
            "không có {subject}", "khôi phục keys/ từ bản sao cất riêng",
            "there is no {subject}", "restore keys/ from the copy kept apart"),
        "LT-KEY-NOT-ADOPTED": text(
            "chứng thư {subject} (SHA-256 {fingerprint}) chưa được sổ cái ghi nhận, nên không niêm phong bằng nó",
            "khôi phục seal.key và seal.crt từ bản sao cất riêng; đối chiếu với key-sheet.txt",
            "no ledger entry adopted the certificate {subject} (SHA-256 {fingerprint}), so nothing is sealed under it",
            "restore seal.key and seal.crt from the copy kept apart; compare with key-sheet.txt"),
        "LT-KEY-LEDGER-WRONG": text(
            "không đọc được khóa ký sổ cái: {subject}",
            "khôi phục keys/ledger.key từ bản sao lưu của khóa",
            "the key of the ledger's checkpoints cannot be read: {subject}",
            "restore keys/ledger.key from the keys' backup"),
        "LT-KEY-REVOCATIONS-LOST": text(
            "không rõ khóa nào đã bị thu hồi: mất hoặc đã sửa {subject}",
            "lấy lại tệp từ một bản sao của kho, rồi làm lại",
            "which keys are revoked is not known: {subject} is gone or changed",
            "take the file from another copy of the store, then try again"),
        "LT-KEY-LEDGER-LOST": text(
            "{subject} không có hoặc không phải khóa ký sổ cái đã công bố",
            "khôi phục từ bản sao lưu của khóa; mất hẳn: luutru key rotate --use ledger --old-key-lost",
            "{subject} is missing or is not the announced key of the ledger",
            "restore it from the keys' backup; lost for ever: luutru key rotate --use ledger --old-key-lost"
        ),
        "LT-LEDGER-NO-ENTRY": text(
            "sổ cái không có mục {subject} dưới một chữ ký", "xem: luutru ledger show",
            "the ledger has no signed entry {subject}", "see: luutru ledger show"),
        "LT-KEY-CERTIFICATE-MISMATCH": text(
            "chứng thư {subject} không thuộc khóa con dấu",
            "đặt đúng cặp seal.key và seal.crt vào keys/",
            "the certificate {subject} does not belong to the seal's key",
            "put the right pair into keys/"),
        "LT-KEY-UNREADABLE": text(
            "không đọc được khóa con dấu: {detail}", "khôi phục keys/seal.key từ bản cất giữ",
            "the seal's key cannot be read: {detail}", "restore keys/seal.key from its safe copy"),
        "LT-KEY-CERTIFICATE-UNREADABLE": text(
            "không đọc được chứng thư: {detail}", "cho tệp PEM có chứng thư",
            "the certificate cannot be read: {detail}",
            "give a PEM file with a certificate"),
        "LT-KEY-FAILED": text(
            "thư viện mật mã báo lỗi: {detail}", "báo lại cho người bảo trì",
            "the cryptographic library failed: {detail}",
            "report it to the maintainers"),
    ]
}
