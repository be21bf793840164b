package import Records

/// Short texts of the faces, in both languages.
package enum Phrases {
    /// The word for a severity.
    package static func severity(_ severity: Finding.Severity) -> Phrase {
        switch severity {
        case .error: Phrase("LỖI", "ERROR")
        case .warning: Phrase("CẢNH BÁO", "WARNING")
        case .information: Phrase("LƯU Ý", "NOTE")
        }
    }

    package static let progress = Phrase(
        "{files} tệp · {bytes} · {rate}/giây · còn {left}",
        "{files} files · {bytes} · {rate}/s · {left} left")
    package static let initialised = Phrase(
        "Đã tạo kho lưu trữ {archive}\n  thư mục: {path}\n  bản lưu: {store}\n  chứng thư con dấu: {certificate} (SHA-256 {fingerprint})\n  In và cất phiếu khóa: {sheet}",
        "Made the archive {archive}\n  folder: {path}\n  store: {store}\n  certificate of the seal: {certificate} (SHA-256 {fingerprint})\n  Print and file the key sheet: {sheet}"
    )
    package static let keyUnprotected = Phrase(
        "  Khóa con dấu không có mật khẩu; quyền tệp 0600 bảo vệ nó.",
        "  The seal's key has no passphrase; its file mode 0600 protects it.")
    package static let keyProtected = Phrase(
        "  Khóa con dấu có mật khẩu: các lệnh sau cần --passphrase-file, --ask-passphrase hoặc sealPassphraseFile trong luutru.yaml.",
        "  The seal's key has a passphrase: later commands need --passphrase-file, --ask-passphrase or sealPassphraseFile in luutru.yaml."
    )
    package static let packaged = Phrase(
        "ĐÃ LƯU TRỮ  {folder}\n  {id} v{version} · {documents} tài liệu · {bytes} · SHA-512 {sha512}…",
        "ARCHIVED  {folder}\n  {id} v{version} · {documents} documents · {bytes} · SHA-512 {sha512}…"
    )
    package static let rejected = Phrase("KHÔNG LƯU TRỮ  {folder}", "NOT ARCHIVED  {folder}")
    package static let examined = Phrase(
        "ĐẠT  {folder}: {documents} tài liệu · {bytes} (chạy thử, không ghi gì)",
        "IN ORDER  {folder}: {documents} documents · {bytes} (dry run, nothing written)")
    package static let recovered = Phrase(
        "Đã hoàn tất sau lần chạy bị ngắt: {what}", "Recovered after an interrupted run: {what}")
    package static let valid = Phrase("NGUYÊN VẸN  {subject}", "VALID  {subject}")
    package static let untrusted = Phrase(
        "NGUYÊN VẸN NHƯNG CHƯA TIN CẬY  {subject}", "INTACT BUT UNTRUSTED  {subject}")
    package static let invalid = Phrase("HỎNG  {subject}", "INVALID  {subject}")
    package static let sealedBy = Phrase(
        "  con dấu: {signer} · SHA-256 {fingerprint}", "  seal: {signer} · SHA-256 {fingerprint}")
    package static let noHits = Phrase("Không tìm thấy.", "Nothing found.")
    package static let hitDossier = Phrase("hồ sơ", "dossier")
    package static let hitDocument = Phrase("tài liệu {document}", "document {document}")
    package static let matched = Phrase("khớp: {matched}", "matched: {matched}")
    package static let delivered = Phrase(
        "Đã giao {path} · {bytes} · SHA-256 {sha256}",
        "Delivered {path} · {bytes} · SHA-256 {sha256}")
    package static let audited = Phrase(
        "Đã kiểm tra {checked} hồ sơ · {bytes} · hỏng {damaged}",
        "Checked {checked} dossiers · {bytes} · {damaged} damaged")
    package static let catalogRebuilt = Phrase(
        "Đã dựng lại danh mục: {dossiers} hồ sơ, {documents} tài liệu, {entries} mục sổ cái",
        "Made the catalog again: {dossiers} dossiers, {documents} documents, {entries} ledger entries"
    )
    package static let catalogEqual = Phrase(
        "Danh mục khớp với bản lưu.", "The catalog equals the store.")
    package static let catalogDifferent = Phrase(
        "Danh mục khác bản lưu ở {count} chỗ.",
        "The catalog differs from the store in {count} places.")
    package static let status = Phrase(
        "Kho {archive}\n  cơ quan: {agency} ({code})\n  hồ sơ: {dossiers} · tài liệu: {documents} · {bytes}\n  sổ cái: {entries} mục, đã ký {signed}\n  kiểm tra gần nhất: {audit}\n  bằng chứng thời gian: {evidence}",
        "Archive {archive}\n  agency: {agency} ({code})\n  dossiers: {dossiers} · documents: {documents} · {bytes}\n  ledger: {entries} entries, {signed} signed\n  last audit: {audit}\n  evidence of time: {evidence}"
    )
    package static let ledgerSuspect = Phrase(
        "SỔ CÁI ĐÁNG NGỜ: kho chỉ mở để đọc; khôi phục ledger/ từ bản sao (docs/operations.md)",
        "LEDGER SUSPECT: the archive opens for reading only; restore ledger/ from a copy (docs/operations.md)"
    )
    package static let lastAuditFailed = Phrase(
        "CÒN LỖI CHƯA SỬA ở dấu niêm, sổ cái, chính sách hay bằng chứng: luutru repair --all",
        "FAULTS ARE OPEN in seals, ledger, policy or evidence: luutru repair --all")
    package static let wrongPlaces = Phrase(
        "KHO CHÍNH CÓ THƯ MỤC BỊ THAY ({found}): không ghi gì; đặt lại chính thư mục ấy",
        "A FOLDER OF THE PRIMARY STORE IS SOMETHING ELSE ({found}): nothing is written; put the folder itself back"
    )
    package static let damagedDossiers = Phrase(
        "{count} HỒ SƠ HỎNG chưa sửa: luutru repair --all",
        "{count} DOSSIERS DAMAGED and not mended: luutru repair --all")
    package static let damageAwaits = Phrase(
        "  CHỜ KHO ĐANG VẮNG MẶT để sửa: {stores}; gắn lại, rồi luutru repair --all",
        "  WAITS FOR STORES THAT ARE AWAY: {stores}; mount them, then luutru repair --all")
    package static let amended = Phrase(
        "ĐÃ SỬA {id} → v{version} · {bytes}", "AMENDED {id} → v{version} · {bytes}")
    package static let wouldAmend = Phrase(
        "Sẽ sửa {id} (chưa ghi gì):", "Would amend {id} (nothing written):")
    package static let amendRejected = Phrase(
        "KHÔNG SỬA {id}: còn lỗi", "NOT AMENDED {id}: there are errors")
    package static let difference = Phrase(
        "{id}: v{from} → v{to}, {count} thay đổi", "{id}: v{from} → v{to}, {count} changes")
    package static let changedField = Phrase(
        "{element}: {before} → {after}", "{element}: {before} → {after}")
    package static let addedDocument = Phrase(
        "thêm tài liệu {element}", "document added: {element}")
    package static let supersededFile = Phrase(
        "tệp {before} được thay bằng {after}", "file {before} superseded by {after}")
    package static let derivedFile = Phrase(
        "tệp chuyển đổi {element}", "derived file {element}")
    package static let exported = Phrase(
        "ĐÃ XUẤT {path} · dạng {form}\n  hồ sơ: {dossiers} · tệp: {files} · {bytes} · sổ cái: {entries} dòng · chi tiết: {details} · chính sách: {policy}\n  giữ lại từ lần trước: {kept} tệp\n  SHA-512 của manifest-sha512.txt: {manifest}\n  kiểm tra: luutru verify {path}, hoặc: cd {path} && sha512sum -c --quiet manifest-sha512.txt",
        "EXPORTED {path} · form {form}\n  dossiers: {dossiers} · files: {files} · {bytes} · ledger: {entries} lines · details: {details} · policy: {policy}\n  kept from an earlier run: {kept} files\n  SHA-512 of manifest-sha512.txt: {manifest}\n  check: luutru verify {path}, or: cd {path} && sha512sum -c --quiet manifest-sha512.txt"
    )
    package static let exportLacks = Phrase(
        "  THIẾU {count} HỒ SƠ: {first}", "  {count} DOSSIERS MISSING: {first}")
    package static let imported = Phrase(
        "ĐÃ NHẬP vào kho {archive}\n  hồ sơ: {dossiers} · {bytes} · sổ cái: {entries} mục · từ chối: {refused}",
        "IMPORTED into the archive {archive}\n  dossiers: {dossiers} · {bytes} · ledger: {entries} entries · refused: {refused}"
    )
    package static let importedNothing = Phrase(
        "KHÔNG NHẬP GÌ vào kho {archive}", "IMPORTED NOTHING into the archive {archive}")
    package static let importTrust = Phrase(
        "  tin chứng thư SHA-256 {fingerprint}: đối chiếu với phiếu khóa của kho cũ",
        "  trusted the certificate SHA-256 {fingerprint}: compare it with the old archive's key sheet"
    )
    package static let never = Phrase("chưa lần nào", "never")
    package static let askPassphrase = Phrase(
        "Mật khẩu của khóa con dấu: ", "Passphrase of the seal's key: ")
}
