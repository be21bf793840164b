package import Records

/// What the findings of proofs say.
package enum ProofTexts {
    private static func text(
        _ vietnamese: String, _ remedyVi: String, _ english: String, _ remedyEn: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVi), en: .init(english, remedyEn))
    }

    package static let all: [FindingCode: FindingText] = [
        .proofForm: text(
            "không phải gói chứng minh của luutru, hoặc cấu trúc ZIP đã bị sửa: {detail}",
            "xin lại gói chứng minh từ cơ quan lưu trữ",
            "not a proof of luutru, or the structure of the ZIP was changed: {detail}",
            "ask the archive for the proof again"),
        .proofFile: text(
            "tệp trong gói không đúng danh sách SHA512SUMS: {detail}",
            "xin lại gói chứng minh từ cơ quan lưu trữ",
            "a file is not what the list SHA512SUMS says: {detail}",
            "ask the archive for the proof again"),
        .proofScript: text(
            "verify.sh không phải tập lệnh mà luutru viết cho gói này",
            "đừng chạy tập lệnh này; xin lại gói chứng minh",
            "verify.sh is not the script that luutru writes for this proof",
            "do not run the script; ask for the proof again"),
        .proofClaims: text(
            "báo cáo nói khác với chính các bằng chứng: {detail}",
            "đừng tin báo cáo này; xin lại gói chứng minh",
            "the report says other things than the evidence itself: {detail}",
            "do not believe the report; ask for the proof again"),
        .proofDocument: text(
            "chuỗi tài liệu → METS → .sums bị đứt: {detail}",
            "xin lại gói chứng minh từ cơ quan lưu trữ",
            "the chain document → METS → .sums is broken: {detail}",
            "ask the archive for the proof again"),
        .proofLedger: text(
            "mục sổ cái không được chứng minh: {detail}",
            "xin lại gói chứng minh từ cơ quan lưu trữ",
            "the entry of the ledger is not proved: {detail}",
            "ask the archive for the proof again"),
        .proofNoStamp: text(
            "phiên bản {version} không có dấu thời gian: ngày giờ chỉ là lời của nơi lưu trữ",
            "khai tổ chức cấp dấu thời gian nếu chưa có, chạy luutru evidence stamp rồi lập lại gói chứng minh",
            "version {version} has no time-stamp: its dates are the archive's own word",
            "name an authority where there is none, run luutru evidence stamp and make the proof again"
        ),
        .proofNoLedger: text(
            "phiên bản {version} không có chứng minh sổ cái",
            "chạy luutru ledger verify rồi lập lại gói chứng minh",
            "version {version} has no proof of the ledger",
            "run luutru ledger verify and make the proof again"),
        .proofOwnRoots: text(
            "chứng thư gốc của tổ chức cấp dấu thời gian lấy từ chính gói này: {detail}",
            "so dấu vân tay với bản mà tổ chức ấy công bố, hoặc dùng --trust, --archive",
            "the roots of the time-stamp authorities come from the proof itself: {detail}",
            "compare the fingerprints with those that the authority publishes, or use --trust, --archive"
        ),
    ]

    package static let failures: [String: FindingText] = [
        "LT-PROOF-UNTRUSTED": text(
            "không lập chứng minh cho {subject}: dấu niêm không còn đáng tin ({detail})",
            "niêm lại bằng luutru key reseal rồi lập lại",
            "no proof of {subject}: its seal cannot be trusted ({detail})",
            "seal it again with luutru key reseal, then ask for the proof")
    ]
}
