package import Records

/// How long a dossier must be kept.
extension Dossier {
    /// Whether its period is still running on a day; where that is not certain, it is.
    package func isKept(on day: CivilDate) -> Bool {
        guard let years = retentionYears,
            let last = fields[.endDate].flatMap({ CivilDate($0) })
        else { return true }
        // Periods end with their last year; a day too long is no harm, a day too short is.
        return day.year <= last.year + years
    }

    /// The years of the period; nil for one without end, or that is not counted in years.
    ///
    /// A period outside the code list has only the code for others: its words stand beside it.
    private var retentionYears: Int? {
        guard let period = fields[.maintenance].flatMap({ RetentionPeriod($0) }) else {
            return nil
        }
        guard let words = arrangement[.retentionPeriod] else { return period.years }
        guard let exact = RetentionPeriod(words)?.years else { return nil }
        if period.isUnspecified { return exact }
        // Where both say something else the longer one counts.
        return period.years.map { max($0, exact) }
    }
}
