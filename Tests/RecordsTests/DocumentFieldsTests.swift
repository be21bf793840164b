import Testing

@testable import Records

struct DocumentFieldsTests {
    /// What both say of every element, in the cases' order.
    private func check(_ fields: DocumentFields, _ expected: [DocumentField: String]) {
        let present = DocumentField.allCases.filter { expected[$0] != nil }
        for field in DocumentField.allCases {
            #expect(fields[field] == expected[field])
            #expect(fields[field, default: "-"] == expected[field, default: "-"])
        }
        #expect(fields.values == present.compactMap { expected[$0] })
        #expect(fields.elements == present.reduce(0) { $0 | 1 << UInt64($1.position) })
        #expect(fields.count == expected.count)
        #expect(fields.isEmpty == expected.isEmpty)
    }

    @Test(arguments: UInt64(1)...20)
    func `says what a dictionary says, whatever is set and taken away`(seed: UInt64) throws {
        var chance = SeededGenerator(seed)
        var fields = DocumentFields()
        var expected: [DocumentField: String] = [:]
        for step in 0..<300 {
            let field = try #require(DocumentField.allCases.randomElement(using: &chance))
            let value = Bool.random(using: &chance) ? "\(step) \(field.rawValue)" : nil
            fields[field] = value
            expected[field] = value
            check(fields, expected)
        }
        for field in DocumentField.allCases {
            var rest = expected
            rest[field] = nil
            check(fields.without(field), rest)
        }
    }

    @Test func `descriptions are equal whatever was set first`() {
        let one: DocumentFields = [.quality: "a", .subject: "b", .arcFileCode: "c"]
        let other: DocumentFields = [.arcFileCode: "c", .quality: "a", .subject: "b"]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.values == ["c", "b", "a"])
        let otherValue: DocumentFields = [.arcFileCode: "c", .quality: "a", .subject: "d"]
        let otherElement: DocumentFields = [.arcFileCode: "c", .quality: "a", .keyword: "b"]
        #expect(one != otherValue)
        #expect(one != otherElement)
    }

    @Test(arguments: UInt64(1)...20)
    func `elements of any order give their fields, of one that comes twice the last`(
        seed: UInt64
    ) {
        var chance = SeededGenerator(seed)
        var pairs = DocumentField.allCases.filter { _ in Bool.random(using: &chance) }
            .map { ($0.rawValue, "một \($0.rawValue)") }
        pairs += pairs.prefix(3).map { ($0.0, "hai \($0.0)") }
        pairs += [("strange", "x"), ("", "y"), ("Subject", "z")]
        pairs.shuffle(using: &chance)

        var expected: [DocumentField: String] = [:]
        for (name, value) in pairs {
            if let field = DocumentField(rawValue: name) { expected[field] = value }
        }
        check(DocumentField.named(pairs), expected)
        var draft = DocumentFields.Draft()
        for (name, value) in pairs {
            Array(name.utf8).withUnsafeBufferPointer { draft.take($0, value) }
        }
        check(DocumentFields(draft), expected)
        check(DocumentField.named([]), [:])
    }
}
