package import Files
package import SystemPackage

/// The file that a person asked a report to be written to.
package enum MinutesFile {
    /// Writes a new file; never over another one. Gives its length.
    package static func write(
        _ text: String, to path: FilePath, volume: any Volume
    ) throws -> Int64 {
        let bytes = Array(text.utf8)
        return try NewFile(path, volume: volume).write { file in
            try file.append(bytes, at: 0)
            return Int64(bytes.count)
        }
    }
}

/// Rows as a table for spreadsheets: UTF-8 with a byte order mark, RFC 4180.
package enum MinutesCSV {
    /// The text; no cell of it is taken for a formula.
    package static func text(_ table: Minutes.Table) -> String {
        // Without the mark, spreadsheets take the text for one in their own old code page.
        "\u{FEFF}"
            + ([table.head] + table.rows).map { row in
                row.map { FindingAidCSV.cell($0) }.joined(separator: ",") + "\r\n"
            }.joined()
    }
}
