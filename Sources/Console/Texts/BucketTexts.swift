/// What is said of copies in an object store.
enum BucketTexts {
    private static func text(
        _ vietnamese: String, _ remedyVietnamese: String, _ english: String, _ remedyEnglish: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVietnamese), en: .init(english, remedyEnglish))
    }

    static let failures: [String: FindingText] = [
        "LT-S3-AWAY": text(
            "kho đối tượng không trả lời: {subject}",
            "xem máy chủ và đường mạng, rồi chạy lại; không có gì mất",
            "the object store does not answer: {subject}",
            "look at the server and the network, then run again; nothing is lost"),
        "LT-S3-TLS": text(
            "không tin được chứng thư TLS của kho đối tượng: {subject}",
            "xem chứng thư của máy chủ và tệp chứng thư tin cậy trong cấu hình",
            "the TLS certificate of the object store cannot be trusted: {subject}",
            "look at the server's certificate and at the trusted certificates in the configuration"),
        "LT-S3-KEY-WRONG": text(
            "kho đối tượng không nhận khóa truy cập: {subject} ({code})",
            "xem hai dòng trong tệp khóa truy cập",
            "the object store does not accept the access key: {subject} ({code})",
            "look at the two lines in the file of keys"),
        "LT-S3-KEY-FILE": text(
            "tệp khóa truy cập {subject} không có, người khác đọc được, hoặc không phải đúng hai dòng",
            "ghi khóa truy cập ở dòng một, khóa bí mật ở dòng hai, rồi: chmod 600 {subject}",
            "the file of keys {subject} is missing, can be read by others, or is not just two lines",
            "write the access key on line one, the secret key on line two, then: chmod 600 {subject}"
        ),
        "LT-S3-DENIED": text(
            "kho đối tượng từ chối: {subject} ({status} {code})",
            "tài khoản không có quyền này, hoặc phiên bản đang bị khóa chống xóa",
            "the object store denies this: {subject} ({status} {code})",
            "the account may not do it, or the version is locked"),
        "LT-S3-CLOCK": text(
            "đồng hồ máy này lệch với kho đối tượng: {subject}", "chỉnh lại đồng hồ rồi chạy lại",
            "the clock of this machine differs from the object store's: {subject}",
            "set the clock and run again"),
        "LT-S3-NO-BUCKET": text(
            "không có thùng chứa: {subject}",
            "tạo thùng chứa có phiên bản và khóa đối tượng, hoặc sửa địa chỉ",
            "there is no such bucket: {subject}",
            "make the bucket, with versioning and object lock, or correct the address"),
        "LT-S3-MISSING": text(
            "kho đối tượng không có {subject}", "khôi phục từ bản sao khác",
            "the object store has no {subject}", "restore it from another copy"),
        "LT-S3-CONDITION": text(
            "{subject} đã có sẵn hoặc vừa bị thay", "xem ai khác đang ghi vào thùng chứa này",
            "{subject} is already there or was just replaced",
            "find out who else writes to this bucket"),
        "LT-S3-CHECKSUM": text(
            "dữ liệu đến kho đối tượng khác với dữ liệu đã gửi: {subject}",
            "chạy lại; nếu lặp lại, kiểm tra đĩa, bộ nhớ và đường mạng",
            "what reached the object store is not what was sent: {subject}",
            "run again; when it comes back, look at disk, memory and network"),
        "LT-S3-BUSY": text(
            "kho đối tượng quá tải hoặc hỏng: {subject} ({status} {code})", "chạy lại sau",
            "the object store is overloaded or out of order: {subject} ({status} {code})",
            "run again later"),
        "LT-S3-FULL": text(
            "kho đối tượng hết chỗ: {subject}", "xin thêm dung lượng rồi chạy lại",
            "the object store is full: {subject}", "get more room, then run again"),
        "LT-S3-ANSWER": text(
            "câu trả lời không phải của một kho đối tượng: {subject}",
            "xem địa chỉ; có thể một máy khác trả lời thay",
            "the answer is not one of an object store: {subject}",
            "look at the address; another machine may answer in its place"),
        "LT-S3-REFUSED": text(
            "kho đối tượng không làm việc này: {subject} ({status} {code})",
            "xem vùng, phiên bản và khóa đối tượng của thùng chứa",
            "the object store does not do this: {subject} ({status} {code})",
            "look at the bucket's region, versioning and object lock"),
    ]
}
