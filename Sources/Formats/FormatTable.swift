import Records

/// A row of `formats/2026-11-22-signatures.tsv`: one format, and the bytes that show it.
struct FormatRow: Sendable {
    let key: String
    let puid: String?
    let name: String
    let version: String?
    let mimeType: String
    /// Extensions whose bare name stands for this format.
    let extensions: [String]
    let signature: ByteSignature?

    /// The format as this row names it, said on the given basis.
    func identification(_ basis: FormatIdentification.Basis) -> FormatIdentification {
        FormatIdentification(
            name: name, version: version, puid: basis == .signature ? puid : nil,
            mimeType: mimeType, basis: basis)
    }
}

/// The signature table that is built into the program, read when it is first asked.
struct FormatTable: Sendable {
    static let current = FormatTable(PackageResources.signatures_tsv)

    /// Rows with a signature, in the table's order.
    let signed: [FormatRow]
    private let byKey: [String: FormatRow]
    private let byExtension: [String: FormatRow]

    /// Reads a table's bytes; lines that do not have seven fields are left out.
    init(_ bytes: [UInt8]) {
        let rows = TableLines(bytes).compactMap { FormatRow($0) }
        signed = rows.filter { $0.signature != nil }
        byKey = Dictionary(rows.map { ($0.key, $0) }) { first, _ in first }
        let named = rows.flatMap { row in row.extensions.map { ($0, row) } }
        byExtension = Dictionary(named) { first, _ in first }
    }

    /// The first row of a key.
    func row(_ key: String) -> FormatRow? { byKey[key] }

    /// The row that an extension in small letters stands for.
    func row(extension suffix: String) -> FormatRow? { byExtension[suffix] }
}

extension FormatRow {
    init?(_ fields: [String]) {
        guard fields.count == 7 else { return nil }
        key = fields[0]
        puid = fields[1] == "-" ? nil : fields[1]
        name = fields[2]
        version = fields[3] == "-" ? nil : fields[3]
        mimeType = fields[4]
        extensions = fields[5] == "-" ? [] : fields[5].split(separator: ",").map { String($0) }
        signature = fields[6] == "-" ? nil : ByteSignature(fields[6])
    }
}

/// Bytes at a fixed place in a file, written `offset:hexadecimal` with `??` for any byte.
struct ByteSignature: Sendable {
    private let offset: Int
    private let pattern: [UInt8?]

    /// Reads the written form; nil when it is anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let offset = Int(parts[0]), (0...1024).contains(offset) else {
            return nil
        }
        var pattern: [UInt8?] = []
        var rest = parts[1]
        while !rest.isEmpty {
            let pair = rest.prefix(2)
            rest = rest.dropFirst(2)
            if pair == "??" {
                pattern.append(nil)
            } else if let byte = Hexadecimal.bytes(of: pair)?.first {
                pattern.append(byte)
            } else {
                return nil
            }
        }
        self.offset = offset
        self.pattern = pattern
    }

    /// Whether a file that begins with these bytes carries the signature.
    func matches(_ head: [UInt8]) -> Bool {
        guard head.count >= offset + pattern.count else { return false }
        for (index, byte) in pattern.enumerated() where byte != nil {
            if head[offset + index] != byte { return false }
        }
        return true
    }
}

/// The lines of a built-in table as fields between tabs, without comments.
struct TableLines: Sequence {
    private let lines: [[String]]

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A).filter { $0.first != 0x23 }.map { line in
            line.split(separator: 0x09, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }

    func makeIterator() -> IndexingIterator<[[String]]> { lines.makeIterator() }
}
