/// The eighteen elements of a dossier's `EAD.xml` in an AIP, in the circular's order (TT 05/2025 Annex I).
package enum DossierField: String, CaseIterable, Sendable {
    case arcFileCode, title, maintenance, mode, language, startDate, endDate, keyword, totalDoc,
        numberOfPaper
    case numberOfPage, format, inforSign, confidenceLevel, paperFileCode, riskRecovery,
        riskRecoveryStatus, description
}

extension DossierField {
    /// Hashed by its place among the cases, as the default hashes the whole name.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(unsafeBitCast(self, to: UInt8.self))
    }
}

/// Where a dossier stands in the holding, beside what the circular describes.
package enum ArrangementField: String, CaseIterable, Sendable {
    /// Code of the fonds (`phông`).
    case fonds
    /// Inventory (`mục lục`).
    case inventory
    case series
    /// Registration code of the submission (`mã đăng ký nộp`).
    case accession
    /// Who handed the dossier over.
    case transferredBy
    /// Place of the paper: store, shelf, box.
    case location
    /// Row of the retention schedule.
    case retentionRow
    /// The exact retention period in words where `maintenance` has only a code: `15 năm`.
    case retentionPeriod
    /// The three parts of the file code.
    case organId, fileCatalog, fileNotation
    /// Links to other records when the dossier was packaged, `KIND TARGET` one a line.
    case links
}

extension ArrangementField {
    /// Hashed by its place among the cases, as the default hashes the whole name.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(unsafeBitCast(self, to: UInt8.self))
    }
}

/// A dossier (`hồ sơ`) described: codes and dates in the circular's canonical form, absent elements left out.
package struct Dossier: Hashable, Sendable {
    package let fields: [DossierField: String]
    package let arrangement: [ArrangementField: String]

    package init(fields: [DossierField: String], arrangement: [ArrangementField: String]) {
        self.fields = fields
        self.arrangement = arrangement
    }

    /// The archive file code (`mã hồ sơ lưu trữ`).
    package var code: String { fields[.arcFileCode, default: ""] }
    package var title: String { fields[.title, default: ""] }
    /// How the dossier stood to others when it was packaged.
    package var links: [Link] { Link.list(arrangement[.links]) }

    /// The same with other links.
    package func linked(_ links: [Link]) -> Dossier {
        var arrangement = arrangement
        arrangement[.links] = links.isEmpty ? nil : Link.lines(links)
        return Dossier(fields: fields, arrangement: arrangement)
    }
}
