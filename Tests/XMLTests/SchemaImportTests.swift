import Foundation
import Testing
import XML

@Suite struct SchemaImportTests {
    private static let document = #"<a xmlns="urn:b">x</a>"#

    /// A schema on the disk that would accept the document, and its address.
    private static func accomplice() throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "luutru-" + UUID().uuidString + ".xsd")
        try Data(
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b">
            <xs:element name="a" type="xs:string"/></xs:schema>
            """.utf8
        ).write(to: file)
        return file
    }

    private static func isValid(_ document: String, under validator: SchemaValidator) throws -> Bool
    {
        var rest = Array(document.utf8)[...]
        return try validator.validate { buffer in
            let piece = rest.prefix(buffer.count)
            buffer.copyBytes(from: piece)
            rest = rest.dropFirst(piece.count)
            return piece.count
        }.isEmpty
    }

    @Test(arguments: ["import", "include", "redefine"])
    func `loads nothing from the disk that a schema names`(_ word: String) throws {
        let file = try Self.accomplice()
        defer { try? FileManager.default.removeItem(at: file) }
        for address in [file.absoluteString, file.path] {
            let space = word == "import" ? #"namespace="urn:b""# : ""
            let target = word == "import" ? "" : #"targetNamespace="urn:b""#
            let schema = """
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" \(target)>
                <xs:\(word) \(space) schemaLocation="\(address)"/></xs:schema>
                """
            guard let validator = try? SchemaValidator(schema) else { continue }
            #expect(try !Self.isValid(Self.document, under: validator))
        }
    }

    @Test func `loads nothing from the disk that a document names`() throws {
        let file = try Self.accomplice()
        defer { try? FileManager.default.removeItem(at: file) }
        let validator = try SchemaValidator(
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="b" type="xs:string"/></xs:schema>
            """)
        let document = """
            <a xmlns="urn:b" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="urn:b \(file.absoluteString)">x</a>
            """

        #expect(try !Self.isValid(document, under: validator))
        #expect(try Self.isValid("<b>x</b>", under: validator))
    }
}
