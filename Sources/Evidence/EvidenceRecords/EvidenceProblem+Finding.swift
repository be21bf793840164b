package import Records

extension EvidenceProblem {
    /// The problem as a finding of a report; stamps and chains count from 1 for people.
    package func finding(subject: String) -> Finding {
        let place = [("chain", chain), ("stamp", stamp)].map { name, number in
            (name, number.map { String($0 + 1) } ?? "-")
        }
        var facts = Dictionary(uniqueKeysWithValues: place)
        facts["detail"] = detail.isEmpty ? "-" : detail
        return Finding(FindingCode(fault.rawValue), .error, subject: subject, facts)
    }
}
