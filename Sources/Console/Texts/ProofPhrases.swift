/// What the command `proof` says.
package enum ProofPhrases {
    package static let proved = Phrase(
        "ĐÃ LẬP CHỨNG MINH {path} · {bytes}\n    {id} v{version}\n    SHA-256 {sha256}",
        "PROOF WRITTEN {path} · {bytes}\n    {id} v{version}\n    SHA-256 {sha256}")
    package static let document = Phrase(
        "    tài liệu {document}: {name}", "    document {document}: {name}")
    package static let stampedByItself = Phrase(
        "    v{version}: có từ {at} theo {authority} — của chính kho, KHÔNG độc lập",
        "    v{version}: there since {at} by {authority} — the archive's own, NOT independent")
    package static let stampedSince = Phrase(
        "    v{version}: có từ {at} theo {authority}",
        "    v{version}: there since {at} by {authority}")
    package static let stampOver = Phrase(
        "    v{version}: đóng dấu {at} theo {authority}, KHÔNG CÒN chứng minh được ngày giờ ấy",
        "    v{version}: stamped {at} by {authority}, which proves that time NO MORE")
    package static let unstamped = Phrase(
        "    v{version}: không có dấu thời gian", "    v{version}: no time-stamp")
    package static let ledger = Phrase(
        "    sổ cái: mục {entry} trong {size}", "    ledger: entry {entry} of {size}")
    package static let check = Phrase(
        "    kiểm tra: sh verify.sh trong gói, hoặc luutru verify {path}",
        "    check: sh verify.sh in the unpacked folder, or luutru verify {path}")
}
