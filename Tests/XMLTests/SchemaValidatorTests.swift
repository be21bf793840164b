import Testing
import XML

@Suite struct SchemaValidatorTests {
    private static let list = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="list"><xs:complexType>
        <xs:sequence><xs:element name="number" type="xs:positiveInteger" maxOccurs="unbounded"/></xs:sequence>
        </xs:complexType></xs:element></xs:schema>
        """

    @Test func `accepts a document that fits`() throws {
        let validator = try SchemaValidator(Self.list)

        let violations = try validator.validate(
            Sample.source("<list><number>1</number></list>", piece: 3))

        #expect(violations.isEmpty)
    }

    @Test func `names line and element of what does not fit`() throws {
        let validator = try SchemaValidator(Self.list)
        let text = "<list>\n<number>1</number>\n<number>none</number>\n<other/>\n</list>"

        let violations = try validator.validate(Sample.source(text))

        #expect(violations.map(\.line) == [3, 4])
        #expect(violations.first?.message.contains("number") == true)
        #expect(violations.last?.message.contains("other") == true)
    }

    @Test func `counts lines beyond what sixteen bits hold`() throws {
        let validator = try SchemaValidator(Self.list)
        let text =
            "<list>" + String(repeating: "<number>1</number>\n", count: 70_000) + "<number/></list>"

        let violations = try validator.validate(Sample.source(text))

        #expect(violations.first?.line == 70_001)
    }

    @Test func `judges each document anew`() throws {
        let validator = try SchemaValidator(Self.list)
        let good = "<list><number>1</number></list>"

        #expect(try validator.validate(Sample.source("<list/>")).count == 1)
        #expect(try validator.validate(Sample.source(good)).isEmpty)
        #expect(try validator.validate(Sample.source("<other/>")).count == 1)
    }

    @Test func `stops collecting when more says nothing new`() throws {
        let validator = try SchemaValidator(Self.list)
        let text = "<list>" + String(repeating: "<number>x</number>", count: 5000) + "</list>"

        let violations = try validator.validate(Sample.source(text))

        #expect((1...50).contains(violations.count))
        #expect(violations.allSatisfy { $0.message.unicodeScalars.count <= 500 })
    }

    @Test func `bounds what it repeats of a value`() throws {
        let validator = try SchemaValidator(Self.list)
        let value = "e" + String(repeating: "\u{301}", count: 20_000)

        let violations = try validator.validate(
            Sample.source("<list><number>\(value)</number></list>"))

        #expect(violations.allSatisfy { $0.message.unicodeScalars.count <= 500 })
    }

    @Test func `tells a broken document from one that does not fit`() throws {
        let validator = try SchemaValidator(Self.list)

        let failure = #expect(throws: XMLFailure.self) {
            try validator.validate(Sample.source("<list><number>1</list>"))
        }

        #expect(failure?.reason == .malformed)
    }

    @Test func `refuses a document of which only the beginning came`() throws {
        let validator = try SchemaValidator(Self.list)

        for text in ["", "<list>", "<list><number>1</number>"] {
            #expect(throws: XMLFailure.self) { try validator.validate(Sample.source(text)) }
        }
    }

    @Test func `lets an error of the source out`() throws {
        let validator = try SchemaValidator(Self.list)

        #expect(throws: SourceFailure(number: 5)) {
            try validator.validate { _ in throw SourceFailure(number: 5) }
        }
    }

    @Test(arguments: [
        "", "<a/>",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element/></xs:schema>",
    ])
    func `refuses a schema that means nothing`(text: String) throws {
        let failure = #expect(throws: XMLFailure.self) { _ = try SchemaValidator(text) }

        #expect(failure?.reason == .schema)
    }

    @Test func `does not believe a document that names its own schema`() throws {
        let validator = try SchemaValidator(Self.list)
        let text = """
            <list xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:noNamespaceSchemaLocation="file:///etc/passwd"><number>x</number></list>
            """

        #expect(try validator.validate(Sample.source(text)).count == 1)
    }
}
