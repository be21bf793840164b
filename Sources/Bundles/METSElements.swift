import Records
import XML

/// The parts of which both METS files of a package are made (CSIP 2.2.0, TT 05/2025 Annex I).
struct METSElements {
    let plan: BundlePlan
    let identifiers: PackageIdentifiers

    static let contentInformation: [(StaticString, String)] = [
        ("csip:CONTENTINFORMATIONTYPE", "OTHER"), ("csip:OTHERCONTENTINFORMATIONTYPE", "VN-TT05"),
    ]

    /// Opens `mets` and writes its header.
    func begin(
        _ writer: inout XMLWriter, objectID: String, label: String, profile: String, isRoot: Bool,
        submission: String?
    ) throws {
        try writer.declaration()
        try writer.start(
            "mets",
            [
                ("xmlns", "http://www.loc.gov/METS/"),
                ("xmlns:csip", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"),
                ("xmlns:xlink", "http://www.w3.org/1999/xlink"), ("OBJID", objectID),
                ("LABEL", label),
                ("TYPE", "Mixed"),
            ] + Self.contentInformation + [("PROFILE", profile)])
        let time = plan.packagedAt.vietnamText
        try writer.start(
            "metsHdr",
            [
                ("CREATEDATE", time), ("LASTMODDATE", time), ("RECORDSTATUS", "NEW"),
                ("csip:OAISPACKAGETYPE", "AIP"),
            ])
        try softwareAgent(&writer)
        if !isRoot { try organizationAgent(&writer) }
        if let submission {
            try writer.element("altRecordID", [("TYPE", "SUBMISSIONAGREEMENT")], submission)
        }
        try writer.end()
    }

    private func softwareAgent(_ writer: inout XMLWriter) throws {
        try writer.start(
            "agent", [("ROLE", "CREATOR"), ("TYPE", "OTHER"), ("OTHERTYPE", "SOFTWARE")])
        try writer.element("name", [], plan.softwareName)
        try writer.element("note", [("csip:NOTETYPE", "SOFTWARE VERSION")], plan.softwareVersion)
        try writer.end()
    }

    private func organizationAgent(_ writer: inout XMLWriter) throws {
        try writer.start("agent", [("ROLE", "CREATOR"), ("TYPE", "ORGANIZATION")])
        try writer.element("name", [], plan.agencyName)
        try writer.element("note", [("csip:NOTETYPE", "IDENTIFICATIONCODE")], plan.fondsCode)
        try writer.end()
    }

    /// A `dmdSec` that points to a description.
    func descriptionSection(_ writer: inout XMLWriter, id: String, _ metadata: PackagedMetadata)
        throws
    {
        try writer.start(
            "dmdSec", [("ID", id), ("CREATED", plan.packagedAt.vietnamText), ("STATUS", "CURRENT")])
        try reference(&writer, metadata)
        try writer.end()
    }

    /// The `amdSec` that points to the PREMIS file of this level.
    func preservationSection(
        _ writer: inout XMLWriter, _ file: PackagedFile, owner: String? = nil
    ) throws {
        try writer.start(
            "amdSec", [("ID", identifiers.section("amdSec " + (owner ?? file.href)))])
        try preservationReference(&writer, file)
        try writer.end()
    }

    /// The `digiprovMD` that points to a PREMIS file.
    func preservationReference(_ writer: inout XMLWriter, _ file: PackagedFile) throws {
        try writer.start(
            "digiprovMD",
            [
                ("ID", identifiers.section("digiprovMD " + file.href)),
                ("CREATED", plan.packagedAt.vietnamText), ("STATUS", "CURRENT"),
            ])
        try reference(
            &writer, PackagedMetadata(type: "PREMIS", otherType: nil, version: "3.0", file: file))
        try writer.end()
    }

    private func reference(_ writer: inout XMLWriter, _ metadata: PackagedMetadata) throws {
        var attributes: [(StaticString, String)] = [
            ("LOCTYPE", "URL"), ("MDTYPE", "\(metadata.type)"),
        ]
        if let other = metadata.otherType { attributes.append(("OTHERMDTYPE", "\(other)")) }
        if let version = metadata.version { attributes.append(("MDTYPEVERSION", "\(version)")) }
        attributes += [
            ("xlink:type", "simple"), ("xlink:href", Self.reference(metadata.file.href)),
        ]
        try writer.empty("mdRef", attributes + Self.facts(of: metadata.file))
    }

    /// Opens a group of files.
    func beginGroup(_ writer: inout XMLWriter, id: String, use: String) throws {
        try writer.start("fileGrp", [("ID", id), ("USE", use)] + Self.contentInformation)
    }

    /// A `file` with its place.
    func file(_ writer: inout XMLWriter, id: String, _ file: PackagedFile) throws {
        try writer.start("file", [("ID", id)] + Self.facts(of: file))
        try writer.empty(
            "FLocat",
            [
                ("LOCTYPE", "URL"), ("xlink:type", "simple"),
                ("xlink:href", Self.reference(file.href)),
            ])
        try writer.end()
    }

    private static func facts(of file: PackagedFile) -> [(StaticString, String)] {
        [
            ("MIMETYPE", file.mimeType), ("SIZE", String(file.size)),
            ("CREATED", file.created.vietnamText),
            ("CHECKSUM", file.sha256.hex.uppercased()), ("CHECKSUMTYPE", "SHA-256"),
        ]
    }

    /// A path as a relative reference (RFC 3986): only bytes that a reader could take for syntax are encoded.
    static func reference(_ path: String) -> String {
        guard path.utf8.contains(where: needsEncoding) else { return path }
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            if needsEncoding(byte) {
                bytes += Array("%".utf8) + Array(Hexadecimal.text(of: [byte]).uppercased().utf8)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Blank, `%`, `#`, `?`, `\` and the characters URIs never hold; letters with dấu stay readable (IRI).
    private static func needsEncoding(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x23, 0x25, 0x3C, 0x3E, 0x3F, 0x5B, 0x5C, 0x5D, 0x5E, 0x60, 0x7B, 0x7C,
            0x7D, 0x7F:
            true
        default: false
        }
    }
}
