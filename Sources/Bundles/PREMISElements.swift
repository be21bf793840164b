import Records
import XML

/// The parts of which both PREMIS files of a package are made (PREMIS 3.0, TT 05/2025 Annex I, `design.md` §4.3).
struct PREMISElements {
    let plan: BundlePlan
    let identifiers: PackageIdentifiers

    /// Something that happened before the package was closed.
    struct Event {
        let type: String
        let detail: String
        /// The program that did it, where it was another than luutru.
        var program: String?
    }

    /// How an object stands to another (LoC relationship vocabularies).
    struct Relationship {
        let type: String
        let subtype: String
        /// Type and value of each identifier of the other.
        let related: [(type: String, value: String)]
    }

    func begin(_ writer: inout XMLWriter) throws {
        try writer.declaration()
        try writer.start(
            "premis",
            [
                ("xmlns", "http://www.loc.gov/premis/v3"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("version", "3.0"),
            ])
    }

    func identifier(
        _ writer: inout XMLWriter, _ element: StaticString, type: (StaticString, String),
        value: (StaticString, String)
    ) throws {
        try writer.start(element, [])
        try writer.element(type.0, [], type.1)
        try writer.element(value.0, [], value.1)
        try writer.end()
    }

    func objectIdentifier(_ writer: inout XMLWriter, _ type: String, _ value: String) throws {
        try identifier(
            &writer, "objectIdentifier", type: ("objectIdentifierType", type),
            value: ("objectIdentifierValue", value))
    }

    /// An object without bytes of its own: the dossier, or a representation of it.
    func container(
        _ writer: inout XMLWriter, kind: String, identifiers list: [(String, String)],
        relationships: [Relationship] = []
    ) throws {
        try writer.start("object", [("xsi:type", kind)])
        for (type, value) in list { try objectIdentifier(&writer, type, value) }
        for relationship in relationships { try self.relationship(&writer, relationship) }
        try writer.end()
    }

    private func relationship(_ writer: inout XMLWriter, _ given: Relationship) throws {
        try writer.start("relationship", [])
        try writer.element("relationshipType", [], given.type)
        try writer.element("relationshipSubType", [], given.subtype)
        for related in given.related {
            try identifier(
                &writer, "relatedObjectIdentifier",
                type: ("relatedObjectIdentifierType", related.type),
                value: ("relatedObjectIdentifierValue", related.value))
        }
        try writer.end()
    }

    /// A document's file: fixity, size, format, original name and time.
    func file(
        _ writer: inout XMLWriter, _ document: Document, path: String, sha256: Digest,
        relationship: Relationship? = nil
    ) throws {
        try writer.start("object", [("xsi:type", "file")])
        try objectIdentifier(&writer, "File", fileIdentifier(path))
        let code = document.fields[.docCode, default: ""]
        try objectIdentifier(&writer, Self.identifierType(document.kind), code)
        if let docId = document.fields[.docId], docId != code {
            try objectIdentifier(&writer, "docId", docId)
        }
        try writer.start("objectCharacteristics", [])
        try writer.start("fixity", [])
        try writer.element("messageDigestAlgorithm", [], "SHA-256")
        try writer.element("messageDigest", [], sha256.hex)
        try writer.element("messageDigestOriginator", [], plan.softwareName)
        try writer.end()
        try writer.element("size", [], String(document.size))
        try format(&writer, document.format)
        try writer.start("creatingApplication", [])
        try writer.element("dateCreatedByApplication", [], document.modified.vietnamText)
        try writer.end()
        try writer.end()
        try writer.element("originalName", [], document.file.text)
        if let relationship { try self.relationship(&writer, relationship) }
        try writer.end()
    }

    /// The identifier of a file by its path below the package's folder.
    func fileIdentifier(_ path: String) -> String { plan.layout.object.text + "/" + path }

    private static func identifierType(_ kind: DocumentKind) -> String {
        switch kind {
        case .text: "Doc"
        case .picture: "Pic"
        case .recording: "Media"
        }
    }

    private func format(_ writer: inout XMLWriter, _ format: FormatIdentification) throws {
        try writer.start("format", [])
        try writer.start("formatDesignation", [])
        try writer.element("formatName", [], format.name)
        if let version = format.version { try writer.element("formatVersion", [], version) }
        try writer.end()
        if let puid = format.puid {
            try writer.start("formatRegistry", [])
            try writer.element("formatRegistryName", [], "PRONOM")
            try writer.element("formatRegistryKey", [], puid)
            try writer.end()
        }
        try writer.element(
            "formatNote", [], "MIME \(format.mimeType); basis: \(format.basis.rawValue)")
        try writer.end()
    }

    /// An event on an object, done by the program for the person.
    func event(_ writer: inout XMLWriter, _ event: Event, on object: (type: String, value: String))
        throws
    {
        try writer.start("event", [])
        try identifier(
            &writer, "eventIdentifier", type: ("eventIdentifierType", "UUID"),
            value: (
                "eventIdentifierValue",
                identifiers.section(
                    plan.layout.own("event \(object.value) \(event.type)"))
            ))
        try writer.element("eventType", [], event.type)
        try writer.element("eventDateTime", [], plan.packagedAt.vietnamText)
        try writer.start("eventDetailInformation", [])
        try writer.element("eventDetail", [], event.detail)
        try writer.end()
        try writer.start("eventOutcomeInformation", [])
        try writer.element("eventOutcome", [], "success")
        try writer.end()
        try link(
            &writer, agent: event.program ?? plan.softwareName + " " + plan.softwareVersion,
            role: "executing program")
        try link(&writer, agent: plan.agent, role: "implementer")
        try writer.start("linkingObjectIdentifier", [])
        try writer.element("linkingObjectIdentifierType", [], object.type)
        try writer.element("linkingObjectIdentifierValue", [], object.value)
        try writer.element("linkingObjectRole", [], "outcome")
        try writer.end()
        try writer.end()
    }

    private func link(_ writer: inout XMLWriter, agent: String, role: String) throws {
        try writer.start("linkingAgentIdentifier", [])
        try writer.element("linkingAgentIdentifierType", [], "luutru")
        try writer.element("linkingAgentIdentifierValue", [], agent)
        try writer.element("linkingAgentRole", [], role)
        try writer.end()
    }

    /// The three agents: the program, the account, the agency.
    func agents(_ writer: inout XMLWriter) throws {
        let program = plan.softwareName + " " + plan.softwareVersion
        try agent(
            &writer, id: program, name: program, type: "software",
            note: "đóng gói AIP_hoso; AIP packaging")
        try agent(
            &writer, id: plan.agent, name: plan.agent, type: "person", note: "tài khoản; account")
        try agent(
            &writer, id: plan.agencyCode, name: plan.agencyName, type: "organization",
            note: plan.fondsCode)
    }

    /// The agent that is a tool of others.
    func toolAgent(_ writer: inout XMLWriter, _ tool: String) throws {
        try agent(
            &writer, id: tool, name: tool, type: "software",
            note: "chuyển đổi định dạng; format migration")
    }

    private func agent(
        _ writer: inout XMLWriter, id: String, name: String, type: String, note: String
    ) throws {
        try writer.start("agent", [])
        try identifier(
            &writer, "agentIdentifier", type: ("agentIdentifierType", "luutru"),
            value: ("agentIdentifierValue", id))
        try writer.element("agentName", [], name)
        try writer.element("agentType", [], type)
        try writer.element("agentNote", [], note)
        try writer.end()
    }

    /// The access level as the act that statute grants.
    func rights(_ writer: inout XMLWriter, _ dossier: Dossier) throws {
        let object = plan.layout.object.text
        try writer.start("rights", [])
        try writer.start("rightsStatement", [])
        try identifier(
            &writer, "rightsStatementIdentifier", type: ("rightsStatementIdentifierType", "UUID"),
            value: ("rightsStatementIdentifierValue", identifiers.section("rights")))
        try writer.element("rightsBasis", [], "statute")
        try writer.start("statuteInformation", [])
        try writer.element("statuteJurisdiction", [], "vn")
        try writer.element("statuteCitation", [], "Luật Lưu trữ 33/2024/QH15; TT 05/2025/TT-BNV")
        try writer.end()
        try writer.start("rightsGranted", [])
        try writer.element("act", [], Self.act(dossier.fields[.mode, default: ""]))
        try writer.end()
        try writer.start("linkingObjectIdentifier", [])
        try writer.element("linkingObjectIdentifierType", [], "urn")
        try writer.element("linkingObjectIdentifierValue", [], object)
        try writer.end()
        try writer.end()
        try writer.end()
    }

    /// The code of the access level with its words (TT 05/2025, `mode`).
    private static func act(_ mode: String) -> String {
        switch mode {
        case "01": "01 công khai"
        case "02": "02 sử dụng có điều kiện"
        case "03": "03 mật"
        default: mode
        }
    }
}

extension PREMISElements {
    /// A link as PREMIS says it: type of the vocabulary, our kind in words, and the other by the identifier we have.
    static func relationship(_ link: Link) -> Relationship {
        let related: (type: String, value: String)
        switch link.target {
        case .record: related = ("urn", link.target.text)
        case .outside(let text): related = ("outside", text)
        case .code(let text): related = ("arcFileCode", text)
        }
        switch link.kind {
        case .partOf:
            return Relationship(type: "structural", subtype: "is part of", related: [related])
        case .continues:
            return Relationship(type: "logical", subtype: "continues", related: [related])
        case .answers:
            return Relationship(type: "reference", subtype: "answers", related: [related])
        case .sharedDocument:
            return Relationship(
                type: "logical", subtype: "shares a document with", related: [related])
        case .replaces:
            return Relationship(type: "replacement", subtype: "replaces", related: [related])
        }
    }
}
