package import Records

/// What failures and findings of keys and tokens say.
package enum KeyTexts {
    private static func text(
        _ vietnamese: String, _ remedyVi: String, _ english: String, _ remedyEn: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVi), en: .init(english, remedyEn))
    }

    package static let all: [FindingCode: FindingText] = [
        .sealKeyRevoked: text(
            "khóa đã niêm phong (SHA-256 {fingerprint}) bị thu hồi từ {since}, không có bằng chứng con dấu cũ hơn (ghi ký lúc {signed})",
            "đổi khóa (luutru key rotate) rồi niêm phong lại: luutru key reseal --all --reason LÝ-DO; có gói chứng minh thì xin gói mới",
            "the key that sealed it (SHA-256 {fingerprint}) is revoked since {since}, and nothing proves the seal older (it says {signed})",
            "change the key (luutru key rotate), then seal again: luutru key reseal --all --reason TEXT; for a proof, ask for a new one"
        ),
        .announcementWrong: text(
            "chữ ký thông báo chứng thư mới không thuộc khóa nào đã dùng trước đó",
            "đối chiếu chứng thư với phiếu khóa đã in; khôi phục policy/ từ bản sao",
            "the announcement of a new certificate is not signed by any key before it",
            "compare the certificate with the printed key sheet; restore policy/ from a copy"),
        .keyEnding: text(
            "chứng thư con dấu hết hạn {until}, còn {days} ngày",
            "đổi khóa trước ngày đó: luutru key rotate --use seal",
            "the seal's certificate ends {until}, in {days} days",
            "change the key before: luutru key rotate --use seal"),
        .keyEnded: text(
            "chứng thư con dấu đã hết hạn từ {until}, không niêm phong được gì nữa",
            "đổi khóa: luutru key rotate --use seal; các con dấu cũ vẫn giữ giá trị",
            "the seal's certificate has ended {until}, and nothing can be sealed with it",
            "change the key: luutru key rotate --use seal; seals made before stay good"),
    ]

    package static let failures: [String: FindingText] = token.merging(pin) { one, _ in one }
        .merging(life) { one, _ in one }

    private static let token: [String: FindingText] = [
        "LT-TOKEN-MODULE": text(
            "{subject} không phải mô-đun PKCS#11 hoặc không nạp được: {detail}",
            "kiểm tra sealModule trong luutru.yaml hoặc --pkcs11; cài phần mềm của hãng token",
            "{subject} is no PKCS#11 module, or cannot be loaded: {detail}",
            "check sealModule in luutru.yaml or --pkcs11; install the token maker's software"),
        "LT-TOKEN-ABSENT": text(
            "không thấy token có nhãn {subject}", "cắm token; kiểm tra nhãn trong luutru.yaml",
            "no token labelled {subject} is there",
            "plug the token in; check its label in luutru.yaml"),
        "LT-TOKEN-SEVERAL": text(
            "nhiều token hoặc khóa cùng nhãn {detail}", "rút token thừa, hoặc đổi nhãn khóa",
            "several tokens or keys are labelled {detail}",
            "pull the other token out, or give the key another label"),
        "LT-TOKEN-KEY-MISSING": text(
            "trên token {subject} không có khóa nhãn {detail}",
            "xem các khóa: pkcs11-tool --module … --login --list-objects",
            "the token {subject} has no private key labelled {detail}",
            "see its keys: pkcs11-tool --module … --login --list-objects"),
        "LT-TOKEN-KEY-WEAK": text(
            "khóa trên token {subject} không đủ mạnh để niêm phong",
            "tạo khóa RSA từ 2048 bit hoặc ECC từ 256 bit",
            "the key on the token {subject} is too weak to seal",
            "make an RSA key of 2,048 bits or more, or an elliptic one of 256 or more"),
        "LT-TOKEN-CERTIFICATE-MISSING": text(
            "token {subject} không có chứng thư của khóa", "cho tệp chứng thư: --certificate FILE",
            "the token {subject} has no certificate for the key",
            "give its file: --certificate FILE"),
        "LT-TOKEN-GONE": text(
            "token {subject} bị rút ra hoặc không ký được nữa: {detail}",
            "cắm lại token, chạy lại với các hồ sơ còn đợi",
            "the token {subject} was pulled out or signs no more: {detail}",
            "plug it in again and run again with the dossiers that wait"),
        "LT-TOKEN-CRASHED": text(
            "tiến trình chạy mô-đun của token {subject} đã chết",
            "chạy lại; nếu lặp lại, cập nhật phần mềm của hãng token",
            "the process that runs the module of the token {subject} ended",
            "run again; if it happens again, update the token maker's software"),
        "LT-TOKEN-SILENT": text(
            "mô-đun của token {subject} không trả lời", "rút token ra, cắm lại, chạy lại",
            "the module of the token {subject} does not answer",
            "pull the token out, plug it in and run again"),
        "LT-TOKEN-NONSENSE": text(
            "mô-đun của token {subject} trả về thứ không phải con dấu",
            "kiểm tra phần mềm của hãng token; không có gì được lưu",
            "the module of the token {subject} gave back what is no seal",
            "check the token maker's software; nothing was stored"),
        "LT-TOKEN-FAILED": text(
            "mô-đun của token {subject} báo lỗi: {detail}",
            "xem tài liệu của hãng token; thử pkcs11-tool với cùng mô-đun",
            "the module of the token {subject} failed: {detail}",
            "see the maker's documentation; try pkcs11-tool with the same module"),
    ]

    private static let pin: [String: FindingText] = [
        "LT-TOKEN-PIN-MISSING": text(
            "chưa có mã PIN của token {subject}",
            "chạy trên màn hình để được hỏi, hoặc dùng --pin-file, --pin-fd",
            "there is no PIN for the token {subject}",
            "run at a terminal to be asked, or use --pin-file or --pin-fd"),
        "LT-TOKEN-PIN-FORM": text(
            "mã PIN của token {subject} rỗng, quá dài hoặc có byte 0",
            "mã PIN có từ 1 đến 255 byte",
            "the PIN of the token {subject} is empty, too long or holds a zero byte",
            "a PIN has 1 to 255 bytes"),
        "LT-TOKEN-PIN-WRONG": text(
            "mã PIN của token {subject} sai; chỉ thử một lần; còn lại: {tries}",
            "tries: 1 = còn một lần, few = còn ít, unknown = token không nói; kiểm tra mã rồi chạy lại",
            "the PIN of the token {subject} is wrong; it was tried once; tries left: {tries}",
            "1 = one, few = a few, unknown = the token does not say; check the PIN and run again"),
        "LT-TOKEN-PIN-LOCKED": text(
            "token {subject} đã bị khóa vì sai mã PIN nhiều lần",
            "người giữ mã SO-PIN mở khóa token",
            "the token {subject} is locked after too many wrong PINs",
            "who holds its SO PIN unlocks it"),
        "LT-TOKEN-PIN-FINAL-TRY": text(
            "token {subject} chỉ còn một lần thử mã PIN, nên không thử từ tệp",
            "chạy lệnh trên màn hình và gõ mã PIN",
            "the token {subject} has one try left, which is not spent on a PIN from a file",
            "run the command at a terminal and type the PIN"),
        "LT-TOKEN-PIN-FILE": text(
            "không có mã PIN trong {subject}", "ghi mã PIN vào dòng đầu của tệp",
            "there is no PIN in {subject}", "write it in the file's first line"),
        "LT-TOKEN-PIN-FILE-OPEN": text(
            "người khác đọc được tệp mã PIN {subject} (quyền {mode})", "chmod 600 {subject}",
            "others can read the PIN's file {subject} (mode {mode})", "chmod 600 {subject}"),
    ]

    private static let life: [String: FindingText] = [
        "LT-KEY-REVOKED": text(
            "khóa con dấu (SHA-256 {fingerprint}) đã bị thu hồi từ {since}, không niêm phong được nữa",
            "đổi khóa: luutru key rotate --use seal",
            "the seal's key (SHA-256 {fingerprint}) is revoked since {since} and seals no more",
            "change it: luutru key rotate --use seal"),
        "LT-KEY-SAME": text(
            "chứng thư mới (SHA-256 {fingerprint}) đã được ghi nhận trước đây",
            "dùng khóa và chứng thư chưa từng dùng",
            "the new certificate (SHA-256 {fingerprint}) was adopted before",
            "take a key and certificate that were never used here"),
        "LT-KEY-CERTIFICATE-UNFIT": text(
            "chứng thư {subject} không dùng được cho con dấu: {detail}",
            "xin chứng thư ký số (digitalSignature, nonRepudiation); tự ký thì basicConstraints CA:FALSE",
            "the certificate {subject} is not fit for a seal: {detail}",
            "ask for one that signs (digitalSignature, nonRepudiation); self-signed, with basicConstraints CA:FALSE"
        ),
        "LT-KEY-EXPIRED": text(
            "chứng thư {subject} không còn hoặc chưa có hiệu lực: {from} – {until}",
            "đổi khóa: luutru key rotate --use seal; kiểm tra đồng hồ",
            "the certificate {subject} is not valid now: {from} – {until}",
            "change the key: luutru key rotate --use seal; check the clock"),
        "LT-KEY-UNKNOWN-FINGERPRINT": text(
            "không có khóa nào có SHA-256 bắt đầu bằng {subject}", "xem: luutru key status",
            "no key's SHA-256 begins with {subject}", "see: luutru key status"),
        "LT-KEY-SEVERAL": text(
            "kho đã có {count} khóa con dấu, chưa rõ thu hồi khóa nào",
            "chạy lại với --fingerprint và đầu SHA-256 của khóa ấy (từ 8 chữ số), xem bằng luutru key status; khóa đang niêm phong: {fingerprint}",
            "the archive has had {count} keys of the seal, and which one to revoke is not said",
            "run again with --fingerprint and the beginning of its SHA-256 (8 digits or more), which luutru key status shows; the key that seals now: {fingerprint}"
        ),
        "LT-KEY-LEDGER-IN-USE": text(
            "khóa {subject} đang ký sổ cái", "đổi khóa trước: luutru key rotate --use ledger",
            "the key {subject} signs the ledger now",
            "change it first: luutru key rotate --use ledger"),
    ]
}

