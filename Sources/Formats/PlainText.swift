/// Formats that are text: told by their first words, or by having no bytes that text has not.
enum PlainText {
    /// Whether the file's first bytes could be a text in any 8-bit or Unicode encoding.
    static func isText(_ peek: FilePeek) -> Bool {
        let head = peek.head
        if head.has("\u{FEFF}", at: 0) { return noControls(head.all.dropFirst(3)) }
        if head.big(0, 2) == 0xFFFE || head.big(0, 2) == 0xFEFF { return true }
        return noControls(head.all[...])
    }

    /// `html` when the first word of the file is HTML's.
    static func markupKey(_ peek: FilePeek) -> String? {
        let start = peek.head.all.prefix(512).drop {
            $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0)
        }
        let word = String(decoding: start.prefix(14), as: UTF8.self).lowercased()
        return word.hasPrefix("<!doctype html") || word.hasPrefix("<html") ? "html" : nil
    }

    /// XML of a kind that PRONOM numbers by itself gets no number here.
    static func xmlKey(_ head: Bytes) -> String {
        let others: [StaticString] = [
            "<svg", "<html", "<!DOCTYPE html", "<rss", "<kml", "<gml", "<office:document",
            "<?mso-application", "<pkg:package", "<w:wordDocument",
        ]
        return others.contains { head.contains($0) } ? "xml-other" : "xml"
    }

    private static func noControls(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) || $0 == 0x1A }
    }
}
