/// What the report of a proof says, in both languages; these words are part of the form `luutru-proof 1`.
enum ProofPageTexts {
    /// One text; `{name}` stands for a fact.
    struct Words {
        let vietnamese: String
        let english: String

        init(_ vietnamese: String, _ english: String) {
            self.vietnamese = vietnamese
            self.english = english
        }
    }

    static let title = Words("Chứng minh tính nguyên vẹn của hồ sơ", "Proof that a record is whole")
    static let code = Words("Mã hồ sơ", "File code")
    static let identifier = Words("Mã gói", "Identifier")
    static let version = Words("Phiên bản", "Version")
    static let document = Words("Tài liệu", "Document")
    static let number = Words("Số, ký hiệu", "Number")
    static let issued = Words("Ngày ban hành", "Issued")
    static let file = Words("Tên tệp", "File name")
    static let made = Words("Lập lúc", "Made")

    static let verdict = Words("Chứng minh điều gì", "What is proved")
    static let since = Words(
        "Các byte này đã có <strong>từ {at} hoặc trước đó</strong>: {authority} đã đóng dấu thời gian.",
        "These bytes were there <strong>at {at} or before</strong>: {authority} time-stamped them.")
    static let sinceOwn = Words(
        "Dấu thời gian ghi {at}, nhưng do chính nơi lưu trữ tự cấp để dùng thử ({authority}): <strong>không độc lập</strong>.",
        "The time-stamp says {at}, but it is the archive's own, for trials ({authority}): <strong>not independent</strong>."
    )
    static let sinceNobody = Words(
        "<strong>Không có dấu thời gian.</strong> Nơi lưu trữ nói đã niêm lúc {at}; không ai khác xác nhận ngày giờ ấy.",
        "<strong>No time-stamp.</strong> The archive says that it sealed at {at}; nobody else vouches for that time."
    )
    static let renewed = Words(
        "Dấu thời gian được gia hạn lúc {at} bởi {authority}.",
        "The time-stamp was renewed at {at} by {authority}.")
    static func timeFault(_ fault: ProofClaims.TimeFault) -> Words {
        switch fault {
        case .ended:
            Words(
                "<strong>Dấu thời gian đã hết giá trị</strong> lúc lập gói này: nó không còn chứng minh ngày giờ ấy.",
                "<strong>The time-stamp had ended</strong> when this proof was made: it proves that time no more."
            )
        case .lapsed:
            Words(
                "<strong>Dấu thời gian đã hết giá trị trước khi được gia hạn</strong>: ngày giờ trước lần gia hạn ấy không được chứng minh.",
                "<strong>The time-stamp had ended before it was renewed</strong>: no time before that renewal is proved."
            )
        }
    }
    static let until = Words(
        "Đến {at}, lúc lập gói này, hồ sơ được đọc lại toàn bộ và khớp từng byte.",
        "Until {at}, when this proof was made: the record was read whole again and every byte matched."
    )
    static let checked = Words(
        "Theo sổ cái, từ {first} đến {last} nơi lưu trữ đã đọc và đối chiếu toàn bộ {count} lần, {failed} lần có phát hiện.",
        "By its ledger, from {first} to {last} the archive read and compared it whole {count} times; {failed} of them found something."
    )
    static let unchecked = Words(
        "Sổ cái chưa ghi lần kiểm tra định kỳ nào.", "The ledger tells of no audit yet.")
    static let ledger = Words(
        "Việc đóng gói là mục {entry} của sổ cái {origin}, nằm dưới điểm kiểm tra đã ký gồm {size} mục. Điểm kiểm tra không có dấu thời gian riêng.",
        "The packaging is entry {entry} of the ledger {origin}, under a signed checkpoint over {size} entries. The checkpoint has no time-stamp of its own."
    )
    static let ledgerStamped = Words(
        "Việc đóng gói là mục {entry} của sổ cái {origin}, nằm dưới điểm kiểm tra đã ký gồm {size} mục, được {authority} đóng dấu thời gian lúc {at}.",
        "The packaging is entry {entry} of the ledger {origin}, under a signed checkpoint over {size} entries, time-stamped at {at} by {authority}."
    )
    static let noLedger = Words(
        "Không có chứng minh từ sổ cái.", "There is no proof of the ledger.")

    static let versions = Words("Các phiên bản", "Versions")
    static let packaged = Words("Đóng gói", "Packaged")
    static let seal = Words("Dấu niêm", "Seal")
    static let stamps = Words("Dấu thời gian", "Time-stamps")
    static let noStamp = Words("không có", "none")
    static let own = Words("(dùng thử, không độc lập)", "(for trials, not independent)")
    static let revoked = Words(
        "khóa này bị thu hồi kể từ {at}", "this key is revoked since {at}")

