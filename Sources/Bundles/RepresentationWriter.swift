import Containers
import Cryptography
import Files
import Records
import SystemPackage
import XML

/// Writes `representations/rep1`: the documents, their descriptions, PREMIS and METS, in constant memory.
struct RepresentationWriter {
    let bundle: BundleWriter
    let descriptions: Spool
    let descriptionSections: Spool
    let files: Spool
    let links: Spool
    let objects: Spool

    /// Documents whose digests are awaited together; what is known of each takes memory.
    private static let mostWaiting = 256

    /// What a document gives to METS and PREMIS once its bytes are in the tar.
    struct Packaged {
        let document: Document
        let file: PackagedFile
        let description: PackagedFile
        let sectionID: String
        let fileID: String
    }

    init(_ bundle: BundleWriter) throws {
        self.bundle = bundle
        descriptions = try bundle.spool("descriptions")
        descriptionSections = try bundle.spool("dmdSec")
        files = try bundle.spool("files")
        links = try bundle.spool("links")
        objects = try bundle.spool("objects")
    }

    /// Writes it all; gives the representation's METS as the package's METS names it.
    func write(_ arranged: some ArrangedDossier, from folder: FilePath) throws -> PackagedFile {
        var sections = XMLWriter { [descriptionSections] in try descriptionSections.append($0) }
        var fileElements = XMLWriter { [files] in try files.append($0) }
        var linkElements = XMLWriter { [links] in try links.append($0) }
        var objectElements = XMLWriter { [objects] in try objects.append($0) }
        var waiting: [Document] = []
        func describe() throws {
            for (document, sha256) in zip(waiting, bundle.assembly.takeDigests()) {
                let packaged = try package(document, sha256: sha256)
                try bundle.mets.descriptionSection(
                    &sections, id: packaged.sectionID,
                    PackagedMetadata(
                        type: "DC", otherType: nil, version: "1.1", file: packaged.description))
                try bundle.mets.file(&fileElements, id: packaged.fileID, packaged.file)
                try link(
                    &linkElements, ordinal: document.ordinal,
                    description: packaged.description.href, file: packaged.fileID)
                try bundle.premis.file(
                    &objectElements, document,
                    path: BundleLayout.representation + packaged.file.href, sha256: sha256)
            }
            waiting.removeAll(keepingCapacity: true)
        }
        try arranged.forEachDocument { document in
            try bundle.copyWaiting(source(document), from: folder, to: entry(document))
            waiting.append(document)
            if waiting.count == Self.mostWaiting { try describe() }
        }
        try describe()
        try sections.finish()
        try fileElements.finish()
        try linkElements.finish()
        try objectElements.finish()
        try descriptions.flush()
        try bundle.assembly.addEntries(descriptions.file, size: descriptions.size)
        let premis = try writePREMIS()
        return try writeMETS(premis)
    }

    /// Copies a document and describes it.
    func package(_ document: Document, from folder: FilePath) throws -> Packaged {
        let sha256 = try bundle.copy(source(document), from: folder, to: entry(document))
        return try package(document, sha256: sha256)
    }

    private func source(_ document: Document) -> SourceFile {
        SourceFile(
            path: document.file, size: document.size, modified: document.modified,
            stamp: document.stamp)
    }

    private func href(_ document: Document) -> String {
        bundle.plan.layout.ownFolder(BundleLayout.data) + document.file.text
    }

    private func entry(_ document: Document) -> RelativePath {
        bundle.plan.layout.entry(BundleLayout.representation + href(document))
    }

    private func package(_ document: Document, sha256: Digest) throws -> Packaged {
        let href = href(document)
        bundle.documentCount += 1
        bundle.payloadBytes += document.size
        let file = PackagedFile(
            href: href, size: document.size, sha256: sha256, created: document.modified,
            mimeType: document.format.mimeType)
        let description = try describe(document.kind, document.fields, ordinal: document.ordinal)
        return Packaged(
            document: document, file: file, description: description,
            sectionID: sectionID(description.href),
            fileID: bundle.identifiers.file(BundleLayout.representation + href))
    }

    /// Puts the description into the spool as a whole tar entry: the payload goes into the tar before it.
    func describe(
        _ kind: DocumentKind, _ fields: DocumentFields, ordinal: Int
    ) throws -> PackagedFile {
        let name = BundleLayout.descriptionName(kind, ordinal: ordinal)
        let href = bundle.plan.layout.own(BundleLayout.representationDescription + name)
        let bytes = try DescriptionText.document(kind, fields)
        let path = bundle.plan.layout.entry(BundleLayout.representation + href)
        let header = TarHeader(
            path: path.bytes, size: Int64(bytes.count), modified: bundle.plan.packagedAt.seconds)
        try descriptions.append(header.encoded)
        try descriptions.append(bytes)
        try descriptions.append(repeatElement(0, count: header.paddingCount))
        let digest = Digest(sha256: Hasher.digest(.sha256, of: bytes))
        return PackagedFile(
            href: href, size: Int64(bytes.count), sha256: digest, created: bundle.plan.packagedAt,
            mimeType: "text/xml")
    }

