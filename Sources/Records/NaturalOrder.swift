/// The order in which people count codes: `2` before `10`, `ML2` before `ML10`.
package enum NaturalOrder {
    /// Whether a code stands before another.
    package static func isBefore(_ one: String, _ other: String) -> Bool {
        var first = Array(one.utf8)[...]
        var second = Array(other.utf8)[...]
        while let left = first.first, let right = second.first {
            if isDigit(left), isDigit(right) {
                let (mine, theirs) = (number(&first), number(&second))
                if mine.count != theirs.count { return mine.count < theirs.count }
                if mine != theirs { return mine.lexicographicallyPrecedes(theirs) }
            } else if left != right {
                return left < right
            } else {
                first = first.dropFirst()
                second = second.dropFirst()
            }
        }
        return first.isEmpty && second.isEmpty ? one < other : first.isEmpty
    }

    private static func isDigit(_ unit: UInt8) -> Bool { (0x30...0x39).contains(unit) }

    /// Takes the digits of a number, without its leading zeros.
    private static func number(_ units: inout ArraySlice<UInt8>) -> [UInt8] {
        let digits = units.prefix(while: isDigit)
        units = units[digits.endIndex...]
        return Array(digits.drop { $0 == 0x30 })
    }
}
