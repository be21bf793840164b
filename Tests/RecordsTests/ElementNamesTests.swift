import Testing

@testable import Records

struct ElementNamesTests {
    /// Finds every element by its name, and nothing by what is only like one.
    private func check<Element>(_ names: ElementNames<Element>) where Element: Equatable {
        for element in Element.allCases {
            let name = element.rawValue
            #expect(names[name] == element)
            #expect(inMemory(name, names) == element)
            // A name that lies in other memory, and not within the string itself.
            let longer = name + String(repeating: " ", count: 40)
            #expect(names[String(longer.prefix(name.count))] == element)
            for other in strange(name) where Element(rawValue: other) == nil {
                #expect(names[other] == nil, "\(other)")
                #expect(inMemory(other, names) == nil, "\(other)")
            }
        }
        #expect(names.crowdedOut.isEmpty)
    }

    private func inMemory<Element>(_ name: String, _ names: ElementNames<Element>) -> Element? {
        Array(name.utf8).withUnsafeBufferPointer { names[$0] }
    }

    private func strange(_ name: String) -> [String] {
        let middle = name.index(name.startIndex, offsetBy: name.count / 2)
        let rest = name[name.index(after: middle)...]
        return [
            name + " ", " " + name, name + "\0", name.uppercased(), name + name,
            String(name.dropLast()), String(name.dropFirst()), String(name.reversed()),
            // With the length and the ends of the name, so that it has its slot.
            "\(name[..<middle])?\(rest)", "\(name[..<middle])\u{301}\(rest)",
        ]
    }

    @Test func `every element of the three descriptions is found by its name alone`() {
        check(DocumentField.names)
        check(DossierField.names)
        check(ArrangementField.names)
    }

    @Test(arguments: [
        "", "a", "ab", "\0", "\0\0", "đ", "phông", "simpledc", "\u{FEFF}subject", "subject\u{300}",
        String(repeating: "x", count: 10_000),
    ])
    func `a strange name is no element`(name: String) {
        #expect(DocumentField.names[name] == nil)
        #expect(inMemory(name, DocumentField.names) == nil)
        #expect(DossierField.names[name] == nil)
        #expect(ArrangementField.names[name] == nil)
    }
}
