package import Records
package import Repository

/// What the findings of links say.
package enum LinkTexts {
    private static func text(
        _ vietnamese: String, _ remedyVi: String, _ english: String, _ remedyEn: String
    ) -> FindingText {
        FindingText(vi: .init(vietnamese, remedyVi), en: .init(english, remedyEn))
    }

    package static let all: [FindingCode: FindingText] = [
        .linkForm: text(
            "liên kết “{link}” không có đích, hoặc đích quá 500 ký tự",
            "viết: - loại: đích, ví dụ - answers: H61.12.2015.03.NV",
            "the link “{link}” has no target, or one of more than 500 characters",
            "write: - kind: target, such as - answers: H61.12.2015.03.NV"),
        .linkKind: text(
            "không có loại liên kết “{kind}”{nearest}", "dùng một trong: {kinds}",
            "there is no kind of link “{kind}”{nearest}", "use one of: {kinds}"),
        .linksMany: text(
            "{count} liên kết, nhiều hơn giới hạn {limit}",
            "ghi các liên kết còn lại sau khi đóng gói: luutru link add",
            "{count} links are more than the limit of {limit}",
            "make the others after packaging: luutru link add"),
        .linkDangling: text(
            "{kind} {target}: trong kho không có hồ sơ hay tài liệu này",
            "kiểm tra mã; khi nó được đóng gói thì liên kết tự nối; nếu nó ở nơi khác, viết outside:{target}",
            "{kind} {target}: no such dossier or document is here",
            "check the code; once it is packaged the link leads there by itself; if it is elsewhere, write outside:{target}"
        ),
        .linkAmbiguous: text(
            "{kind} {target}: nhiều hồ sơ, tài liệu có mã này: {found}",
            "dùng mã định danh urn:uuid:… của một trong số đó",
            "{kind} {target}: several records have this code: {found}",
            "use the identifier urn:uuid:… of one of them"),
        .linkSelf: text(
            "{kind} {target}: hồ sơ liên kết với chính nó", "bỏ liên kết này hoặc sửa đích",
            "{kind} {target}: the record is linked to itself", "drop this link or mend its target"),
        .linkCycle: text(
            "{kind} {target}: liên kết thành vòng, bộ phận chứa cả khối của nó",
            "xem: luutru link show {target}, rồi bỏ liên kết part-of sai",
            "{kind} {target}: the parts go round in a circle",
            "see: luutru link show {target}, then drop the wrong part-of"),
        .linkExists: text(
            "{kind} {target}: liên kết này đã có", "không cần làm gì",
            "{kind} {target}: this link is there already", "nothing needs doing"),
        .linkAbsent: text(
            "{kind} {target}: không có liên kết này", "xem các liên kết đang có: luutru link show",
            "{kind} {target}: there is no such link", "see the links there are: luutru link show"),
    ]
}

/// Short texts about links, in both languages.
package enum LinkPhrases {
    /// How the source stands to the target.
    package static func outgoing(_ kind: Link.Kind) -> Phrase {
        switch kind {
        case .partOf: Phrase("là bộ phận của", "is part of")
        case .continues: Phrase("tiếp theo của", "continues")
        case .answers: Phrase("trả lời", "answers")
        case .sharedDocument: Phrase("có chung tài liệu với", "shares a document with")
        case .replaces: Phrase("thay thế", "replaces")
        }
    }

    /// How the target stands to the source.
    package static func incoming(_ kind: Link.Kind) -> Phrase {
        switch kind {
        case .partOf: Phrase("có bộ phận là", "has part")
        case .continues: Phrase("được tiếp theo bởi", "is continued by")
        case .answers: Phrase("được trả lời bởi", "is answered by")
        case .sharedDocument: Phrase("có chung tài liệu với", "shares a document with")
        case .replaces: Phrase("được thay thế bởi", "is replaced by")
        }
    }

    /// The word for an end that is no record here.
    package static func state(_ state: LinkEnd.State) -> Phrase {
        switch state {
        case .here: Phrase("có trong kho", "here")
        case .outside: Phrase("ở nơi khác", "elsewhere")
        case .dangling: Phrase("chưa có trong kho", "not here")
        case .ambiguous: Phrase("nhiều hồ sơ có mã này", "several records have this code")
        }
    }

    package static let linked = Phrase("Đã liên kết", "Linked")
    package static let unlinked = Phrase("Đã bỏ liên kết", "Ended the link")
    package static let none = Phrase("không có liên kết", "no links")
    package static let sound = Phrase("mọi liên kết đều đúng", "every link is sound")
    package static let ended = Phrase(" (đến {until})", " (until {until})")
}
