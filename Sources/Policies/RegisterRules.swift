package import Records

/// What the registers ask of each of their elements (TT 05/2025 Art. 4; lengths of TT 02/2019 where it has none).
package enum RegisterRules {
    /// The rule of an element.
    package static func rule(of field: RegisterField) -> FieldRule {
        switch field {
        case .code: FieldRule("code", "Mã", .text, 100, article)
        case .name: FieldRule("name", "Tên", .text, 200, article)
        case .state: FieldRule("state", "Tình trạng", .text, 6, article)
        case .parent: FieldRule("parent", "Phông cấp trên", .text, 45, article)
        case .fonds: FieldRule("fonds", "Phông", .text, 45, article)
        case .history:
            FieldRule("history", "Lịch sử đơn vị hình thành phông", .text, 10_000, article)
        case .period: FieldRule("period", "Thời gian tài liệu", .text, 30, article)
        case .mainGroups:
            FieldRule("mainGroups", "Các nhóm tài liệu chủ yếu", .text, 300, article)
        case .language: FieldRule("language", "Ngôn ngữ", .codes(.language), 100, article)
        case .riskRecovery: FieldRule("riskRecovery", "Chế độ dự phòng", .boolean, 1, article)
        case .transferredBy: FieldRule("transferredBy", "Bên giao nộp", .text, 200, chapter)
        case .received: FieldRule("received", "Ngày nhận", .day, 10, chapter)
        case .dossiers: FieldRule("dossiers", "Số hồ sơ nhận", .number, 10, chapter)
        case .documents: FieldRule("documents", "Số tài liệu nhận", .number, 10, chapter)
        case .note: FieldRule("note", "Ghi chú", .text, 1000, article)
        }
    }

    /// The longest code of a register: those of `dossier.yaml` that name its entries.
    package static func longestCode(of register: Register) -> Int {
        switch register {
        case .fonds: 35
        case .inventory: 200
        case .accession: 100
        }
    }

    /// The values in canonical form, or the first element that breaks its rule.
    package static func checked(
        _ values: [RegisterField: String], of register: Register
    ) throws(RegisterFault) -> [RegisterField: String] {
        var checked: [RegisterField: String] = [:]
        for field in register.fields {
            guard let value = values[field], !value.isEmpty else { continue }
            checked[field] = try canonical(value, field, register)
        }
        for field in register.required where checked[field] == nil {
            throw RegisterFault(field: field, fault: nil)
        }
        return checked
    }

    private static func canonical(
        _ value: String, _ field: RegisterField, _ register: Register
    ) throws(RegisterFault) -> String {
        let isRight =
            switch field {
            case .state: value == RegisterEntry.open || value == RegisterEntry.closed
            case .parent, .fonds: ObjectIdentifier(value) != nil
            case .code: value.unicodeScalars.count <= longestCode(of: register)
            default: true
            }
        guard isRight else { throw RegisterFault(field: field, fault: .tooLong) }
        // A line break is no fault in a field, but in a register one line is one value.
        guard field == .history || !value.contains(where: \.isNewline) else {
            throw RegisterFault(field: field, fault: .control)
        }
        do {
            return try rule(of: field).canonical(value)
        } catch {
            throw RegisterFault(field: field, fault: error)
        }
    }

    private static let article = "TT 05/2025 Art. 4"
    private static let chapter = "TT 05/2025 Ch. IV"
}

/// An element of a register that is missing, or breaks its rule.
package struct RegisterFault: Error, Hashable, Sendable {
    package let field: RegisterField
    /// How it breaks the rule; nil when it is missing.
    package let fault: FieldFault?

    package init(field: RegisterField, fault: FieldFault?) {
        self.field = field
        self.fault = fault
    }
}
