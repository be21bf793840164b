package import Records

/// What the findings of evidence records say, and the failures of getting a time-stamp.
package enum EvidenceTexts {
    private static let lost = (
        "lấy bản ghi bằng chứng và hồ sơ từ một bản sao khác; nếu vẫn vậy, báo người phụ trách lưu trữ",
        "take the evidence record and the bundle from another copy; if it stays so, tell the archivist"
    )
    private static let trust = (
        "thêm chứng thư gốc của tổ chức cấp dấu thời gian, hoặc danh sách thu hồi, rồi kiểm tra lại",
        "add the time-stamp authority's root or its revocation list, then check again"
    )
    private static let late = (
        "bằng chứng này không còn tự chứng minh; tìm bản ghi thứ hai hoặc bằng chứng khác cùng thời",
        "this proof no longer stands alone; look for a second record or other evidence of that time"
    )

    private static func text(
        _ vietnamese: String, _ english: String, _ remedy: (String, String) = lost
    ) -> FindingText {
        let place = (
            " (chuỗi {chain}, dấu {stamp}: {detail})", " (chain {chain}, stamp {stamp}: {detail})"
        )
        return FindingText(
            vi: .init(vietnamese + place.0, remedy.0), en: .init(english + place.1, remedy.1))
    }

    package static let all: [FindingCode: FindingText] = [
        .recordMalformed: text(
            "không phải bản ghi bằng chứng RFC 4998", "not an evidence record of RFC 4998"),
        .recordEncrypted: text(
            "bản ghi bằng chứng của dữ liệu đã mã hóa, không kiểm tra được ở đây",
            "an evidence record of encrypted data, which cannot be checked here"),
        .recordDataNotInFirstList: text(
            "bản ghi bằng chứng không phủ dữ liệu này",
            "the evidence record does not cover this data"
        ),
        .recordGroupIncomplete: text(
            "bản ghi bằng chứng phủ nhiều tệp hơn số tệp đang có",
            "the evidence record covers more files than are at hand"),
        .recordRootMismatch: text(
            "cây băm không dẫn tới dấu thời gian", "the hash tree does not lead to the time-stamp"),
        .recordPreviousNotCovered: text(
            "dấu thời gian gia hạn không phủ dấu trước nó",
            "a renewing time-stamp does not cover the one before it"),
        .recordAlgorithmMixed: text(
            "bản ghi nêu các thuật toán băm không khớp nhau",
            "the record names digest algorithms that do not agree"),
        .recordAlgorithmUnknown: text(
            "thuật toán băm không được biết ở đây", "a digest algorithm that is not known here",
            late),
        .recordAlgorithmEnded: text(
            "thuật toán đã hết giá trị trước lần gia hạn kế tiếp",
            "an algorithm had ended before the next renewal", late),
        .recordTimeOrder: text(
            "các dấu thời gian không theo thứ tự", "the time-stamps are not in order of time"),
        .recordTokenBroken: text("dấu thời gian hỏng", "a time-stamp is broken"),
        .recordTokenUnprotected: text(
            "dấu thời gian có phần không được chữ ký bảo vệ và không đúng dạng",
            "a time-stamp has bytes that no signature protects and that are not as they should be"),
        .recordTokenUntrusted: text(
            "không có gì cho biết nên tin tổ chức cấp dấu thời gian này",
            "nothing given says to trust this time-stamp authority", trust),
        .recordTokenRevoked: text(
            "chứng thư của tổ chức cấp dấu thời gian đã bị thu hồi",
            "the time-stamp authority's certificate was revoked", late),
        .recordTokenInvalidAtNext: text(
            "dấu thời gian đã hết hạn trước lần gia hạn kế tiếp",
            "a time-stamp had ended before the next renewal", late),
        .recordExpiredLast: text(
            "dấu thời gian cuối đã hết hạn và chưa được gia hạn",
            "the last time-stamp has ended and nothing renews it", late),
        .recordDataUnavailable: text(
            "không tính được mã băm mà bản ghi cần",
            "the digest that the record needs is not at hand",
            (
                "đưa đủ các tệp của hồ sơ rồi kiểm tra lại",
                "give all files of the bundle, then check again"
            )),
    ]

    private static let anotherAuthority = (
        "không dùng câu trả lời này; hỏi lại, hoặc chọn tổ chức cấp dấu thời gian khác",
        "do not use this answer; ask again, or choose another time-stamp authority"
    )

    private static func failure(
        _ vietnamese: String, _ english: String,
        _ remedy: (String, String) = anotherAuthority
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedy.0), en: .init(english, remedy.1))
    }

    /// Why a token cannot be used, by the words of `TimeStampFault`.
    package static let failures: [String: FindingText] = [
        "TS_MALFORMED": failure(
            "câu trả lời không phải dấu thời gian RFC 3161", "the answer is no RFC 3161 time-stamp"),
        "TS_SIGNATURE_BROKEN": failure(
            "chữ ký của dấu thời gian sai", "the time-stamp's signature is wrong"),
        "TS_SIGNER_UNKNOWN": failure(
            "dấu thời gian không kèm đúng chứng thư đã ký",
            "the time-stamp does not carry the certificate that signed it"),
        "TS_NO_EKU": failure(
            "chứng thư không phải chỉ dùng để cấp dấu thời gian",
            "the certificate is not for time-stamps alone"),
        "TS_UNTRUSTED": failure(
            "không có gì cho biết nên tin tổ chức cấp dấu thời gian này",
            "nothing given says to trust this time-stamp authority", trust),
        "TS_EXPIRED": failure(
            "chứng thư của dấu thời gian không có hiệu lực lúc đó",
            "a certificate of the time-stamp was not valid then"),
        "TS_REVOKED": failure(
            "chứng thư của dấu thời gian đã bị thu hồi",
            "a certificate of the time-stamp was revoked"),
        "TS_UNPROTECTED_BYTES": failure(
            "dấu thời gian có phần không được chữ ký bảo vệ và không đúng dạng",
            "the time-stamp has bytes that no signature protects and that are not as they should be"
        ),
        "TS_IMPRINT_MISMATCH": failure(
            "dấu thời gian đóng trên dữ liệu khác", "the time-stamp is over something else"),
        "TS_POLICY_MISMATCH": failure(
            "dấu thời gian theo chính sách khác với chính sách đã yêu cầu",
            "the time-stamp states another policy than the one asked for"),
        "TSA_BAD_NONCE": failure(
            "câu trả lời không lặp lại số ngẫu nhiên đã gửi",
            "the answer does not repeat the number that was sent"),
        "TS_CLOCK_SKEW": failure(
            "đồng hồ của tổ chức cấp dấu thời gian và đồng hồ máy này lệch nhau quá nhiều",
            "the authority's clock and this machine's differ too much",
            ("chỉnh đồng hồ máy rồi hỏi lại", "set this machine's clock, then ask again")),
        "TSA_REFUSED": failure(
            "tổ chức cấp dấu thời gian từ chối", "the time-stamp authority refused",
            (
                "chọn tổ chức nhận SHA-512, hoặc hỏi lại sau",
                "choose an authority that takes SHA-512, or ask again later"
            )),
    ]
}
