package import Records
import Repository

/// What the findings of getting a time-stamp say; the words of bad tokens are those of `EvidenceTexts`.
package enum StampTexts {
    private static func text(
        _ vietnamese: String, _ remedyVi: String, _ english: String, _ remedyEn: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVi), en: .init(english, remedyEn))
    }

    package static let all = own.merging(tokens) { one, _ in one }

    /// Why a token was not taken, with what was seen.
    private static let tokens: [FindingCode: FindingText] = Dictionary(
        uniqueKeysWithValues: FindingCode.tokenCodes.compactMap { code in
            EvidenceTexts.failures[code.text].map { failure in
                (
                    code,
                    text(
                        failure.vietnamese.explanation + ": {detail}", failure.vietnamese.remedy,
                        failure.english.explanation + ": {detail}", failure.english.remedy)
                )
            }
        })

    private static let own: [FindingCode: FindingText] = [
        .stampUnreachable: text(
            "tổ chức cấp dấu thời gian không trả lời: {detail}",
            "hồ sơ vẫn an toàn; chạy lại lệnh này khi mạng hoặc tổ chức ấy hoạt động",
            "the time-stamp authority does not answer: {detail}",
            "the dossiers are safe; run this command again when the network or the authority is back"
        ),
        .stampAlgorithmEnded: text(
            "dấu thời gian ký bằng thuật toán không còn được tin: {detail}",
            "chọn tổ chức cấp dấu thời gian khác",
            "the time-stamp is signed with an algorithm that is no longer trusted: {detail}",
            "choose another time-stamp authority"),
        .stampRootsMissing: text(
            "không đọc được tệp chứng thư gốc {detail}",
            "đặt chứng thư gốc của tổ chức ấy (PEM) vào tệp này, hoặc sửa roots: trong luutru.yaml",
            "the file of roots {detail} cannot be read",
            "put the authority's roots (PEM) into that file, or mend roots: in luutru.yaml"),
        .stampKeyMissing: text(
            "không đọc được khóa của nơi cấp dấu thời gian dùng thử: {detail}",
            "khôi phục hai tệp này, hoặc khai tổ chức khác ở tsa: trong luutru.yaml",
            "the key of the trial authority cannot be read: {detail}",
            "restore the two files, or name another authority at tsa: in luutru.yaml"),
        .stampNotIndependent: text(
            "dấu thời gian này do chính kho cấp, không độc lập",
            "khi hết dùng thử, khai một tổ chức cấp dấu thời gian ở tsa: trong luutru.yaml",
            "this time-stamp is the archive's own word: not independent",
            "after the trial, name a time-stamp authority at tsa: in luutru.yaml"),
        .stampRevocationUnknown: text(
            "không biết chứng thư của nơi cấp dấu thời gian còn hiệu lực hay đã bị thu hồi: {detail}",
            "hồ sơ vẫn an toàn; chạy lại lệnh này sau, hoặc lấy danh sách thu hồi của tổ chức ấy rồi"
                + " khai ở crls: dưới tsa: trong luutru.yaml",
            "it is not known whether a certificate of the time-stamp authority was revoked: {detail}",
            "the dossiers are safe; run this command again later, or get the authority's revocation"
                + " list and name it at crls: below tsa: in luutru.yaml"),
        .batchDamaged: text(
            "lô bằng chứng không còn đúng: {detail}",
            "lấy lại thư mục này từ một bản sao khác của kho",
            "the batch of evidence is not what was stamped: {detail}",
            "take the folder from another copy of the store"),
        .versionNotRehashed: text(
            "phiên bản này không đọc lại đúng được nên giữ bằng chứng cũ, không được băm lại",
            "sửa phiên bản này từ một bản sao khác, rồi chạy luutru evidence renew --hash-tree --force",
            "this version could not be read again as it was stored: it keeps its old evidence",
            "mend it from another copy, then run luutru evidence renew --hash-tree --force"),
        .evidenceLapsed: text(
            "bằng chứng đã hết hạn trước khi được gia hạn ({at})",
            "không sửa lại được; ghi vào biên bản, và đặt lịch chạy luutru evidence renew hằng tuần",
            "the proof had ended before it was renewed ({at})",
            "this cannot be mended: put it on record, and let luutru evidence renew run every week"
        ),
        .batchMissing: text(
            "lô bằng chứng không còn trong kho",
            "lấy lại thư mục này từ một bản sao khác của kho",
            "the batch of evidence is gone from the store",
            "take the folder from another copy of the store"),
    ]

    package static let failures: [String: FindingText] = [
        "LT-EVIDENCE-NO-AUTHORITY": text(
            "chưa khai tổ chức cấp dấu thời gian nào",
            "thêm tsa: vào luutru.yaml (docs/operations.md); để thử: luutru init --trial-tsa",
            "no time-stamp authority is configured",
            "add tsa: to luutru.yaml (docs/operations.md); for a trial: luutru init --trial-tsa"),
        "LT-LEDGER-NO-WITNESS": text(
            "chưa khai tổ chức cấp dấu thời gian hay nhân chứng nào",
            "thêm tsa: hoặc witness: vào luutru.yaml (docs/operations.md)",
            "neither a time-stamp authority nor a witness is configured",
            "add tsa: or witness: to luutru.yaml (docs/operations.md)"),
        "LT-EVIDENCE-DAMAGED": text(
            "lô bằng chứng {subject} không còn đúng: {detail}",
            "lấy lại thư mục này từ một bản sao khác của kho",
            "the batch of evidence {subject} is not what was stamped: {detail}",
            "take the folder from another copy of the store"),
    ]
}
