import Console
import Repository

/// What `luutru status` says of stores and copies.
enum CopyStatus {
    static func lines(_ status: StatusReport, _ language: Language) -> [String] {
        var lines: [String] = []
        if status.stores > 0 {
            lines.append(
                CopyPhrases.stores.text(
                    language,
                    ["ready": String(status.storesReady), "count": String(status.stores)]))
        }
        if status.storesWrong > 0 {
            lines.append(
                CopyPhrases.wrong.text(language, ["count": String(status.storesWrong)]))
        }
        if let copies = status.copies, copies.short > 0 {
            lines.append(
                CopyPhrases.short.text(
                    language,
                    ["count": String(copies.short), "overdue": String(copies.overdue)]))
        }
        return lines
    }
}
