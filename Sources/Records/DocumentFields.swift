/// What a document's description says, element by element: a bit for each that is there, and the values in the cases' order.
///
/// Twenty thousand documents are looked into at every rebuild of a catalog; a dictionary would hash every look.
package struct DocumentFields: Hashable, Sendable {
    /// The elements that are there: a bit for each, by its place among the cases.
    package private(set) var elements: UInt64 = 0
    /// The values of those elements, in the cases' order.
    package private(set) var values: [String] = []

    /// A description without elements, with room for some.
    package init(minimumCapacity: Int = 0) { values.reserveCapacity(minimumCapacity) }

    package var isEmpty: Bool { elements == 0 }
    package var count: Int { values.count }

    /// The value of an element; nil where it is not there.
    package subscript(_ field: DocumentField) -> String? {
        get { elements & Self.bit(field) == 0 ? nil : values[index(of: field)] }
        set {
            let index = index(of: field)
            switch (elements & Self.bit(field) != 0, newValue) {
            case (true, let value?): values[index] = value
            case (true, nil): values.remove(at: index)
            case (false, let value?): values.insert(value, at: index)
            case (false, nil): return
            }
            elements = newValue == nil ? elements & ~Self.bit(field) : elements | Self.bit(field)
        }
    }

    /// The value of an element, or another where it is not there.
    package subscript(
        _ field: DocumentField, default value: @autoclosure () -> String
    ) -> String { self[field] ?? value() }

    /// The same without an element.
    package func without(_ field: DocumentField) -> DocumentFields {
        var rest = self
        rest[field] = nil
        return rest
    }

    fileprivate static func bit(_ field: DocumentField) -> UInt64 { 1 << UInt64(field.position) }

    /// Where the element's value stands or would stand: after those of the elements before it.
    private func index(of field: DocumentField) -> Int {
        (elements & (Self.bit(field) - 1)).nonzeroBitCount
    }
}

extension DocumentFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (DocumentField, String)...) {
        self.init(minimumCapacity: elements.count)
        for (field, value) in elements { self[field] = value }
    }
}

extension DocumentFields {
    /// A description that is being read: its values in the order in which they come, of one that comes twice the last.
    package struct Draft {
        fileprivate var elements: UInt64 = 0
        fileprivate var given: [String] = []
        /// Which of those values is the element's, by its place among the cases.
        fileprivate var places = SIMD64<UInt8>()

        package init() { given.reserveCapacity(24) }

        /// Takes the value of an element that has a meaning.
        package mutating func take(_ name: UnsafeBufferPointer<UInt8>, _ value: String) {
            if let field = DocumentField.names[name] { take(field, value) }
        }

        mutating func take(_ field: DocumentField, _ value: String) {
            guard elements & DocumentFields.bit(field) == 0 else {
                given[Int(places[field.position])] = value
                return
            }
            elements |= DocumentFields.bit(field)
            places[field.position] = UInt8(given.count)
            given.append(value)
        }
    }

    /// What was read.
    package init(_ draft: Draft) {
        elements = draft.elements
        // One more for `docId`, which comes from PREMIS.
        values.reserveCapacity(draft.given.count + 1)
        var rest = elements
        while rest != 0 {
            values.append(draft.given[Int(draft.places[rest.trailingZeroBitCount])])
            rest &= rest - 1
        }
    }
}
