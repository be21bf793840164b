import Records

/// Collects findings up to a limit; the last one then says that there are more.
final class FindingList {
    private(set) var findings: [Finding] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func add(_ finding: Finding) {
        if findings.count < limit { return findings.append(finding) }
        if findings.count == limit {
            findings.append(
                Finding(.limitFindings, subject: finding.subject, ["limit": String(limit)]))
        }
    }

    func add(
        _ code: FindingCode, _ subject: String, at place: Place? = nil, _ facts: [String: String] = [:]
    ) {
        add(Finding(code, .error, subject: subject, at: place, facts))
    }

    func add(
        _ code: FindingCode, _ severity: Finding.Severity, _ subject: String, at place: Place? = nil,
        _ facts: [String: String] = [:]
    ) {
        add(Finding(code, severity, subject: subject, at: place, facts))
    }
}

extension String {
    /// The text cut to what a finding shows.
    var shown: String { count > 80 ? String(prefix(79)) + "…" : self }
}
