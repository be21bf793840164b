import Console
import Repository

/// How telling those outside of incidents is shown: beside the results, for the work itself is done.
enum NoticeReport {
    static func notify(_ archive: Archive, _ face: Face) {
        do {
            let outcome = try archive.notifyIncidents()
            if !outcome.sent.isEmpty {
                face.note(
                    IncidentPhrases.noticed,
                    ["numbers": outcome.sent.map { String($0) }.joined(separator: ", ")])
            }
            for finding in outcome.findings { face.note(finding.text(face.language)) }
        } catch {
            face.note(FailureReport(describing: error))
        }
    }
}
