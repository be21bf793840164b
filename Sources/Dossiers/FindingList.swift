import Records

/// Collects findings up to a limit, errors and others apart, so that warnings never push an error out.
final class FindingList {
    private(set) var findings: [Finding] = []
    private var counts: [Bool: Int] = [:]
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Whether one more error would be shown.
    var takesErrors: Bool { counts[true, default: 0] < limit }

    /// Adds a finding; the first one over the limit is replaced by a note that there are more.
    func add(_ finding: Finding) {
        let isError = finding.severity == .error
        let count = counts[isError, default: 0]
        counts[isError] = count + 1
        if count < limit { return findings.append(finding) }
        guard count == limit else { return }
        findings.append(
            Finding(
                .limitFindings, isError ? .error : .warning, subject: finding.subject,
                ["limit": String(limit)]))
    }

    func add(
        _ code: FindingCode, _ subject: String, at place: Place? = nil,
        _ facts: [String: String] = [:]
    ) {
        add(Finding(code, .error, subject: subject, at: place, facts))
    }

    func add(
        _ code: FindingCode, _ severity: Finding.Severity, _ subject: String,
        at place: Place? = nil,
        _ facts: [String: String] = [:]
    ) {
        add(Finding(code, severity, subject: subject, at: place, facts))
    }
}

extension String {
    /// The text cut to what a finding shows; code points are counted, as one letter may hold many.
    var shown: String {
        guard utf8.count > 80, unicodeScalars.count > 80 else { return self }
        return String(unicodeScalars.prefix(79)) + "…"
    }
}
