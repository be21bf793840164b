/// The elements of a kind of description by their names, found by a few bytes of the name and proved by comparing it.
struct ElementNames<Element: CaseIterable & RawRepresentable & Sendable>: Sendable
where Element.RawValue == String {
    private static var slotCount: Int { 128 }

    /// The number of the element whose name may be the one, by the name's slot.
    private let slots: [Int?]
    private let names: [String]
    private let units: [[UInt8]]
    private let elements: [Element]
    /// What stands in no slot, as another has it, and names that only compare as equal.
    private let rest: [String: Element]

    init() {
        elements = Array(Element.allCases)
        names = elements.map(\.rawValue)
        units = names.map { Array($0.utf8) }
        rest = Dictionary(uniqueKeysWithValues: zip(names, elements))
        var slots = [Int?](repeating: nil, count: Self.slotCount)
        for (number, name) in names.enumerated() {
            guard let slot = Self.slot(of: name), slots[slot] == nil else { continue }
            slots[slot] = number
        }
        self.slots = slots
    }

    /// The element of a name; a dictionary alone would hash four hundred thousand of them in a rebuild.
    @inline(__always)
    subscript(name: String) -> Element? {
        if let slot = Self.slot(of: name), let number = slots[slot], names[number] == name {
            return elements[number]
        }
        return rest[name]
    }

    /// The element of a name that lies in memory.
    @inline(__always)
    subscript(name: UnsafeBufferPointer<UInt8>) -> Element? {
        if let slot = Self.slot(of: name), let number = slots[slot],
            units[number].withUnsafeBufferPointer({ $0.elementsEqual(name) })
        {
            return elements[number]
        }
        return rest[String(decoding: name, as: UTF8.self)]
    }

    /// The elements that have no slot of their own.
    var crowdedOut: [Element] {
        elements.indices.filter { !slots.contains($0) }.map { elements[$0] }
    }

    @inline(__always)
    private static func slot(of name: String) -> Int? {
        name.utf8.withContiguousStorageIfAvailable { slot(of: $0) } ?? nil
    }

    /// Chosen so that no two elements of a description share one; nil for a name too short.
    @inline(__always)
    private static func slot(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        guard name.count >= 2 else { return nil }
        let (first, second, last) = (Int(name[0]), Int(name[1]), Int(name[name.count - 1]))
        return (name.count &* 10 &+ first &* 9 &+ second &* 4 &+ last) & (slotCount - 1)
    }
}

extension ElementNames where Element: Hashable {
    /// The values of those elements that have a meaning; of one that comes twice the last.
    @inline(__always)
    fileprivate func values(of pairs: [(String, String)]) -> [Element: String] {
        var values = [Element: String](minimumCapacity: pairs.count)
        for (name, value) in pairs {
            if let element = self[name] { values[element] = value }
        }
        return values
    }
}

// Each kind names its elements itself, as generic code between modules takes three times as long.

extension DocumentField {
    static let names = ElementNames<DocumentField>()

    /// What a document's elements say; of one that comes twice the last.
    package static func named(_ pairs: [(String, String)]) -> DocumentFields {
        let names = Self.names
        var draft = DocumentFields.Draft()
        for (name, value) in pairs {
            if let field = names[name] { draft.take(field, value) }
        }
        return DocumentFields(draft)
    }
}

extension DossierField {
    static let names = ElementNames<DossierField>()

    /// What a dossier's elements say; of one that comes twice the last.
    package static func named(_ pairs: [(String, String)]) -> [Self: String] {
        names.values(of: pairs)
    }
}

extension ArrangementField {
    static let names = ElementNames<ArrangementField>()

    /// What its elements of arrangement say; of one that comes twice the last.
    package static func named(_ pairs: [(String, String)]) -> [Self: String] {
        names.values(of: pairs)
    }
}
