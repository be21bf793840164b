package import Records

/// The formats that packages may hold, from `formats/2025-07-01-tt05-accepted.tsv` (TT 05/2025).
package enum AcceptedFormats {
    /// Whether the circular's list has this format, said as surely as the list asks.
    package static func accepts(_ format: FormatIdentification) -> Bool {
        rows.contains { row in
            row.mimeType == format.mimeType
                && (row.versions.isEmpty || row.versions.contains(format.version ?? ""))
                && (format.basis == .signature || row.nameIsEnough && format.basis == .name)
        }
    }

    private struct Row: Sendable {
        let mimeType: String
        /// Versions accepted; empty for all.
        let versions: Set<String>
        let nameIsEnough: Bool
    }

    private static let rows: [Row] = TableLines(PackageResources.accepted_tsv).compactMap {
        fields in
        guard fields.count == 6 else { return nil }
        let versions = fields[4] == "-" ? [] : fields[4].split(separator: ",").map { String($0) }
        return Row(
            mimeType: fields[3], versions: Set(versions), nameIsEnough: fields[5] == "name")
    }
}
