/// Sums of numbers that came from elsewhere: where one has no room it stays at the end of its type.
extension FixedWidthInteger {
    /// The sum, or the end of the type.
    func saturatingSum(_ other: Self) -> Self {
        let (sum, isOver) = addingReportingOverflow(other)
        guard isOver else { return sum }
        return other < 0 ? .min : .max
    }
}

extension Sequence where Element: FixedWidthInteger {
    /// The sum of all, or the end of the type.
    var saturatedSum: Element { reduce(0) { $0.saturatingSum($1) } }
}
