package import Records

/// What the findings of a bundle, its segments, sums and seal say.
package enum BundleTexts {
    private static let damaged = (
        "lấy lại gói từ một bản sao còn tốt; không dùng gói này để cung cấp hồ sơ",
        "restore the bundle from a good copy; do not deliver from this one"
    )

    private static func text(
        _ vietnamese: String, _ english: String, _ remedy: (String, String) = damaged
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedy.0), en: .init(english, remedy.1))
    }

    package static let all: [FindingCode: FindingText] = [
        .tarStructure: text(
            "cấu trúc tar hỏng tại byte {offset} ({reason})",
            "the tar's structure is damaged at byte {offset} ({reason})"),
        .bundleName: text(
            "tên gói và tên thư mục bên trong không khớp: {expected}",
            "the bundle's name and the folder in it differ: {expected}"),
        .bundleOrder: text(
            "README.txt phải đứng đầu và METS.xml đứng cuối tệp tar",
            "README.txt must come first and METS.xml last in the tar"),
        .entryMissing: text(
            "METS nêu tệp này nhưng gói không có",
            "METS names this file, but the bundle does not have it"),
        .entryUnexpected: text(
            "gói có tệp này nhưng METS không nêu",
            "the bundle has this file, but METS does not name it"),
        .entryTwice: text("tệp này có hai lần trong gói", "this file stands twice in the bundle"),
        .entrySize: text(
            "kích thước phải là {expected} byte, nay là {found}",
            "the size should be {expected} bytes, is {found}"),
        .entryDigest: text(
            "nội dung tệp đã thay đổi: SHA-256 phải là {expected}, nay là {found}",
            "the file's content changed: SHA-256 should be {expected}, is {found}"),
        .metadataMissing: text("gói thiếu tệp này", "the bundle lacks this file"),
        .metadataMalformed: text(
            "tệp XML không đọc được: {detail}", "the XML file cannot be read: {detail}"),
        .metadataSchema: text(
            "tệp XML không đúng lược đồ (dòng {line}): {detail}",
            "the XML file does not fit its schema (line {line}): {detail}"),
        .entryReplaced: text(
            "phiên bản sau ghi đè một tệp của phiên bản trước",
            "a later version replaces a file of an earlier one"),
        .earlierMissing: text(
            "phiên bản này đặt lên các phiên bản trước, nhưng không thấy: {file}",
            "this version lies over earlier ones, which are not here: {file}",
            (
                "đặt các tệp .tar của mọi phiên bản cạnh nhau rồi chạy lại",
                "put the .tar files of all versions side by side and run again"
            )),
        .metadataIdentifier: text(
            "tự nhận là {found}, phải là {expected}",
            "calls itself {found}, should be {expected}"),
        .metadataLink: text(
            "liên kết trong METS sai ({fault}): {id}", "a link in METS is wrong ({fault}): {id}"),
        .segmentsMissing: text(
            "thiếu tệp .segments cạnh gói", "the .segments file beside the bundle is missing",
            (
                "đặt tệp {file} cạnh tệp tar", "put the file {file} beside the tar"
            )),
        .segmentsForm: text(
            "tệp .segments không đúng dạng hoặc không thuộc gói này",
            "the .segments file is malformed or of another bundle"),
        .segmentDamaged: text(
            "gói hỏng ở các MiB (đếm từ 0): {segments}",
            "the bundle is damaged in these MiB (counted from 0): {segments}"),
        .sumsMissing: text(
            "thiếu tệp .sums cạnh gói", "the .sums file beside the bundle is missing",
            (
                "đặt tệp {file} cạnh tệp tar", "put the file {file} beside the tar"
            )),
        .sumsForm: text("tệp .sums không đúng dạng", "the .sums file is malformed"),
        .sumsMismatch: text(
            "SHA-512 của {file} không khớp với tệp .sums",
            "the SHA-512 of {file} does not match the .sums file"),
        .sealMissing: text(
            "gói không có con dấu số", "the bundle has no seal",
            (
                "đặt tệp {file} cạnh tệp tar; không có con dấu thì không biết ai đã đóng gói",
                "put the file {file} beside the tar; without a seal nobody knows who made the bundle"
            )),
        .sealBroken: text(
            "con dấu số không đúng với gói: {detail}", "the seal does not fit the bundle: {detail}"),
        .sealIssuerUnknown: text(
            "con dấu nguyên vẹn nhưng chưa biết tin vào chứng thư của: {signer} (SHA-256 {fingerprint})",
            "the seal is intact, but nothing says to trust the certificate of: {signer} (SHA-256 {fingerprint})",
            (
                "đối chiếu dấu vân tay với phiếu khóa đã in, rồi chạy: luutru verify --trust TỆP.crt (trong gói chứng minh: certificates/seal-vN.pem)",
                "compare the fingerprint with the printed key sheet, then run: luutru verify --trust FILE.crt (in a proof: certificates/seal-vN.pem)"
            )),
    ]
}
