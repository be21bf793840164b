import Foundation
import Testing
import XML

@Suite struct OfficialSchemaTests {
    /// The standards' own schemas beside the package; nil, said aloud, when they are not there.
    private static func schema(_ name: String) throws -> String? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let place = root.appending(path: "../shared/fixtures/schemas/" + name)
        guard FileManager.default.fileExists(atPath: place.path) else {
            print("not run: fixtures absent")
            return nil
        }
        return try String(contentsOf: place, encoding: .utf8)
    }

    private static func violations(_ text: String, _ validator: SchemaValidator) throws
        -> [SchemaViolation]
    {
        let bytes = Array(text.utf8)
        var offset = 0
        return try validator.validate { buffer in
            let count = min(buffer.count, bytes.count - offset)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
    }

    @Test func `accepts our METS by the schema of METS with the extension of CSIP`() throws {
        guard let mets = try Self.schema("mets.xsd"), let xlink = try Self.schema("xlink.xsd"),
            let extensions = try Self.schema("DILCISExtensionMETS.xsd")
        else { return }
        let both = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:import namespace="http://www.loc.gov/METS/" schemaLocation="memory:mets"/>
            <xs:import namespace="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" schemaLocation="memory:csip"/>
            </xs:schema>
            """
        let validator = try SchemaValidator(
            both,
            imports: [
                "memory:mets": mets, "memory:csip": extensions,
                "http://www.loc.gov/standards/xlink/xlink.xsd": xlink,
            ])

        #expect(try Self.violations(Instance.mets, validator) == [])
        let wrong = Instance.mets.replacing(
            "OAISPACKAGETYPE=\"AIP\"", with: "OAISPACKAGETYPE=\"A\"")
        #expect(try !Self.violations(wrong, validator).isEmpty)
    }

    @Test func `accepts our PREMIS by the schema of PREMIS 3`() throws {
        guard let premis = try Self.schema("premis-v3.xsd"),
            let xlink = try Self.schema("xlink.xsd")
        else { return }
        let validator = try SchemaValidator(
            premis, imports: ["http://www.loc.gov/standards/xlink/xlink.xsd": xlink])

        #expect(try Self.violations(Instance.premis, validator) == [])
        #expect(
            try !Self.violations(Instance.premis.replacing("<size>12", with: "<size>x"), validator)
                .isEmpty)
    }

    @Test func `imports nothing that was not given`() throws {
        let text = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:x="http://www.w3.org/1999/xlink">
            <xs:import namespace="http://www.w3.org/1999/xlink" schemaLocation="memory:xlink"/>
            <xs:element name="a"><xs:complexType><xs:attribute ref="x:href"/></xs:complexType></xs:element>
            </xs:schema>
            """
        let xlink = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">
            <xs:attribute name="href" type="xs:anyURI"/></xs:schema>
            """
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).xsd")
        try xlink.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }

        _ = try SchemaValidator(text, imports: ["memory:xlink": xlink])
        for place in ["memory:xlink", file.path, file.absoluteString, "http://127.0.0.1:9/a.xsd"] {
            #expect(throws: XMLFailure.self) {
                _ = try SchemaValidator(text.replacing("memory:xlink", with: place))
            }
        }
    }
}