    static let links = Words("Từng mắt xích mạnh đến đâu", "How strong each link is")
    static let linkTar = Words(
        "Tệp trong gói → METS.xml: SHA-256 (Thông tư 05/2025/TT-BNV). Gói .tar → .sums: SHA-512.",
        "Files in the package → METS.xml: SHA-256 (Circular 05/2025/TT-BNV). The .tar → .sums: SHA-512."
    )
    static let linkDocument = Words(
        "Tài liệu → METS.xml của bộ biểu diễn → METS.xml của gói: SHA-256 (Thông tư 05/2025/TT-BNV).",
        "The document → METS.xml of its representation → METS.xml of the package: SHA-256 (Circular 05/2025/TT-BNV)."
    )
    static let linkSums = Words("METS.xml → .sums: SHA-512.", "METS.xml → .sums: SHA-512.")
    static let linkSeal = Words(
        ".sums → dấu niêm: CAdES, SHA-512, chữ ký bằng khóa của chứng thư.",
        ".sums → the seal: CAdES, SHA-512, signed by the certificate's key.")
    static let linkStamp = Words(
        ".sums và dấu niêm → bản ghi bằng chứng RFC 4998 → dấu thời gian RFC 3161: SHA-512 trở lên.",
        ".sums and seal → evidence record of RFC 4998 → time-stamps of RFC 3161: SHA-512 or stronger."
    )
    static let linkLedger = Words(
        ".sums → mục sổ cái: SHA-512; mục → gốc cây Merkle: SHA-256 (RFC 9162); gốc → chữ ký Ed25519.",
        ".sums → the ledger's entry: SHA-512; entry → root of the Merkle tree: SHA-256 (RFC 9162); root → Ed25519."
    )

    static let limits = Words("Điều KHÔNG được chứng minh", "What is NOT proved")
    static let limitTrue = Words(
        "Nội dung văn bản đúng sự thật, hay do đúng người ký: chỉ chứng minh rằng các byte không đổi.",
        "That what the record says is true, or who wrote it: only that its bytes did not change.")
    static let limitBefore = Words(
        "Bất cứ điều gì trước dấu thời gian đầu tiên.", "Anything before the first time-stamp.")
    static let limitRest = Words(
        "Các tài liệu khác của hồ sơ: chúng không nằm trong gói này, nhưng tên của chúng có trong METS.xml.",
        "The other documents of the dossier: they are not in this file, though METS.xml has their names."
    )
    static let limitNoStamp = Words(
        "Ngày giờ của phiên bản không có dấu thời gian.",
        "The time of versions without a time-stamp.")
    static let limitOwn = Words(
        "Ngày giờ của dấu dùng thử: ai giữ kho cũng giữ khóa ấy.",
        "The time of stamps for trials: whoever holds the archive holds that key too.")
    static let limitLedger = Words(
        "Lúc nào điểm kiểm tra của sổ cái được ký.", "When the ledger's checkpoint was signed.")
    static let limitChecks = Words(
        "Số lần kiểm tra (fixity.json): đó là lời của sổ cái.",
        "The number of checks (fixity.json): it is the ledger's word.")
    static let limitKeys = Words(
        "Các khóa là của đúng cơ quan: hãy so dấu vân tay dưới đây với phiếu khóa của cơ quan.",
        "That the keys are the agency's: compare the fingerprints below with its key sheet.")

    static let hand = Words("Tự kiểm tra", "Check it yourself")
    static let commands = Words(
        "Giải nén rồi chạy <code>sh verify.sh</code> (cần sha512sum và openssl 3), hoặc <code>luutru verify FILE.zip</code>.",
        "Unpack and run <code>sh verify.sh</code> (needs sha512sum and openssl 3), or <code>luutru verify FILE.zip</code>."
    )
    static let compare = Words(
        "Dấu vân tay SHA-256 phải trùng với bản đã công bố:",
        "These SHA-256 fingerprints must be those that are published:")
    static let root = Words("Chứng thư gốc của dấu thời gian", "Root of the time-stamps")
    static let ledgerKey = Words("Khóa của sổ cái", "Key of the ledger")

    static let style = """
        @page { size: A4; margin: 18mm 16mm 18mm 20mm; }
        body { font: 11pt/1.4 "Times New Roman", "Liberation Serif", "Tinos", serif; color: #000; margin: 0 auto;
          max-width: 174mm; }
        header { text-align: center; margin: 0 0 5mm; }
        .agency { text-transform: uppercase; font-weight: bold; margin: 0 0 3mm; }
        h1 { font-size: 15pt; margin: 0 0 1mm; }
        .record { font-size: 12pt; margin: 0; }
        h2 { font-size: 12.5pt; margin: 5mm 0 1.5mm; break-after: avoid; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: 0.5pt solid #555; padding: 1mm 1.5mm; text-align: left; vertical-align: top;
          overflow-wrap: anywhere; }
        th[scope] { width: 38mm; }
        .list { font-size: 9.5pt; }
        .list th { white-space: nowrap; }
        tr, li { break-inside: avoid; }
        ul { margin: 0; padding-left: 6mm; }
        li { margin: 0 0 1mm; }
        code { font: 9pt "Liberation Mono", monospace; overflow-wrap: anywhere; }
        section + section { break-before: page; }
        @media screen { body { padding: 8mm; } section + section { border-top: 1pt solid #555; padding-top: 6mm; } }
        """
}
