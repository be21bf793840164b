package import Records
package import Repository

/// Short texts about fonds, inventories and accessions, in both languages.
package enum RegisterPhrases {
    /// The name of an element.
    package static func label(_ field: RegisterField) -> Phrase {
        switch field {
        case .code: Phrase("mã", "code")
        case .name: Phrase("tên", "name")
        case .state: Phrase("tình trạng", "state")
        case .parent: Phrase("phông cấp trên", "fonds above")
        case .fonds: Phrase("phông", "fonds")
        case .history: Phrase("lịch sử đơn vị hình thành phông", "history of the creating body")
        case .period: Phrase("thời gian tài liệu", "years of the records")
        case .mainGroups: Phrase("các nhóm tài liệu chủ yếu", "main groups of records")
        case .language: Phrase("ngôn ngữ", "language")
        case .riskRecovery: Phrase("chế độ dự phòng", "disaster copies")
        case .transferredBy: Phrase("bên giao nộp", "handed over by")
        case .received: Phrase("ngày nhận", "received on")
        case .dossiers: Phrase("số hồ sơ nhận", "dossiers received")
        case .documents: Phrase("số tài liệu nhận", "documents received")
        case .note: Phrase("ghi chú", "note")
        }
    }

    /// The word for a state of a fonds or inventory.
    package static func state(_ state: String) -> Phrase {
        state == RegisterEntry.closed ? Phrase("đã đóng", "closed") : Phrase("đang mở", "open")
    }

    /// The word for a flag.
    package static func flag(_ value: String) -> Phrase {
        value == "1" ? Phrase("có", "yes") : Phrase("không", "no")
    }

    /// The word for what became of an agency.
    package static func kind(_ kind: FondsLink.Kind) -> Phrase {
        switch kind {
        case .merge: Phrase("sáp nhập", "merge")
        case .split: Phrase("chia tách", "split")
        case .rename: Phrase("đổi tên", "rename")
        case .transfer: Phrase("chuyển giao", "transfer")
        }
    }

    package static let series = Phrase("nhóm hồ sơ", "series")
    package static let earlierCode = Phrase(
        "  mã cũ: {code} (đến trước ngày {until})", "  earlier code: {code} (before {until})")
    package static let predecessor = Phrase(
        "  tiếp theo của: {fonds} ({kind}, {on})", "  follows: {fonds} ({kind}, {on})")
    package static let successor = Phrase(
        "  được tiếp bởi: {fonds} ({kind}, {on})", "  followed by: {fonds} ({kind}, {on})")
    package static let holding = Phrase(
        "  đang giữ: {dossiers} hồ sơ · {documents} tài liệu · {bytes}",
        "  holds: {dossiers} dossiers · {documents} documents · {bytes}")

    /// The word for a level of the tree.
    package static func level(_ level: TreeLine.Level) -> Phrase {
        switch level {
        case .fonds: Phrase("phông", "fonds")
        case .inventory: Phrase("mục lục", "inventory")
        case .series: Phrase("nhóm", "series")
        case .dossier: Phrase("hồ sơ", "dossier")
        }
    }

    package static let reported = Phrase(
        "Đã ghi {path} · {dossiers} hồ sơ · {bytes}", "Wrote {path} · {dossiers} dossiers · {bytes}"
    )
    package static let moved = Phrase(
        "ĐÃ GHI NƠI ĐỂ  {id}  {code}\n  {location}", "PLACE RECORDED  {id}  {code}\n  {location}")
    package static let place = Phrase(
        "  nơi để từ {at}: {location} ({reason})", "  place since {at}: {location} ({reason})")
    package static let unregistered = Phrase("(chưa đăng ký)", "(not registered)")
    /// How much stands somewhere; of a dossier its documents alone.
    package static func count(
        _ holding: HoldingCount, _ language: Language, isDossier: Bool
    ) -> String {
        let isVietnamese = language == .vietnamese
        let dossiers = "\(holding.dossiers) \(isVietnamese ? "hồ sơ" : "dossiers") · "
        let documents = "\(holding.documents) \(isVietnamese ? "tài liệu" : "documents") · "
        return (isDossier ? "" : dossiers) + documents + Progress.size(holding.bytes)
    }
}
