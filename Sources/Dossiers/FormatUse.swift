import Formats
import Records

/// The formats of a dossier's files, each kept once, with how many files have it.
struct FormatUse {
    private(set) var formats: [FormatIdentification] = []
    /// The first file of each format, and how many have it.
    private var uses: [(path: String, count: Int)] = []
    private var indices: [FormatIdentification: Int32] = [:]

    /// The number of a format, noting one more file that has it.
    mutating func add(_ format: FormatIdentification, of path: RelativePath) -> Int32 {
        if let index = indices[format] {
            uses[Int(index)].count += 1
            return index
        }
        let index = Int32(formats.count)
        formats.append(format)
        uses.append((path.text, 1))
        indices[format] = index
        return index
    }

    /// One warning a format, however many files have it.
    func report(to findings: FindingList) {
        for (format, use) in zip(formats, uses) where !AcceptedFormats.accepts(format) {
            findings.add(
                .formatNotAccepted, .warning, use.path,
                [
                    "format": [format.name, format.version].compactMap { $0 }.joined(
                        separator: " "),
                    "count": String(use.count), "rule": "TT 05/2025 Annex I",
                ])
        }
    }
}
