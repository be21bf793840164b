/// The registers an archive keeps: of its fonds, of the inventories within them, of what was handed over.
package enum Register: String, Sendable, CaseIterable {
    /// `sổ phông`: TT 05/2025 Art. 4.
    case fonds
    /// `mục lục`: the lists of dossiers within a fonds, with their series.
    case inventory
    /// `sổ nhập`: what was handed over, by whom, when.
    case accession

    /// The first words of every file of the register.
    package var format: String { "luutru-\(rawValue) 1" }

    /// The elements that an entry of the register may have, in the order in which they are shown.
    package var fields: [RegisterField] {
        switch self {
        case .fonds:
            [
                .code, .name, .state, .parent, .history, .period, .mainGroups, .language,
                .riskRecovery, .note,
            ]
        case .inventory: [.code, .name, .state, .fonds, .period, .note]
        case .accession:
            [.code, .fonds, .transferredBy, .received, .dossiers, .documents, .note]
        }
    }

    /// The elements without which there is no entry.
    package var required: [RegisterField] {
        switch self {
        case .fonds: [.code, .name, .state]
        case .inventory: [.code, .name, .state, .fonds]
        case .accession: [.code, .fonds, .transferredBy, .received]
        }
    }
}

/// The elements of the registers, named as their files name them.
package enum RegisterField: String, Sendable, CaseIterable {
    case code, name
    /// `open` or `closed`.
    case state
    /// Identifier of the fonds above.
    case parent
    /// Identifier of the fonds that an inventory or accession belongs to.
    case fonds
    /// History of the creating body (`lịch sử đơn vị hình thành phông`).
    case history
    /// Years of the records.
    case period
    /// Classification scheme or main groups of records.
    case mainGroups
    case language
    /// Whether there are disaster copies (`chế độ dự phòng`).
    case riskRecovery
    /// Who handed the records over.
    case transferredBy
    /// The day on which they came.
    case received
    /// How many dossiers came.
    case dossiers
    /// How many documents came.
    case documents
    case note

    /// Whether the value is another entry's identifier, which its code stands for to people.
    package var isReference: Bool { self == .parent || self == .fonds }
}

/// A dossier group (`nhóm hồ sơ`) within an inventory.
package struct Series: Hashable, Sendable {
    package let code: String
    package let name: String

    package init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}
