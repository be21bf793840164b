package import Records

/// Which fonds stand above or before which: a way that may not lead back to where it began.
package struct Lineage {
    private let next: (ObjectIdentifier) throws -> [ObjectIdentifier]
    /// More steps than fonds of any archive.
    private static let mostSteps = 100_000

    /// Follows the ways that a look-up gives: the parent of a fonds, or its successors.
    package init(_ next: @escaping (ObjectIdentifier) throws -> [ObjectIdentifier]) {
        self.next = next
    }

    /// Whether a fonds is reached from another, or is that other.
    package func leads(from start: ObjectIdentifier, to end: ObjectIdentifier) throws -> Bool {
        var seen: Set<ObjectIdentifier> = []
        var waiting = [start]
        while let fonds = waiting.popLast(), seen.count < Self.mostSteps {
            if fonds == end { return true }
            guard seen.insert(fonds).inserted else { continue }
            waiting += try next(fonds)
        }
        return false
    }
}