    /// The division that joins a document's description and its file (TT 05/2025 Annex I, `MetadataLink`).
    func link(
        _ writer: inout XMLWriter, ordinal: Int, description: String, file: String
    ) throws {
        try writer.start(
            "div",
            [
                ("ID", linkID(description)), ("LABEL", "MetadataLink/File"),
                ("ORDER", String(ordinal)), ("DMDID", sectionID(description)),
            ])
        try writer.empty("fptr", [("FILEID", file)])
        try writer.end()
    }

    /// The identifier of the section that points to a description.
    func sectionID(_ description: String) -> String {
        bundle.identifiers.section("dmdSec rep1 " + description)
    }

    /// The identifier of the division that joins a description and a file.
    func linkID(_ description: String) -> String {
        bundle.identifiers.section("link " + description)
    }

    var representationID: String { bundle.plan.layout.object.text + "/rep1" }

    func writePREMIS() throws -> PackagedFile {
        let premis = bundle.premis
        let spool = try bundle.spool("premis-rep1")
        var writer = XMLWriter { try spool.append($0) }
        try premis.begin(&writer)
        try premis.container(
            &writer, kind: "representation", identifiers: [("urn", representationID)])
        try splice(objects, into: &writer, spool)
        let object = (type: "urn", value: representationID)
        try premis.event(
            &writer,
            .init(
                type: "message digest calculation",
                detail: "SHA-256 của từng tệp; SHA-256 of each file"),
            on: object)
        try premis.event(
            &writer,
            .init(
                type: "format identification",
                detail: "\(bundle.plan.softwareName) \(bundle.plan.softwareVersion), PRONOM"),
            on: object)
        try premis.agents(&writer)
        try writer.end()
        try writer.finish()
        return try bundle.add(
            bundle.plan.layout.own(BundleLayout.representationPreservation), spool,
            mimeType: "text/xml", below: BundleLayout.representation)
    }

    private func writeMETS(_ premis: PackagedFile) throws -> PackagedFile {
        let mets = bundle.mets
        let ids = bundle.identifiers
        let spool = try bundle.spool("mets-rep1")
        var writer = XMLWriter { try spool.append($0) }
        try mets.begin(
            &writer, objectID: "rep1", label: "rep1",
            profile: "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml", isRoot: false,
            submission: nil)
        try splice(descriptionSections, into: &writer, spool)
        try mets.preservationSection(&writer, premis)
        let group = ids.section("fileGrp rep1 Data")
        try writer.start("fileSec", [("ID", ids.section("fileSec rep1"))])
        try mets.beginGroup(&writer, id: group, use: "Data")
        try splice(files, into: &writer, spool)
        try writer.end()
        try writer.end()
        try writer.start(
            "structMap",
            [("ID", ids.section("structMap rep1")), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")])
        try writer.start(
            "div", [("ID", ids.section("div rep1")), ("LABEL", "rep1"), ("TYPE", "NORMALIZED")])
        try writer.empty(
            "div",
            [
                ("ID", ids.section("div rep1 Metadata")), ("LABEL", "Metadata"),
                ("ADMID", ids.section("digiprovMD " + premis.href)),
            ])
        try writer.start("div", [("ID", ids.section("div rep1 Data")), ("LABEL", "Data")])
        try writer.empty("fptr", [("FILEID", group)])
        try writer.end()
        try writer.start(
            "div", [("ID", ids.section("div rep1 MetadataLink")), ("LABEL", "MetadataLink")])
        try writer.start(
            "div", [("ID", ids.section("div rep1 MetadataLink inner")), ("LABEL", "MetadataLink")])
        try splice(links, into: &writer, spool)
        for _ in 0..<5 { try writer.end() }
        try writer.finish()
        let file = try bundle.add(
            BundleLayout.representationMETS, spool, mimeType: "text/xml",
            below: BundleLayout.representation)
        return PackagedFile(
            href: BundleLayout.representation + file.href, size: file.size, sha256: file.sha256,
            created: file.created, mimeType: file.mimeType)
    }

    /// Copies what a spool collected to where the writer stands.
    func splice(_ fragment: Spool, into writer: inout XMLWriter, _ output: Spool) throws {
        try writer.flush()
        try fragment.flush()
        let buffer = WorkBuffer(count: 256 * 1024)
        try fragment.file.forEachPiece(in: buffer) { piece, _ in try output.append(piece) }
    }
}