/// Short texts about keys and tokens, in both languages.
package enum KeyPhrases {
    package static let askPIN = Phrase("Mã PIN của token {token}: ", "PIN of the token {token}: ")
    package static let keyOnToken = Phrase(
        "  Khóa con dấu nằm trên token: các lệnh sau hỏi mã PIN, hoặc dùng --pin-file, --pin-fd.",
        "  The seal's key is on the token: later commands ask for its PIN, or take --pin-file or --pin-fd."
    )
    package static let waiting = Phrase("CÒN ĐỢI  {folder}", "WAITING  {folder}")
    package static let nothingVoid = Phrase(
        "không có con dấu vô hiệu", "no seal is void")
    package static let rotated = Phrase(
        "ĐÃ ĐỔI KHÓA  SHA-256 {fingerprint}\n  trước: {before}\n  chứng thư: {file}\n  In và cất phiếu khóa: {sheet}",
        "NEW KEY  SHA-256 {fingerprint}\n  before: {before}\n  certificate: {file}\n  Print and file the key sheet: {sheet}"
    )
    package static let announced = Phrase(
        "  Khóa cũ đã ký thông báo: {file}.p7s", "  Announced under the old key: {file}.p7s")
    package static let unannounced = Phrase(
        "  Không có chữ ký của khóa cũ: chỉ phiếu khóa đã in chứng minh khóa mới.",
        "  Not signed by the old key: only the printed key sheet vouches for the new one.")
    package static let revoked = Phrase(
        "ĐÃ THU HỒI  SHA-256 {fingerprint} từ {since} · con dấu vô hiệu: {count}\n  In và cất phiếu khóa: {sheet}",
        "REVOKED  SHA-256 {fingerprint} since {since} · void seals: {count}\n  Print and file the key sheet: {sheet}"
    )
    package static let ledgerRevoked = Phrase(
        "ĐÃ THU HỒI  SHA-256 {fingerprint} từ {since}\n  In và cất phiếu khóa: {sheet}",
        "REVOKED  SHA-256 {fingerprint} since {since}\n  Print and file the key sheet: {sheet}")
    package static let resealed = Phrase(
        "ĐÃ NIÊM PHONG LẠI  {id} v{version}", "SEALED AGAIN  {id} v{version}")
    package static let notResealed = Phrase(
        "KHÔNG NIÊM PHONG LẠI  {id}", "NOT SEALED AGAIN  {id}")
    package static let current = Phrase(
        "ĐANG NIÊM PHONG  {subject}", "SEALS NOW  {subject}")
    package static let earlier = Phrase("TRƯỚC ĐÂY  {subject}", "EARLIER  {subject}")
    package static let certificate = Phrase(
        "  SHA-256 {fingerprint}\n  hiệu lực {from} – {until} · ghi nhận {since} · phiên bản đã niêm phong: {sealed}",
        "  SHA-256 {fingerprint}\n  valid {from} – {until} · adopted {since} · versions sealed: {sealed}"
    )
    package static let ledgerCurrent = Phrase(
        "ĐANG KÝ SỔ CÁI  SHA-256 {fingerprint}\n  {verifier}\n  ghi nhận {since}",
        "SIGNS THE LEDGER NOW  SHA-256 {fingerprint}\n  {verifier}\n  adopted {since}")
    package static let ledgerEarlier = Phrase(
        "KÝ SỔ CÁI TRƯỚC ĐÂY  SHA-256 {fingerprint}\n  {verifier}\n  ghi nhận {since}",
        "SIGNED THE LEDGER BEFORE  SHA-256 {fingerprint}\n  {verifier}\n  adopted {since}")
    package static let ledgerRotated = Phrase(
        "ĐÃ ĐỔI KHÓA SỔ CÁI  SHA-256 {fingerprint}\n  trước: {before}\n  khóa: {file}\n  In và cất phiếu khóa: {sheet}",
        "NEW KEY OF THE LEDGER  SHA-256 {fingerprint}\n  before: {before}\n  key: {file}\n  Print and file the key sheet: {sheet}"
    )
    package static let ledgerAnnounced = Phrase(
        "  Điểm kiểm tra vừa ký mang cả hai chữ ký.",
        "  The checkpoint just signed bears both signatures.")
    package static let sealKeyRevoked = Phrase(
        "KHÓA NIÊM PHONG ĐÃ BỊ THU HỒI: luutru key rotate, rồi luutru key reseal --all --reason LÝ-DO",
        "THE SEALING KEY IS REVOKED: luutru key rotate, then luutru key reseal --all --reason TEXT")
    package static let certificateEnding = Phrase(
        "  chứng thư con dấu hết hạn {until}: luutru key rotate trước ngày đó",
        "  the seal's certificate ends {until}: luutru key rotate before that day")
    package static let certificateEnded = Phrase(
        "CHỨNG THƯ CON DẤU ĐÃ HẾT HẠN {until}, không niêm phong được nữa: luutru key rotate",
        "THE SEAL'S CERTIFICATE HAS ENDED {until}, nothing can be sealed: luutru key rotate")
    package static let voidSeals = Phrase(
        "{count} HỒ SƠ CÓ CON DẤU VÔ HIỆU: luutru key status, luutru key reseal --all --reason LÝ-DO",
        "{count} DOSSIERS WITH VOID SEALS: luutru key status, luutru key reseal --all --reason TEXT"
    )
    package static let ledgerUnannounced = Phrase(
        "  Chỉ phiếu khóa đã in chứng minh khóa mới.",
        "  The printed key sheet alone vouches for the new key.")
    package static let onToken = Phrase("  khóa trên token {token}", "  key on the token {token}")
    package static let isRevoked = Phrase(
        "  thu hồi từ {revoked}: {reason}", "  revoked since {revoked}: {reason}")
    package static let unreadable = Phrase(
        "  không đọc được con dấu của {count} phiên bản",
        "  seals of {count} versions cannot be read")
}
