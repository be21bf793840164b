import Records
import Retrieval

/// The forms of a report of activity.
package enum ActivityForm: String, Sendable, CaseIterable {
    /// Inspection minutes.
    case inspection = "kiem-tra"
    /// Backup log.
    case backups = "sao-luu"
    /// Both.
    case both = "html"
    /// A table for spreadsheets.
    case table = "csv"
}

extension Archive {
    /// A report of activity as a page of HTML for paper A4, or as a table.
    package func text(
        of report: ActivityReport, as form: ActivityForm, _ words: MinutesWords
    ) -> String {
        let now = world.now()
        let inspection = InspectionMinutes(report, words).minutes(at: now)
        let backups = BackupLog(report).minutes(at: now)
        return switch form {
        case .inspection: MinutesPage([inspection]).text
        case .backups: MinutesPage([backups]).text
        case .both: MinutesPage([inspection, backups]).text
        case .table: MinutesCSV.text(report.table)
        }
    }
}
